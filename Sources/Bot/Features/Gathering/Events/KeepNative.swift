internal import Kit
internal import Shared

extension Events {
    /// Makes the event in Discord's own list, or brings it up to date, where the server wants it there.
    static func keepNative(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        guard turn[native], one.state == .open, one.starts > turn.now + turn.late, !one.isListing else { return }
        let rhythm = try NativeRhythm.found(for: meeting, turn)
        if let known = one.native {
            let edits: [EventEdit] = [
                .name(meeting.title), .text(nativeText(meeting)), .start(one.starts), .end(one.ends),
                .venue(venue(meeting, turn)),
                .rhythm(rhythm),
            ]
            try noteRepeats(rhythm != nil, one, turn)
            try turn.emit(
                .changeEvent(guild: meeting.guild, event: .known(known), .edit(edits), reason: "event \(meeting.id)"),
                receiptTo: nativeChanged, one.key)
        } else {
            let plan = EventPlan(
                meeting.title, text: nativeText(meeting), start: one.starts, end: one.ends, venue: venue(meeting, turn),
                rhythm: rhythm)
            try noteRepeats(rhythm != nil, one, turn)
            try turn.store.run(
                "UPDATE events_occurrences SET native = 0 WHERE meeting = \(one.meeting) AND at = \(one.at)")
            try turn.emit(
                .openEvent(guild: meeting.guild, plan, reason: "event \(meeting.id)"), receiptTo: nativeMade,
                Listing(key: one.key, told: meeting.settings))
        }
    }

    /// What is elsewhere begins and ends in Discord by itself; what is in a voice channel wants to be begun and ended.
    static func startNative(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        guard meeting.voice != nil, let native = one.native else { return }
        try change(native, to: .active, one, turn)
    }

    static func endNative(_ one: Occurrence, of meeting: Meeting, _ turn: Turn) throws {
        guard meeting.voice != nil, let native = one.native else { return }
        try change(native, to: .completed, one, turn)
    }

    static func cancelNative(_ one: Occurrence, _ turn: Turn) throws {
        guard let native = one.native else { return }
        try change(native, to: one.state == .running ? .completed : .cancelled, one, turn)
        try turn.store.run(
            """
            UPDATE events_occurrences SET native = NULL, native_repeats = 0
            WHERE meeting = \(one.meeting) AND at = \(one.at)
            """)
    }

    /// The scheduled event that Discord lets come again by itself, once it was made for an earlier occurrence.
    static func repeatingNative(of meeting: Meeting, in store: any Connection) throws -> ID<ScheduledEvent>? {
        try store.first(
            """
            SELECT native FROM events_occurrences WHERE meeting = \(meeting.id) AND native_repeats = 1 AND native IS NOT NULL
            ORDER BY starts DESC LIMIT 1
            """
        ) { $0.id(0) } ?? nil
    }

    private static func change(
        _ native: ID<ScheduledEvent>, to status: EventEdit.Status, _ one: Occurrence, _ turn: Turn
    ) throws {
        try turn.emit(
            .changeEvent(guild: one.guild, event: .known(native), .edit([.status(status)]), reason: "event \(one.meeting)"),
            receiptTo: nativeStatus, one.key)
    }

    /// What Discord was asked to list.
    struct Listing: Codable, Sendable {
        var key: Occurrence.Key
        var told: JSON
    }

    /// What has changed while it was being listed is told now.
    static let nativeMade: Job<Listing> = Job("events.native_made", late: .always) { turn, listing in
        let key = listing.key
        guard var one = try OccurrenceRows.find(key, in: turn.store),
            let meeting = try MeetingRows.find(key.meeting, in: turn.store)
        else { return }
        one.isListing = false
        if case .done(let made?)? = turn.receipt?.outcome { one.native = ID<ScheduledEvent>(made) }
        try OccurrenceRows.write(one, in: turn.store)
        switch turn.receipt?.outcome {
        case .done(.some):
            if !one.isLive { try cancelNative(one, turn) }
            if meeting.settings != listing.told { try keepNative(one, of: meeting, turn) }
        case .refused(let code, let words): try note("Discord did not list it (\(code)): \(words)", key, turn)
        case .uncertain(let words), .expired(let words): try note("Discord may not list it: \(words)", key, turn)
        case .done(nil), nil: break
        }
    }

    /// One that is gone or finished in Discord is made anew.
    static let nativeChanged: Job<Occurrence.Key> = Job("events.native_changed", late: .always) { turn, key in
        guard case .refused(let code, let words)? = turn.receipt?.outcome,
            var one = try OccurrenceRows.find(key, in: turn.store),
            let meeting = try MeetingRows.find(key.meeting, in: turn.store)
        else { return }
        guard [10070, 180000].contains(code) else {
            return try note("Discord did not change its listed event (\(code)): \(words)", key, turn)
        }
        try turn.store.run("UPDATE events_occurrences SET native_repeats = 0 WHERE meeting = \(key.meeting)")
        one.native = nil
        one.nativeRepeats = false
        try OccurrenceRows.write(one, in: turn.store)
        try keepNative(one, of: meeting, turn)
    }

    /// Somebody may have begun or ended it by hand: then it is as it should be.
    static let nativeStatus: Job<Occurrence.Key> = Job("events.native_status", late: .always) { turn, key in
        guard case .refused(let code, let words)? = turn.receipt?.outcome, ![10070, 180000, 180002].contains(code) else {
            return
        }
        try note("Discord did not change its listed event (\(code)): \(words)", key, turn)
    }

    private static func noteRepeats(_ repeats: Bool, _ one: Occurrence, _ turn: Turn) throws {
        try turn.store.run(
            """
            UPDATE events_occurrences SET native_repeats = \(repeats)
            WHERE meeting = \(one.meeting) AND (at = \(one.at) OR \(repeats) = 0)
            """)
    }

    private static func nativeText(_ meeting: Meeting) -> String { String(meeting.text.prefix(900)) }

    private static func venue(_ meeting: Meeting, _ turn: Turn) -> EventVenue {
        if let voice = meeting.voice {
            let isStage = turn.house.directory.channels(in: meeting.guild).first { $0.id == voice }?.type == 13
            return isStage ? .stage(voice) : .voice(voice)
        }
        return .elsewhere(meeting.place ?? "#" + (turn.house.directory.name(of: meeting.channel) ?? "events"))
    }
}
