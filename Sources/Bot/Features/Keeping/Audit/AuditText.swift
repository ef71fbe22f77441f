internal import Kit
internal import Shared

/// What the audit says to people.
enum AuditText {
    static func list(_ entries: [AuditEntry], _ turn: Turn, hasMore: Bool) -> Card {
        guard !entries.isEmpty else { return Card("Audit", text: "Nothing of that kind has happened yet.") }
        let lines = entries.map { entry -> Phrase in
            let outcome: Phrase = entry.isDone ? "" : ": \(entry.outcome)"
            let final: Phrase = entry.isFinal ? " (cannot be taken back)" : ""
            return
                "\(strong: "\(entry.id)")  \(entry.at, .moment)  \(who(entry, turn))  \(code: entry.command)\(outcome)\(final)"
        }
        return Card("Audit", text: .lines(lines), footer: hasMore ? "There are older ones." : nil)
    }

    static func page(_ entry: AuditEntry, _ turn: Turn) -> Card {
        var fields = [
            Card.Field("Who", who(entry, turn)), Card.Field("When", "\(entry.at, .moment)"),
            Card.Field("Door", "\(words: entry.door)"), Card.Field("Outcome", "\(entry.outcome)"),
        ]
        if let params = entry.detail?.json["params"], !(params.object?.isEmpty ?? true) {
            fields.append(Card.Field("Asked with", "\(code: params.line)", isInline: false))
        }
        if let changes = entry.detail?.changes, !changes.isEmpty {
            fields.append(Card.Field("Changed", .lines(changes.flatMap(change)), isInline: false))
        }
        if let undo = entry.detail?.undo {
            let words = "\(undo["command"]?.text ?? "") \((undo["arguments"] ?? .null).line)"
            fields.append(Card.Field("Undone by", "\(code: words)", isInline: false))
        }
        return Card(
            "\(words: entry.command)", text: entry.detail == nil ? "What named people in this entry was erased." : "",
            fields: fields)
    }

    static func undone(_ replies: [(entry: AuditEntry, reply: Reply)]) -> Card {
        let lines = replies.map { one -> Phrase in
            let words = one.reply.card.title.map { $0 + ". " } ?? ""
            return "\(strong: "\(one.entry.id)")  \(code: one.entry.command): " + words + one.reply.card.text
        }
        return Card("Taken back", text: .lines(lines), tone: .good)
    }

    static func verified(_ finding: Verification) -> Card {
        if let broken = finding.broken {
            return Card(
                text: "The chain is broken at entry \(broken.id): \(words: broken.reason.rawValue).", tone: .refused)
        }
        return Card(
            text: "All \(finding.entries) entries are as they were written; \(finding.erased) have had people erased.",
            footer: finding.head.isEmpty ? nil : "The chain ends in \(code: String(finding.head.prefix(16))).", tone: .good)
    }

    private static func change(_ change: JSON) -> [Phrase] {
        let subject = change["subject"]?.text ?? ""
        return Difference(from: change["before"], to: change["after"]).parts.map { part in
            let name = part.name.map { ", \($0)" } ?? ""
            return "\(subject)\(name): \(side(part.before)) to \(side(part.after))"
        }
    }

    private static func side(_ value: JSON?) -> Phrase { value.map { "\(code: Difference.spelled($0))" } ?? "nothing" }

    private static func who(_ entry: AuditEntry, _ turn: Turn) -> Phrase {
        if let member = entry.detail?.member, entry.detail?.asker["name"] == nil { return "\(member)" }
        return "\(entry.who(turn))"
    }
}
