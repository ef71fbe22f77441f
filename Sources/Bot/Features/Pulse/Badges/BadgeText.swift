internal import Kit
internal import Shared

/// What badges say to people.
enum BadgeText {
    static func defined(_ badge: Badge) -> Card {
        let occasion: Phrase? = badge.occasion.map { occasion in
            switch occasion {
            case .level(let level): "From now on, whoever reaches level \(level) gets it."
            case .season(let top): "The first \(top) of each season that closes get it."
            }
        }
        return Card(
            badge.title, text: badge.text.isEmpty ? "" : "\(badge.text)",
            fields: occasion.map { [.init("By itself", $0, isInline: false)] } ?? [],
            footer: "Give it with badges give.", tone: .good)
    }

    static func removed(_ badge: Badge) -> Card {
        Card(text: "Nobody wears \(badge.title) any more; badges restore brings it back.", tone: .good)
    }

    static func list(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let text = row["text"]?.text ?? ""
            let what: Phrase = text.isEmpty ? "" : "  \(text)"
            let when: Phrase = row["occasion"]?.text.map { " (at \(words: $0))" } ?? ""
            let holders = row["holders"]?.int ?? 0
            return """
                \(words: row["emoji"]?.text ?? "") \(strong: row["name"]?.text ?? "")\(what)\(when), \
                worn by \(holders)
                """
        }
        return Card("Badges", text: lines.isEmpty ? "There are none. Define one with badges add." : .lines(lines))
    }

    static func shown(_ badge: Badge, _ row: JSON, _ rows: [JSON], limit: Int, next: String?) -> Card {
        let lines = rows.map { row -> Phrase in "\(member(row["member"]))  \(since(row))" }
        var card = Card(
            badge.title, text: badge.text.isEmpty ? "" : "\(badge.text)",
            fields: [
                .init("Worn by \(row["holders"]?.int ?? 0)", lines.isEmpty ? "nobody yet" : .lines(lines), isInline: false)
            ])
        if let next {
            card.buttons = [
                Button(
                    "Next", runs: "badges.show",
                    ["badge": .string(badge.name), "limit": .int(Int64(limit)), "cursor": .string(next)])
            ]
        }
        return card
    }

    static func worn(_ owner: ID<Member>, _ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            "\(words: row["emoji"]?.text ?? "") \(strong: row["name"]?.text ?? "")  \(since(row))"
        }
        return Card("Badges of \(owner)", text: lines.isEmpty ? "None yet." : .lines(lines))
    }

    static func given(_ badge: Badge, _ member: ID<Member>, _ reason: String) -> Card {
        let why: Phrase = reason.isEmpty ? "." : ": \(reason)"
        return Card(text: "\(member) wears \(badge.title) now\(why)", tone: .good)
    }

    static func taken(_ badge: Badge, _ member: ID<Member>) -> Card {
        Card(text: "\(member) does not wear \(badge.title) any more.", tone: .good)
    }

    private static func since(_ row: JSON) -> Phrase {
        let reason = row["reason"]?.text ?? ""
        let why: Phrase = reason.isEmpty ? "" : ", \(reason)"
        return "since \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .date)\(why)"
    }

    private static func member(_ json: JSON?) -> Phrase { json?["id"]?.id(Member.self).map { "\($0)" } ?? "somebody" }
}
