package import Shared

/// Why a command came to nothing: the exit code, a sentence, and what to do about it.
package struct Complaint: Error, Hashable, Sendable {
    package var exit: ExitCode
    package var sentence: String
    package var advice: [String]
    /// The daemon's own word, where it gave one.
    package var refusal: ControlError?

    package init(_ exit: ExitCode, _ sentence: String, _ advice: String...) {
        self.exit = exit
        self.sentence = sentence
        self.advice = advice
    }

    package init(_ error: ControlError) {
        exit = ExitCode(error)
        let field = error.field.map { error.message.hasPrefix($0 + " ") ? "" : $0 + ": " } ?? ""
        sentence = field + error.message
        // Lines that only make sense one under the other stay so: a rule, and the carets under it.
        advice = error.hint.map { $0.split(separator: "\n").map(String.init) } ?? []
        if let reference = error.data["reference"]?.plain { advice.append("The log knows more under reference \(reference).") }
        if let wait = error.data["retry_ms"]?.int { advice.append("Try again in \(max(1, (wait + 999) / 1000)) s.") }
        if let token = error.data["confirm"]?.text {
            advice.append("If you mean it, repeat the command with --confirm \(token)")
        }
        refusal = error
    }

    package var lines: [String] { (["hearth: " + sentence] + advice.map { "  " + $0 }).map(\.inert) }
}
