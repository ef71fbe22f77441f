internal import Kit
internal import Shared

/// What is said about texts.
enum TemplateText {
    static func written(_ text: NamedText, isNew: Bool, _ sample: Phrase) -> Card {
        Card(
            isNew ? "Text \(text.name) is written" : "Text \(text.name) is changed", text: sample,
            footer: "This is how it looks with an example filled in. Give it to an event with template: \(words: text.name).",
            tone: .good)
    }

    static func removed(_ text: NamedText) -> Card {
        Card(text: "Text \(strong: text.name) is removed. Events that used it show their description.", tone: .good)
    }

    static func shown(_ text: NamedText) -> Card {
        Card("Text \(text.name)", text: "\(code: text.body)", fields: [.init("Changed", "\(text.changed, .relative)")])
    }

    static func previewed(_ text: NamedText, _ sample: Phrase) -> Card {
        Card("Text \(text.name) would say", text: sample, footer: "Only you see this; the event in it is an example.")
    }

    static func posted(_ text: NamedText, _ channel: ID<Channel>) -> Card {
        Card(text: "Text \(strong: text.name) is posted in \(channel).", tone: .good)
    }

    static func list(_ all: [NamedText]) -> Card {
        let lines = all.map { one -> Phrase in
            let start = one.body.split(separator: "\n").first.map(String.init) ?? ""
            return "\(strong: one.name)  \(start.count > 60 ? String(start.prefix(59)) + "…" : start)"
        }
        return Card(
            "Texts for announcements", text: lines.isEmpty ? "There are none. Write one with templates set." : .lines(lines))
    }
}
