internal import Kit
internal import Shared

extension Events {
    /// The next thing that happens to an event by itself: sign-up ends, it begins, it is over and the next one is announced.
    static let phase: Job<Int64> = Job("events.phase", late: .always) { turn, id in
        guard let meeting = try MeetingRows.find(id, in: turn.store), meeting.state == .on,
            var one = try OccurrenceRows.live(id, in: turn.store)
        else { return }
        let now = turn.now + turn.late
        if isResting(turn) { return try turn.schedule(phase, key: meeting.key, id, at: now + 1.hours) }
        if one.state == .open, now >= one.starts { one = try begin(one, of: meeting, turn) }
        if now >= one.ends {
            try close(one, of: meeting, turn)
            try openNext(meeting, turn)
        } else {
            try redraw(one, of: meeting, turn)
            try schedulePhase(one, of: meeting, turn)
        }
    }

    /// The bot has left the server, or events are switched off in it: nothing happens by itself until that changes.
    static func isResting(_ turn: Turn) -> Bool {
        let isOn = turn.house.catalogue.feature("events").map { turn.house.isOn($0, turn.guild) } ?? true
        return !isOn || !turn.house.directory.guilds().contains { $0.id == turn.guild }
    }

    /// Announces the next occurrence, where there is one and none is announced.
    @discardableResult
    static func openNext(_ meeting: Meeting, _ turn: Turn) throws -> Occurrence? {
        if let live = try OccurrenceRows.live(meeting.id, in: turn.store) { return live }
        guard let time = try meeting.comingTimes(1, turn).first else { return nil }
        let key = Occurrence.Key(meeting: meeting.id, at: time.at)
        let known = try OccurrenceRows.find(key, in: turn.store)
        var one = Occurrence(
            meeting: meeting.id, guild: meeting.guild, at: time.at, starts: time.starts, ends: time.starts + meeting.length,
            state: .open, channel: meeting.channel)
        if let known, known.message != nil {
            (one.channel, one.message) = (known.channel, known.message)
        }
        if let carried = try repeatingNative(of: meeting, in: turn.store) {
            one.native = carried
            one.nativeRepeats = true
        }
        try OccurrenceRows.write(one, in: turn.store)
        if one.message == nil { try announce(one, of: meeting, turn) } else { try redraw(one, of: meeting, turn) }
        try keepNative(one, of: meeting, turn)
        try scheduleAll(one, of: meeting, turn)
        return one
    }

    /// All that comes by itself, from now on.
    static func scheduleAll(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        try schedulePhase(one, of: meeting, turn)
        try scheduleReminders(one, of: meeting, turn)
    }

    static func cancelAll(_ meeting: Meeting, _ turn: Turn) {
        turn.cancel(phase, key: meeting.key)
        cancelReminders(meeting, turn)
    }

    private static func schedulePhase(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        let now = turn.now + turn.late
        let signUpEnds = meeting.signUpEnds(one).map { [$0] } ?? []
        let start = one.state == .open ? [one.starts] : []
        let next = (signUpEnds + start + [one.ends]).filter { $0 > now }.min() ?? now
        try turn.schedule(phase, key: meeting.key, meeting.id, at: next)
    }

    private static func begin(_ open: Occurrence, of meeting: Meeting, _ turn: Turn) throws -> Occurrence {
        var one = open
        one.state = .running
        try OccurrenceRows.write(one, in: turn.store)
        try startNative(one, of: meeting, turn)
        if let voice = meeting.voice { try watchThosePresent(in: voice, one, turn) }
        return one
    }

    static func close(_ running: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        var one = running
        if meeting.voice != nil { try takeAttendance(one, turn) }
        one.state = .over
        one.isStale = false
        try OccurrenceRows.write(one, in: turn.store)
        try redraw(one, of: meeting, turn)
        try endNative(one, of: meeting, turn)
        closeSpace(one, turn)
    }
}
