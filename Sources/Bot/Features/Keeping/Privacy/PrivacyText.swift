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

    /// What counts as long as a server has not said it in its own words.
    static let standardConsent = """
        What you answer here and what you write in tickets is kept on this server's own machine, so that those who help you \
        can read it. It goes to nobody else, is deleted after the time that privacy data names, and you can see all of it with \
        privacy export and have it forgotten with privacy erase.
        """

    static func consent(_ row: JSON) -> Card {
        let agreed: Phrase? = row["agreed_version"]?.int.map { version in
            "You agreed to version \(version), \(Instant(milliseconds: row["agreed_ms"]?.int ?? 0), .moment)."
        }
        return Card(
            "What I keep, and why", text: "\(row["text"]?.text ?? "")",
            fields: [.init("Version \(row["version"]?.int ?? 1)", agreed ?? "You have not agreed to it.", isInline: false)],
            footer: agreed == nil ? nil : "Take it back with privacy withdraw.", tone: agreed == nil ? .plain : .good)
    }

    static func published(_ version: Int64, _ again: Bool) -> Card {
        Card(
            text: again
                ? "Version \(version) counts from now on; who agreed to earlier words is asked again."
                : "Version \(version) counts from now on.", tone: .good)
    }

    static func texts(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            """
            \(strong: "Version \(row["version"]?.int ?? 0)")  counts \(words: row["counts"]?.text ?? ""), \
            \(row["agreed"]?.int ?? 0) agree: \(row["text"]?.text?.prefix(80).description ?? "")
            """
        }
        return Card("What members agree to", text: .lines(lines))
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
