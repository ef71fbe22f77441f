internal import Kit
internal import Shared

/// A season at a glance.
struct Recap {
    let season: Season
    let sums: LedgerReading.Sums
    let best: [(rank: Int, place: LedgerReading.Ranked)]
    let hidden: Set<ID<Member>>
    let picture: Attachment

    static let shown = 10

    init(of season: Season, _ turn: Turn) throws {
        self.season = season
        let days = season.days(today: turn.zone.day(of: turn.now))
        sums = season.state == .closed ? season.sums : try Seasons.total(of: days, turn.ledger(), turn)
        best = try SeasonRows.places(of: season, from: 0, Self.shown, turn)
        hidden = try turn.unnamed(among: best.map(\.place.member))
        let server = turn.house.directory.guild(season.guild)?.name ?? ""
        let name = { [hidden] (member: ID<Member>) in
            hidden.contains(member) ? "somebody" : turn.house.directory.name(of: member, in: season.guild) ?? "somebody"
        }
        let drawing = Drawing(
            season.name, subtitle: "\(server), \(days.lowerBound) to \(days.upperBound)",
            blocks: [
                .figures([
                    .init("messages", grouped(sums.messages)), .init("points", grouped(sums.points / 1000)),
                    .init("members", grouped(sums.members)),
                ]),
                .bars(
                    title: "The most active",
                    best.map { rank, place in
                        .init(
                            "\(rank). \(name(place.member))", Double(place.points) / 1000, note: grouped(place.points / 1000))
                    }),
            ])
        let names = best.prefix(3).map { name($0.place.member) }
        picture = Attachment(
            drawing, name: "season.png",
            caption: "\(season.name): \(counted(sums.messages, "message")) by \(counted(sums.members, "member")); "
                + (names.isEmpty ? "nobody has points." : "first \(names.joined(separator: ", "))."))
    }
}

extension Seasons {
    static let recap = Command(
        "seasons.recap", "A season at a glance, as a picture and in words", changes: false,
        returns: .record([
            "season": rowShape, "messages": .whole, "points": .decimal, "members": .whole, "rows": .list(placeShape),
        ]), example: "season: Winter",
        anySeason
    ) { turn, word in
        let season = try SeasonRows.require(word, turn)
        let recap = try Recap(of: season, turn)
        let data = JSON.fields([
            "season": try row(of: season, turn), "messages": .int(recap.sums.messages), "points": .points(recap.sums.points),
            "members": .int(recap.sums.members),
            "rows": .array(recap.best.map { placeRow($0.rank, $0.place, recap.hidden, turn) }),
        ])
        return Reply.done(SeasonText.recap(recap), data: data).with(recap.picture)
    }
}
