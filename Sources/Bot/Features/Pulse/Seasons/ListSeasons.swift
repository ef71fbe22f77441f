internal import Kit
internal import Shared

extension Seasons {
    static let list = Command(
        "seasons.list", "The seasons of this server", also: ["seasons"], changes: false,
        returns: .record(["rows": .list(rowShape)])
    ) { turn in
        let rows = try SeasonRows.all(of: try turn.requireGuild(), in: turn.store).map { try row(of: $0, turn) }
        return .done(SeasonText.list(rows), data: ["rows": .array(rows)])
    }

    static let show = Command(
        "seasons.show", "The board of a season: as it stands, or as it stood when it closed", changes: false,
        returns: .record(["season": rowShape, "rows": .list(placeShape), "next": .text]), example: "season: Winter",
        anySeason, .limit(10), .cursor
    ) { turn, word, limit, cursor in
        let season = try SeasonRows.require(word, turn)
        var places = try SeasonRows.places(of: season, from: cursor.offset, limit + 1, turn)
        let hasMore = places.count > limit
        if hasMore { places.removeLast() }
        let hidden = try turn.unnamed(among: places.map(\.place.member))
        let next = hasMore ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            SeasonText.shown(season, places, hidden, limit: limit, next: next),
            data: .fields([
                "season": try row(of: season, turn), "rows": .array(places.map { placeRow($0.rank, $0.place, hidden, turn) }),
                "next": next.map { .string($0) },
            ]), next: next)
    }

    // MARK: - Rows

    static let rowShape = Shape.record([
        "id": .whole, "name": .text, "from": .text, "until": .text, "state": .text, "closed_ms": .instant,
        "messages": .whole, "points": .decimal, "members": .whole, "version": .whole,
    ])

    static let placeShape = Shape.record(["rank": .whole, "member": .named, "points": .decimal, "messages": .whole])

    static func row(of season: Season, _ turn: Turn) throws -> JSON {
        let isClosed = season.state == .closed
        return .fields([
            "id": .int(season.id), "name": .string(season.name), "from": .string(season.first.description),
            "until": season.last.map { .string($0.description) }, "state": .string(season.state.rawValue),
            "closed_ms": season.closed.map { .int($0.milliseconds) }, "messages": isClosed ? .int(season.sums.messages) : nil,
            "points": isClosed ? .points(season.sums.points) : nil, "members": isClosed ? .int(season.sums.members) : nil,
            "version": .int(season.version),
        ])
    }

    static func placeRow(
        _ rank: Int, _ place: LedgerReading.Ranked, _ hidden: Set<ID<Member>>, _ turn: Turn
    ) -> JSON {
        .fields([
            "rank": .int(Int64(rank)), "member": turn.named(place.member, butFor: hidden), "points": .points(place.points),
            "messages": .int(place.messages),
        ])
    }

    static let panel = Panel(
        "seasons.list", "Seasons", "What ran when", tables: ["seasons_seasons"],
        columns: [
            .init("id", "#", .number), .init("name", "Season", .text), .init("from", "From", .text),
            .init("until", "Until", .text), .init("state", "State", .state), .init("messages", "Messages", .number),
            .init("members", "Members", .number),
        ],
        actions: [
            .init("seasons.show", "Board", ["season": "id"]), .init("seasons.recap", "Recap", ["season": "id"]),
            .init("seasons.edit", "Edit", ["season": "id"]), .init("seasons.close", "Close", ["season": "id"]),
            .init("seasons.reopen", "Reopen", ["season": "id"]), .init("seasons.cancel", "Call off", ["season": "id"]),
        ],
        empty: "No season yet. seasons start begins one."
    ) { turn in
        try SeasonRows.all(of: try turn.requireGuild(), in: turn.store).map { Panel.Line($0.key, try row(of: $0, turn)) }
    }

    static let placesPanel = Panel(
        "seasons.board", "Season board", "The board of the season that runs, or of another",
        tables: ["seasons_seasons", "seasons_places", "activity_facts", "activity_ledger", "activity_standings"],
        columns: [
            .init("rank", "#", .number), .init("member", "Member", .member), .init("points", "Points", .points),
            .init("messages", "Messages", .number),
        ],
        actions: [.init("activity.profile", "Profile", ["member": "member"])],
        empty: "Nobody is on a board yet. seasons start begins a season.",
        anySeason, .whole("top", "How many members", 1...500, default: 100)
    ) { turn, word, top in
        if word == nil, try SeasonRows.all(of: try turn.requireGuild(), in: turn.store).isEmpty { return [] }
        let places = try SeasonRows.places(of: try SeasonRows.require(word, turn), from: 0, top, turn)
        let hidden = try turn.unnamed(among: places.map(\.place.member))
        return places.map { rank, place in
            let key = hidden.contains(place.member) ? "#\(rank)" : place.member.description
            return Panel.Line(key, placeRow(rank, place, hidden, turn))
        }
    }

    static let running = SeasonReading { turn in
        try turn.guild.flatMap { try SeasonRows.open(in: $0, turn.store) }?.first
    }
}
