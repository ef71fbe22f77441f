internal import Kit
internal import Shared

/// What seasons say to people.
enum SeasonText {
    static func begun(_ season: Season) -> Card {
        Card(
            "\(season.name) has begun", text: "\(days(season))",
            footer: "Its board: activity leaderboard season, or seasons show.", tone: .good)
    }

    static func changed(_ season: Season) -> Card {
        let state: Phrase =
            switch season.state {
            case .open: "\(season.name) is running"
            case .closed: "\(season.name) is closed"
            case .cancelled: "\(season.name) is called off"
            }
        let footer: Phrase? =
            season.state == .cancelled ? "Points stay as they are. seasons reopen \(season.id) lets it run again." : nil
        return Card(state, text: "\(days(season))", footer: footer, tone: .good)
    }

    /// The season as it ended, for who has closed it.
    static func closed(_ recap: Recap) -> Card {
        var card = SeasonText.recap(recap)
        card.title = "\(recap.season.name) is closed"
        card.footer = "Its board is archived as it stands: seasons show. seasons reopen lets it run again."
        return card
    }

    static func list(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let until: Phrase = row["until"]?.text.map { "until \(words: $0)" } ?? "with no end set"
            let figures: Phrase =
                row["messages"]?.int.map {
                    ", \(words: counted($0, "message")) by \(words: counted(row["members"]?.int ?? 0, "member"))"
                } ?? ""
            return """
                \(strong: row["name"]?.text ?? "")  from \(words: row["from"]?.text ?? "") \(until), \
                \(words: row["state"]?.text ?? "")\(figures)
                """
        }
        return Card("Seasons", text: lines.isEmpty ? "There has been none yet. Begin one with seasons start." : .lines(lines))
    }

    static func shown(
        _ season: Season, _ places: [(rank: Int, place: LedgerReading.Ranked)], _ hidden: Set<ID<Member>>, limit: Int,
        next: String?
    ) -> Card {
        var card = Card(
            "Board of \(season.name)",
            text: places.isEmpty ? "Nobody has points in it." : .lines(places.map { line($0.rank, $0.place, hidden) }),
            footer: season.state == .closed
                ? "Archived as it stood on \(words: season.last?.description ?? "")." : "It is running: this changes.")
        if let next {
            card.buttons = [
                Button(
                    "Next", runs: "seasons.show",
                    ["season": .string(season.key), "limit": .int(Int64(limit)), "cursor": .string(next)])
            ]
        }
        return card
    }

    static func recap(_ recap: Recap) -> Card {
        Card(
            "\(recap.season.name)", text: "\(days(recap.season))",
            fields: [
                .init("Messages", "\(words: grouped(recap.sums.messages))"),
                .init("Points", "\(words: grouped(recap.sums.points / 1000))"),
                .init("Members", "\(words: grouped(recap.sums.members))"),
                .init(
                    "The most active",
                    recap.best.isEmpty ? "nobody yet" : .lines(recap.best.map { line($0.rank, $0.place, recap.hidden) }),
                    isInline: false),
            ],
            buttons: [Button("Whole board", runs: "seasons.show", ["season": .string(recap.season.key)])])
    }

    private static func line(_ rank: Int, _ place: LedgerReading.Ranked, _ hidden: Set<ID<Member>>) -> Phrase {
        let member = Phrase.member(place.member, butFor: hidden)
        return "\(strong: "\(rank).") \(member)  \(points: place.points) points, \(words: counted(place.messages, "message"))"
    }

    private static func days(_ season: Season) -> Phrase {
        let until: Phrase =
            season.last.map { "until \(words: $0.description)" }
            ?? (season.state == .open ? "until it is closed" : "with no end set")
        return "From \(words: season.first.description) \(until)."
    }
}
