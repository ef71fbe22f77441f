internal import Kit
internal import Shared

/// What the house says to people about themselves.
enum PrivacyText {
    static func wished(_ wish: Wish, _ declines: Bool) -> Card {
        let (not, yes) = words(wish)
        return Card(text: declines ? "\(words: not)" : "\(words: yes)", footer: "See all with privacy wishes.", tone: .good)
    }

    static func wishes(_ row: JSON) -> Card {
        let lines = Wish.allCases.map { wish -> Phrase in
            let (not, yes) = words(wish)
            return row[wish.rawValue]?.bool == false ? "\(words: not)" : "\(words: yes)"
        }
        return Card("What you want here", text: .lines(lines), footer: "Change it with privacy decline and privacy allow.")
    }

    static func hours(_ hours: String) -> Card {
        Card(
            text: hours == "none"
                ? "I may write to you privately at any hour." : "From \(words: hours) I write you no private message.",
            tone: .good)
    }

    static func notices(_ rows: [NoticeRow], of member: ID<Member>) -> Card {
        let lines = rows.map { row -> Phrase in
            let what: Phrase =
                switch row.notice {
                case .privately: "told privately"
                case .mentioned(let channel, let reason): "mentioned in \(channel)\(words: reason.map { ": " + $0 } ?? "")"
                case .unsaid(let reason): "not told privately: \(words: reason)"
                }
            return "\(row.at, .moment)  \(words: row.topic): " + what
        }
        return Card(
            "What I told of my own accord",
            text: lines.isEmpty ? "Nothing to \(member) in the last seven days." : .lines(lines),
            footer: "Change it with privacy decline, privacy allow and privacy hours.")
    }

    static func data(_ rows: [JSON]) -> Card {
        let fields = rows.map { row -> Card.Field in
            let kinds = zip(row["what"]?.array ?? [], row["until"]?.array ?? []).map { what, until -> Phrase in
                "\(words: what.text ?? ""), \(until.text ?? "")"
            }
            return Card.Field(
                "\(words: row["feature"]?.text ?? ""), \(words: counted(Int(row["count"]?.int ?? 0)))", .lines(kinds),
                isInline: false)
        }
        return Card(
            "What I keep about you here", text: fields.isEmpty ? "Nothing." : "", fields: fields,
            footer: "Have all of it with privacy export, or forgotten with privacy erase.")
    }

    static func exported(_ rows: Int) -> Card {
        Card(text: "Everything that I keep about you here: \(words: counted(rows)), as JSON.", footer: "Only you see this.")
    }

    static func erased(_ erasure: Erasure) -> Card {
        Card(
            "Forgotten", text: "\(words: counted(erasure.rows.values.reduce(0, +))) gone, \(erasure.at, .moment).",
            fields: [.init("Receipt", "\(code: erasure.receipt)")],
            footer: "A backup that is restored forgets you again. What you decline is remembered, so that you stay in peace.",
            tone: .good)
    }

    private static func counted(_ rows: Int) -> String { rows == 1 ? "1 row" : "\(rows) rows" }

    private static func words(_ wish: Wish) -> (not: String, yes: String) {
        switch wish {
        case .pings: ("I do not mention you of my own accord.", "I may mention you.")
        case .messages: ("I write you no private message that you did not ask for.", "I may write to you privately.")
        case .showing: ("Only you and staff see your figures.", "Others may see your figures.")
        case .counting: ("What you do here is not counted any more.", "What you do here counts.")
        }
    }
}
