internal import Kit
internal import Shared

/// What help says to people.
enum HelpText {
    static func contents(_ features: [Feature], _ commands: [Command], _ guide: Guide) -> Card {
        let fields = features.compactMap { feature -> Card.Field? in
            let own = commands.filter { $0.feature == feature.name }
            guard !own.isEmpty else { return nil }
            let lines = own.map { command -> Phrase in "\(code: guide.start(command))  \(words: command.summary)" }
            return Card.Field("\(strong: feature.name)", .lines(lines), isInline: false)
        }
        return Card(
            "What I can do", text: "Name a command for its page, or a word to look for.", fields: Array(fields.prefix(25)))
    }

    static func found(_ about: String, _ commands: [Command], _ guide: Guide) -> Card {
        let lines = commands.prefix(20).map { command -> Phrase in
            let whyNot: Phrase = guide.whyNot(command).map { " (not here: \(words: $0))" } ?? ""
            return "\(code: guide.start(command))  \(words: command.summary)" + whyNot
        }
        let best = commands.first.flatMap(guide.example).map { example -> Phrase in "For example: \(code: example)" }
        return Card("About \(about)", text: .lines(Array(lines) + [best].compactMap(\.self)))
    }

    static func page(_ command: Command, _ guide: Guide) -> Card {
        var fields = [Card.Field("Usage", "\(code: guide.usage(command))", isInline: false)]
        if !command.parameters.isEmpty {
            fields.append(Card.Field("Parameters", .lines(command.parameters.map(describe)), isInline: false))
        }
        if let example = guide.example(command) {
            fields.append(Card.Field("Example", "\(code: example)", isInline: false))
        }
        fields.append(Card.Field("Who may", who(command, guide), isInline: false))
        if !command.also.isEmpty {
            fields.append(Card.Field("Also known as", "\(words: command.also.joined(separator: ", "))", isInline: false))
        }
        return Card("\(words: command.name)", text: "\(words: command.summary).", fields: fields)
    }

    private static func describe(_ parameter: Outline) -> Phrase {
        let standard =
            parameter.standard.map { ", \($0.text ?? $0.line) when left out" } ?? (parameter.isRequired ? "" : ", optional")
        return "\(strong: parameter.name)  \(words: parameter.summary): \(words: parameter.kind.spelled)\(words: standard)"
    }

    private static func who(_ command: Command, _ guide: Guide) -> Phrase {
        let may: Phrase = guide.whyNot(command).map { "you cannot here: \(words: $0)" } ?? "you may"
        return "\(words: command.access.spelled); \(may)"
    }
}
