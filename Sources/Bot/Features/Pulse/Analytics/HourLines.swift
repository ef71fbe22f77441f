internal import Kit
internal import Shared

/// The hours of a day, or of several, on the server's clocks: 23 or 25 of them on the days when clocks are changed.
struct HourLines {
    let rows: [JSON]

    init(of day: Day, _ turn: Turn) throws { try self.init(Self.hours(of: day...day, turn), turn) }

    /// The hours of some days, since 1970, as far as they have begun.
    static func hours(of days: ClosedRange<Day>, _ turn: Turn) -> Range<Int64> {
        let first = turn.zone.start(of: days.lowerBound).milliseconds / 3_600_000
        let now = turn.now.milliseconds / 3_600_000
        return first..<max(first, min(turn.zone.start(of: days.upperBound + 1).milliseconds / 3_600_000, now + 1))
    }

    init(_ hours: Range<Int64>, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let zone = turn.zone
        let ledger = try turn.ledger()
        let sums = try ledger.hours(turn, hours)
        let begun = try sums.begun(onOrAfter: hours.lowerBound, turn) ?? hours.upperBound
        let unknown = try Unknown(since: Instant(milliseconds: hours.lowerBound * 3_600_000), turn)
        var moves: [Int64: (joins: Int64, leaves: Int64)] = [:]
        try turn.store.each(
            """
            SELECT hour, joins, leaves FROM analytics_moves
            WHERE guild = \(guild) AND hour >= \(hours.lowerBound) AND hour < \(hours.upperBound)
            """
        ) { moves[$0.int(0)] = ($0.int(1), $0.int(2)) }
        rows = hours.map { hour in
            let start = Instant(milliseconds: hour * 3_600_000)
            let one = sums[hour] ?? .init()
            let knowledge =
                hour < begun
                ? .none : unknown.knowledge(of: start..<min(start + 1.hours, max(turn.now, start)), counted: one.messages)
            func figure(_ number: Int64) -> JSON { knowledge == .none ? .null : .int(number) }
            return .fields([
                "hour_ms": .int(start.milliseconds), "hour": .string(zone.wallTime(at: start).spelledHour),
                "messages": figure(one.messages), "points": knowledge == .none ? .null : .points(one.points),
                "members": figure(one.members), "reactions": figure(one.reactions), "voice_ms": figure(one.voice),
                "joins": figure(moves[hour]?.joins ?? 0), "leaves": figure(moves[hour]?.leaves ?? 0),
                "known": .string(knowledge.rawValue),
            ])
        }
    }
}

extension WallTime {
    fileprivate var spelledHour: String { "\(day) \(padded(hour, 2)):\(padded(minute, 2))" }
}

extension [Int64: LedgerReading.Sums] {
    /// The first hour that something is known of: of the day on which counting began only what came after its first deed, for
    /// nobody knows how it was before. Nil where nothing was counted yet.
    func begun(onOrAfter first: Int64, _ turn: Turn) throws -> Int64? {
        guard let day = try turn.ledger().firstDay(turn) else { return nil }
        let midnight = turn.zone.start(of: day).milliseconds / 3_600_000
        return midnight < first ? midnight : keys.min()
    }
}
