internal import Kit
internal import Shared

/// What is said of questions and answers.
enum FaqText {
    static func found(_ entries: [FaqEntry]) -> Card {
        guard !entries.isEmpty else {
            return Card(text: "Nothing like that has been written down. Ask staff: tickets open.")
        }
        return Card("What may help", fields: entries.map(field))
    }

    static func list(_ entries: [FaqEntry], of all: Int) -> Card {
        guard !entries.isEmpty else { return Card(text: "Nothing is written down yet. faq add writes it.") }
        return Card("Asked often", fields: entries.map(field), footer: "\(all) in all. Look for one with faq search.")
    }

    private static func field(_ entry: FaqEntry) -> Card.Field {
        Card.Field(
            "\(entry.id). \(String(entry.question.prefix(200)))", "\(String(entry.answer.prefix(900)))", isInline: false)
    }

    static func kept(_ entry: FaqEntry) -> Card {
        let state: Phrase =
            switch entry.state {
            case .proposed: "waits for a decision"
            case .approved: "is found by members"
            case .rejected: "is left be"
            case .removed: "is removed"
            }
        return Card(
            "Answer \(entry.id) \(state)", fields: [field(entry)],
            footer: entry.state == .removed ? "faq restore \(words: String(entry.id)) brings it back." : nil, tone: .good)
    }

    static func edited(_ entry: FaqEntry) -> Card {
        var card = kept(entry)
        if entry.state == .proposed {
            card.buttons = [Button("Add to FAQ", style: .good, runs: "faq.approve", ["id": .int(entry.id)])]
        }
        return card
    }

    static func proposal(_ entry: FaqEntry, _ numbers: [Int64]) -> Card {
        let which: JSON = ["id": .int(entry.id)]
        let tickets = numbers.suffix(10).map(String.init).joined(separator: ", ")
        var buttons = [
            Button("Edit", runs: "faq.edit", which, isStanding: true),
            Button("Leave it", style: .danger, runs: "faq.reject", which, isStanding: true),
        ]
        if !entry.answer.isEmpty {
            buttons.insert(Button("Add to FAQ", style: .good, runs: "faq.approve", which, isStanding: true), at: 0)
        }
        return Card(
            "This was asked \(numbers.count) times", text: "In tickets \(words: tickets).",
            fields: [
                .init("Question", "\(entry.question)", isInline: false),
                .init("Answer", "\(entry.answer.isEmpty ? "Nobody has written one: edit it." : entry.answer)", isInline: false),
            ], footer: "Proposal \(entry.id)", buttons: buttons)
    }

    static func proposals(_ entries: [FaqEntry]) -> Card {
        guard !entries.isEmpty else { return Card(text: "Nothing was asked often enough yet.") }
        return Card(
            "Proposals", fields: entries.map(field),
            footer: "Take one over with faq approve, or put it in other words: faq edit.")
    }

    static func thanked() -> Card { Card(text: "Good to hear!", tone: .good) }

    static func exported(_ count: Int) -> Card {
        Card(text: "All answers: \(words: counted(Int64(count), "entry", "entries")).")
    }

    /// For a page elsewhere: what people wrote does not become its markup.
    static func markdown(_ entries: [FaqEntry]) -> String {
        entries.map { "## \(plain($0.question))\n\n\(plain($0.answer))\n" }.joined(separator: "\n")
    }

    private static func plain(_ text: String) -> String {
        var out = ""
        for character in text {
            if "\\`*_{}[]()#+-.!|<>~".contains(character) { out.append("\\") }
            out.append(character)
        }
        return out.split(separator: "\n", omittingEmptySubsequences: false).map(\.inert).joined(separator: "\n")
    }
}
