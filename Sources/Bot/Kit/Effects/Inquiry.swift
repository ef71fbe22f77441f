internal import Shared

/// Something to ask the language model that the house is connected with. Whoever asks keeps it free of names. The job that gets
/// the receipt finds a `Finding` in its answer; where there is none, the receipt says why, and nobody should wait for it.
package struct Inquiry: Hashable, Sendable, Codable {
    /// What the model is to do, and how.
    package var instruction: String
    /// What it is to do it with.
    package var text: String
    /// The longest answer, in the model's own pieces of words.
    package var longest: Int

    package init(_ instruction: String, text: String, longest: Int) {
        self.instruction = instruction
        self.text = text
        self.longest = longest
    }
}

/// What a language model said, and what it took. It was made of what anybody may have written: never trust it.
package struct Finding: Hashable, Sendable, Codable {
    package var text: String
    /// What asking and answering took, in the model's pieces of words.
    package var tokens: Int

    package init(_ text: String, tokens: Int) {
        self.text = text
        self.tokens = tokens
    }
}

extension Receipt {
    /// What was found, when this is the receipt of an inquiry that was answered.
    package var finding: Finding? { try? answer?.decoded() }
}
