internal import Kit
internal import Shared

/// What was done on each of some days, joins and leaves with it. Days that are folded come from the rollups, later ones from the
/// ledger itself.
struct DayLines {
    struct Line {
        var day: Day
        var sums = LedgerReading.Sums()
        var joins: Int64 = 0
        var leaves: Int64 = 0
        /// Members of the seven and thirty days up to this one, where that is known.
        var week: Int64?
        var month: Int64?
        var knowledge = Unknown.Knowledge.full
    }

    private(set) var lines: [Line]
    private(set) var channels: [Int64: LedgerReading.Sums] = [:]

    /// With `channels` what was done in each channel is added up as well.
    init(_ days: ClosedRange<Day>, channels wantsChannels: Bool = false, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        lines = (0...(days.upperBound - days.lowerBound)).map { Line(day: days.lowerBound + $0) }
        let through = try readFolded(days, guild, turn)
        let today = turn.zone.day(of: turn.now)
        let ledger = try turn.ledger()
        let first = try Self.firstDay(guild, ledger, turn)
        let unknown = try Unknown(since: turn.zone.start(of: days.lowerBound), turn)
        if wantsChannels { try readChannels(days, guild, turn) }
        for index in lines.indices {
            let day = lines[index].day
            if day > through, day <= today, let first, day >= first {
                let live = try ledger.day(turn, day)
                lines[index].sums = live.whole
                if wantsChannels { for (channel, sums) in live.channels { channels[channel, default: .init()].add(sums) } }
            }
            let isKnown = first.map { day >= $0 && day <= today } ?? false
            lines[index].knowledge =
                isKnown
                ? unknown.knowledge(
                    of: turn.zone.start(of: day)..<min(turn.zone.start(of: day + 1), max(turn.now, turn.zone.start(of: day))),
                    counted: lines[index].sums.messages)
                : .none
        }
        try readMoves(days, guild, turn)
    }

    var total: LedgerReading.Sums {
        lines.reduce(into: LedgerReading.Sums()) { $0.add($1.sums) }
    }

    private static func firstDay(_ guild: ID<Guild>, _ ledger: LedgerReading, _ turn: Turn) throws -> Day? {
        let folded = try turn.store.first("SELECT MIN(day) FROM analytics_days WHERE guild = \(guild)") { $0.optionalInt(0) }
        if let number = folded ?? nil { return Day(number: Int32(truncatingIfNeeded: number)) }
        return try ledger.firstDay(turn)
    }

    /// Answers up to which day there are rollups.
    private mutating func readFolded(_ days: ClosedRange<Day>, _ guild: ID<Guild>, _ turn: Turn) throws -> Day {
        var found: [(Int, Line)] = []
        try turn.store.each(
            """
            SELECT day, messages, points, members, reactions, voice, week, month FROM analytics_days
            WHERE guild = \(guild) AND day >= \(days.lowerBound) AND day <= \(days.upperBound)
            """
        ) { row in
            let day = Day(number: Int32(truncatingIfNeeded: row.int(0)))
            found.append(
                (
                    day - days.lowerBound,
                    Line(day: day, sums: .init(row, from: 1), week: row.optionalInt(6), month: row.optionalInt(7))
                ))
        }
        for (index, line) in found { lines[index] = line }
        let through = try turn.store.first("SELECT through FROM analytics_folds WHERE guild = \(guild)") { $0.int(0) }
        return Day(number: Int32(truncatingIfNeeded: through ?? -1_000_000))
    }

    private mutating func readChannels(_ days: ClosedRange<Day>, _ guild: ID<Guild>, _ turn: Turn) throws {
        var found: [Int64: LedgerReading.Sums] = [:]
        try turn.store.each(
            """
            SELECT channel, SUM(messages), SUM(points), SUM(members), SUM(reactions), SUM(voice) FROM analytics_channels
            WHERE guild = \(guild) AND day >= \(days.lowerBound) AND day <= \(days.upperBound) GROUP BY channel
            """
        ) { row in found[row.int(0)] = .init(row, from: 1) }
        channels = found
    }

    private mutating func readMoves(_ days: ClosedRange<Day>, _ guild: ID<Guild>, _ turn: Turn) throws {
        let first = turn.zone.start(of: days.lowerBound).milliseconds / 3_600_000
        let end = turn.zone.start(of: days.upperBound + 1).milliseconds / 3_600_000
        var moves: [(Int, Int64, Int64)] = []
        try turn.store.each(
            "SELECT hour, joins, leaves FROM analytics_moves WHERE guild = \(guild) AND hour >= \(first) AND hour <= \(end)"
        ) { row in
            let day = turn.zone.day(of: Instant(milliseconds: row.int(0) * 3_600_000))
            moves.append((day - days.lowerBound, row.int(1), row.int(2)))
        }
        for (index, joins, leaves) in moves where lines.indices.contains(index) {
            lines[index].joins += joins
            lines[index].leaves += leaves
        }
    }
}
