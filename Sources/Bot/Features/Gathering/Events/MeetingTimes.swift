internal import Kit
internal import Shared

/// One coming time of an event: when its rule gives it, and when it really is.
struct ComingTime: Hashable {
    var at: Instant
    var starts: Instant
    var isMoved: Bool { at != starts }
}

extension Meeting {
    /// The next times that it comes: those that are left out are not among them, those that are moved come when they are moved to.
    func times(after: Instant, count: Int, _ turn: Turn) throws -> [ComingTime] {
        let known = try OccurrenceRows.all(of: id, in: turn.store)
        guard var rule = recurrence else {
            let own = known.first { $0.at == start }
            let isComing = own?.isSpent != true && (own?.starts ?? start) > after
            return isComing ? [ComingTime(at: start, starts: own?.starts ?? start)] : []
        }
        let moved = known.filter { $0.starts != $0.at && !$0.isSpent }
        rule.except = known.filter { $0.isSpent || $0.starts != $0.at }.map(\.at)
        let regular = try turn.house.occurrences(of: rule, after: after, count: count)
        let all =
            regular.map { ComingTime(at: $0, starts: $0) }
            + moved.filter { $0.starts > after }.map { ComingTime(at: $0.at, starts: $0.starts) }
        return Array(all.sorted { $0.starts < $1.starts }.prefix(count))
    }

    /// Those that are not over yet.
    func comingTimes(_ count: Int, _ turn: Turn) throws -> [ComingTime] {
        try times(after: turn.now + turn.late - length, count: count, turn)
    }

    /// The time that words mean: the one that starts then, or the next one on that day of its zone.
    func time(near moment: Instant, _ turn: Turn) throws -> ComingTime {
        let zone = (try? Zone(named: zone)) ?? .utc
        let coming = try times(after: min(moment, turn.now) - 1.days, count: 400, turn)
        if let exact = coming.first(where: { $0.starts == moment || $0.at == moment }) { return exact }
        let day = zone.day(of: moment)
        if let found = coming.first(where: { zone.day(of: $0.starts) == day }) { return found }
        let next = coming.first { $0.starts > turn.now }
        throw Refusal(
            .notFound, "\(title) does not come then.",
            hint: next.map { "The next time is \(zone.spelled($0.starts)); see them with events preview \(key)." }, field: "on")
    }
}

extension Zone {
    /// "2026-12-24 18:00", for sentences.
    func spelled(_ moment: Instant) -> String {
        let wall = wallTime(at: moment)
        return "\(wall.day) \(padded(wall.hour, 2)):\(padded(wall.minute, 2))"
    }
}
