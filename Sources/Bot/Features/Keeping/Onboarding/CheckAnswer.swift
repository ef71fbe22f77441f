internal import Kit
internal import Shared

/// An answer as it came in, before anybody knows whether it is one.
struct RawAnswer: Hashable, Sendable {
    var choice: [String]?
    var text: String?
    /// What was written in the window of follow-ups, in the order of their choices.
    var more: [String?] = []
}

extension Question {
    /// What is still to be asked of who chose these, in the order in which it is asked.
    func followUps(of keys: [Int]) -> [Option] { body.options.filter { keys.contains($0.key) && $0.followUp != nil } }

    /// The keys that were chosen; by number, or by label for who types them.
    func keys(of words: [String]) throws(Refusal) -> [Int] {
        var keys: [Int] = []
        for word in words {
            let found =
                body.options.first { String($0.key) == word }
                ?? body.options.first { $0.label.lowercased() == word.lowercased() }
            guard let found else {
                let near = nearest(to: word, among: body.options.map(\.label)).map { "Did you mean \"\($0)\"? " } ?? ""
                throw .invalid(
                    "\"\(word.prefix(60))\" cannot be chosen here.", field: "choice",
                    hint: near + "There are: \(body.options.map(\.label).joined(separator: ", ")).")
            }
            if !keys.contains(found.key) { keys.append(found.key) }
        }
        let least = body.isRequired ? max(1, body.least) : 0
        guard (least...max(least, body.most)).contains(keys.count) || keys.isEmpty && !body.isRequired else {
            throw .invalid(
                body.least == body.most || least > body.most
                    ? "Choose \(body.most)." : "Choose from \(least) to \(body.most); \(keys.count) were chosen.",
                field: "choice")
        }
        return keys
    }

    /// The answer, if it is one.
    func answer(_ raw: RawAnswer) throws(Refusal) -> GivenAnswer {
        let isOne = body.kind == .one
        if body.kind.isChosen {
            guard let words = raw.choice else { throw .invalid("Choose what you answer.", field: "choice") }
            let keys = try keys(of: words)
            if keys.isEmpty { return GivenAnswer(asked: body.text, isOne: isOne, value: .skipped) }
            var more: [Int: String] = [:]
            for (index, option) in followUps(of: keys).enumerated() {
                guard let text = raw.more.indices.contains(index) ? raw.more[index].map(trimmed) : nil, !text.isEmpty else {
                    throw .invalid("\(option.label): \(option.followUp ?? "")", field: "more_\(index + 1)")
                }
                more[option.key] = try checkedWords(text, field: "more_\(index + 1)", longest: 200)
            }
            let picks = body.options.filter { keys.contains($0.key) }.map { option in
                GivenAnswer.Pick(
                    key: option.key, label: option.label, followUp: more[option.key] == nil ? nil : option.followUp,
                    more: more[option.key])
            }
            return GivenAnswer(asked: body.text, isOne: isOne, value: .chosen(picks))
        }
        let text = trimmed(raw.text ?? "")
        guard !text.isEmpty else {
            if raw.text != nil, !body.isRequired { return GivenAnswer(asked: body.text, value: .skipped) }
            throw .invalid("Write what you answer.", field: "text")
        }
        return GivenAnswer(asked: body.text, value: .written(try checkedWords(text, field: "text", longest: longest)))
    }

    private func checkedWords(_ text: String, field: String, longest: Int) throws(Refusal) -> String {
        let count = text.unicodeScalars.count
        guard count <= longest else { throw .invalid("That is \(count) characters long; \(longest) fit.", field: field) }
        guard !text.utf8.contains(0), text.showsSomething else {
            throw .invalid("There is nothing in it that could be read.", field: field)
        }
        guard field == "text" else { return text }
        if body.kind != .long, text.contains(where: \.isNewline) {
            throw .invalid("That is more than one line.", field: field)
        }
        if body.kind == .email, !EmailAddress.isOne(text) {
            throw .invalid("\"\(text.prefix(60))\" is no e-mail address.", field: field, hint: "Write it as name@example.org.")
        }
        if let pattern = body.pattern, !(try Pattern(pattern)).matches(text) {
            throw .invalid(
                "\"\(text.prefix(60))\" is not what is asked for here.", field: field,
                hint: body.asWords.map { "It should be: \($0)." } ?? "It has to match \(pattern).")
        }
        return text
    }
}
