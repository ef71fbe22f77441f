internal import Kit
internal import Shared

extension Seasons {
    static let close = Command(
        "seasons.close", "Closes a season: its board is archived as it stands", access: .manageGuild, changes: true,
        returns: rowShape, example: "season: Winter",
        anySeason
    ) { turn, word in
        let old = try SeasonRows.require(word, turn)
        try turn.require(version: old.version)
        guard old.state == .open else { throw Refusal(.conflict, "\(old.name) is closed already.", field: "season") }
        let closed = try archive(old, through: turn.zone.day(of: turn.now), turn, on: turn)
        turn.change(closed.subject, from: old.settings, to: closed.settings)
        let recap = try Recap(of: closed, turn)
        var undo = back("seasons.reopen", closed)
        // The end that was planned, as long as it is still to come.
        if let last = old.last, last >= turn.zone.day(of: turn.now) {
            undo.arguments = undo.arguments.joined(with: ["until": .string(last.description)])
        }
        return Reply.done(
            SeasonText.closed(recap), data: try row(of: closed, turn), undo: undo
        ).with(recap.picture)
    }

    /// It ends by itself. However late that is noticed, its board is that of its last day.
    static let end: Job<Int64> = Job("seasons.end", late: .always) { turn, id in
        guard let season = try SeasonRows.find(id, in: turn.store), season.state == .open, let last = season.last else {
            return
        }
        _ = try archive(season, through: last, turn.inside(season.guild), on: turn)
    }

    /// Freezes the board, tells the news, and posts the recap where a setting says.
    private static func archive(_ season: Season, through today: Day, _ turn: Turn, on outer: Turn) throws -> Season {
        var closed = season
        closed.state = .closed
        closed.last = max(season.first, season.last.map { min($0, today) } ?? today)
        closed.closed = outer.now
        let days = season.first...(closed.last ?? today)
        let ledger = try turn.ledger()
        let board = try ledger.board(turn, days, turn[kept])
        closed.sums = try total(of: days, ledger, turn)
        try SeasonRows.freeze(board, of: closed, in: turn.store)
        try SeasonRows.update(closed, in: turn.store)
        outer.cancel(end, key: closed.key)
        outer.announce(SeasonClosed(guild: closed.guild, name: closed.name, board: board.map(\.member)))
        if let place = turn[place], turn.whyNotPost(in: place) == nil {
            let recap = try Recap(of: closed, turn)
            outer.emit(.post(channel: .known(place), turn.post(SeasonText.recap(recap), recap.picture, in: place)))
        }
        return try SeasonRows.find(closed.id, in: turn.store) ?? closed
    }

    /// What was done in these days by everybody.
    static func total(of days: ClosedRange<Day>, _ ledger: LedgerReading, _ turn: Turn) throws -> LedgerReading.Sums {
        let first = turn.zone.start(of: days.lowerBound).milliseconds / 3_600_000
        let end = (turn.zone.start(of: days.upperBound + 1).milliseconds + 3_599_999) / 3_600_000
        var sums = LedgerReading.Sums()
        for hour in try ledger.hours(turn, first..<end).values { sums.add(hour) }
        sums.members = Int64(try ledger.active(turn, days))
        return sums
    }
}
