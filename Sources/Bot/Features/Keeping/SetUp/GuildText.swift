internal import Kit
internal import Shared

/// What is said of what is set up.
enum GuildText {
    /// So many records are shown by name; all are in the data.
    private static let most = 15

    static func exported(_ records: Int) -> Card {
        Card(
            text: "\(records) things are set up here. Compare the text with guild plan, apply it with guild apply.", tone: .good
        )
    }

    static func plan(_ told: Told, _ plan: GuildPlan, _ turn: Turn) -> Card {
        guard !told.rows.isEmpty else { return nothing(told) }
        return Card(
            "This would change \(counted(told.rows.count))", text: .lines(told.rows.prefix(most).map(line)),
            fields: warnings(told),
            footer: "\(words: more(told))Do exactly this: guild apply with plan: \(words: plan.token)", tone: .warning)
    }

    static func difference(_ told: Told, _ turn: Turn) -> Card {
        guard !told.rows.isEmpty else { return Card("No difference", text: "Everything is set up in the same way.") }
        return Card(
            "\(words: counted(told.rows.count)) differ", text: .lines(told.rows.prefix(most).map(line)),
            footer: told.rows.count > most ? "\(words: more(told))" : nil)
    }

    static func nothing(_ told: Told) -> Card {
        let left = told.rows.filter { $0.warning != nil }
        return Card(
            "Nothing would change",
            text: left.isEmpty ? "Everything is set up as it is wanted." : .lines(left.prefix(most).map(line)),
            fields: warnings(told), tone: .good)
    }

    static func applied(_ told: Told, isWhole: Bool, _ turn: Turn) -> Card {
        Card(
            isWhole ? "Applied" : "Being applied", text: .lines(told.rows.prefix(most).map(line)), fields: warnings(told),
            footer: isWhole
                ? "\(words: more(told))It is taken back with guild restore or audit undo."
                : "\(words: more(told))It is much, and goes on by itself: house jobs shows how far it is.", tone: .good)
    }

    static func history(_ kept: [StateRows.Kept], _ turn: Turn) -> Card {
        guard !kept.isEmpty else { return Card("History", text: "Nothing has been set up yet.") }
        let lines = kept.map { one -> Phrase in
            "\(strong: "\(one.id)")  \(one.at, .moment)  \(one.name(turn))  \(code: one.command)  \(words: counted(one.changes))"
        }
        return Card(
            "History", text: .lines(lines), footer: "guild diff shows what has changed since one, guild restore has it back.")
    }

    // MARK: - Lines

    private static func line(_ row: Told.Row) -> Phrase {
        let sign =
            switch row.difference.deed {
            case .make: "+"
            case .change: "~"
            case .remove: "-"
            }
        let what: Phrase = row.difference.deed == .change ? ": \(code: row.difference.lines.joined(separator: ", "))" : ""
        let warning: Phrase = row.warning.map { " (stays as it is: \($0))" } ?? ""
        return "\(words: sign) \(words: row.difference.kind.heading) \(strong: row.name)" + what + warning
    }

    private static func warnings(_ told: Told) -> [Card.Field] {
        guard !told.warnings.isEmpty else { return [] }
        let lines = told.warnings.prefix(10).map { "\($0)" as Phrase }
        return [Card.Field("Look at this", .lines(lines), isInline: false)]
    }

    private static func more(_ told: Told) -> String {
        told.rows.count > most ? "And \(told.rows.count - most) more. " : ""
    }

    private static func counted(_ count: Int) -> String { count == 1 ? "1 thing" : "\(count) things" }
}
