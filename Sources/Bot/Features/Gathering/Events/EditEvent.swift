internal import Kit
internal import Shared

extension Events {
    static let edit = Command(
        "events.edit", "Changes an event; none takes away what it has", access: .manageEvents, changes: true,
        returns: rowShape, example: "id: 1 capacity: 12",
        which, .optional(title), .optional(.orNone(details)), .optional(start), .optional(end), .optional(again),
        .optional(channel), .optional(zone), .optional(.orNone(voice)), .optional(.orNone(place)),
        .optional(.orNone(capacity)), .optional(.orNone(cutoff)), .optional(.orNone(role)), .optional(reminders),
        .optional(.orNone(template))
    ) {
        turn, id, title, details, start, end, again, channel, zone, voice, place, capacity, cutoff, role, reminders, template in
        let old = try MeetingRows.require(id, turn)
        try turn.require(version: old.version)
        guard old.state == .on else {
            throw Refusal.conflict(
                "\(old.title) is \(old.state.rawValue).", hint: "Have it back first: events \(back(from: old)) \(old.key).")
        }
        var new = old
        if let title { new.title = title }
        if let details { new.text = details ?? "" }
        if let channel { new.channel = channel }
        if let voice { new.voice = voice }
        if let place { new.place = place }
        if voice != nil, voice != .some(nil), place == nil { new.place = nil }
        if place != nil, place != .some(nil), voice == nil { new.voice = nil }
        if let capacity { new.capacity = capacity }
        if let cutoff { new.cutoff = cutoff }
        if let role { new.role = role }
        if let reminders { new.ladder = reminders == "server" ? nil : reminders }
        if let template { new.template = template }
        if start != nil || end != nil || again != nil || zone != nil { try retime(&new, start, end, again, zone, turn) }
        guard new != old else { return .done(EventText.unchanged(old), data: try row(of: old, turn)) }
        return try rewrite(old, as: new, turn)
    }

    /// With another zone alone, the clock on the wall stays; with another clock alone, the day.
    private static func retime(
        _ new: inout Meeting, _ start: WrittenTime?, _ end: WrittenTime?, _ again: String?, _ zoneName: String?, _ turn: Turn
    ) throws {
        let before = try read(zone: new.zone)
        let zone = try zoneName.map { try read(zone: $0) } ?? before
        new.zone = zone.name
        if let start {
            let morning = zone.instant(at: WallTime(before.day(of: new.start), hour: 0, minute: 0)) - .milliseconds(1)
            new.start = try start.moment(start.isClock ? morning : turn.now, zone, "start").wholeSecond
        } else if zone != before {
            new.start = zone.instant(at: before.wallTime(at: new.start))
        }
        let isRuled = again.map { trimmed($0).lowercased() != "none" } ?? (new.rule != nil)
        try setTimes(of: &new, end, isRuled ? again ?? new.rule : again, turn)
    }

    /// Writes the new one in the old one's place, and brings all that is announced up to date.
    static func rewrite(_ old: Meeting, as new: Meeting, _ turn: Turn) throws -> Reply {
        try check(new, turn)
        try MeetingRows.update(new, in: turn.store)
        let live = try OccurrenceRows.live(old.id, in: turn.store)
        if old.start != new.start || old.rule != new.rule || old.zone != new.zone {
            try moveTimes(live, from: old, to: new, turn)
        } else if old.length != new.length {
            try turn.store.run(
                """
                UPDATE events_occurrences SET ends = starts + \(new.length)
                WHERE meeting = \(new.id) AND state IN ('planned', 'open', 'running')
                """)
        }
        if let live = try OccurrenceRows.live(new.id, in: turn.store) {
            try promote(in: live, of: new, turn)
            if live.channel == new.channel { try redraw(live, of: new, turn) } else { try postAnew(live, of: new, turn) }
            try keepNative(live, of: new, turn)
            try scheduleAll(live, of: new, turn)
        } else {
            try openNext(new, turn)
        }
        turn.change(new.subject, from: old.settings, to: new.settings)
        let written = try MeetingRows.find(new.id, in: turn.store) ?? new
        let row = try row(of: written, turn)
        let arguments = (["id": .string(old.key)] as JSON).joined(with: old.settings)
        return .done(
            try EventText.changed(written, row, try clashes(of: written, turn), turn), data: row,
            undo: Invocation(command: "events.edit", arguments: arguments))
    }

    /// What is announced becomes the first of the new times, with its message and its answers.
    private static func moveTimes(_ live: Occurrence?, from old: Meeting, to new: Meeting, _ turn: Turn) throws {
        try moveExceptions(from: old, to: new, turn)
        guard let live, live.state == .open else { return }
        // Its old time must not be in the way of its new one.
        try OccurrenceRows.delete(live.key, in: turn.store)
        let next = try new.comingTimes(1, turn).first
        try OccurrenceRows.write(live, in: turn.store)
        guard let next else { return }
        try OccurrenceRows.rename(live.key, to: next.at, in: turn.store)
        var moved = live
        moved.at = next.at
        moved.starts = next.starts
        moved.ends = next.starts + new.length
        try OccurrenceRows.write(moved, in: turn.store)
        if moved.starts != live.starts { try OccurrenceRows.forgetReminders(of: moved.key, in: turn.store) }
    }

    /// Whoever has left out or moved a day has meant the day: a new time comes on it as little as the old one did. On days that
    /// the new rule does not know they mean nothing any more.
    private static func moveExceptions(from old: Meeting, to new: Meeting, _ turn: Turn) throws {
        let exceptions = try OccurrenceRows.all(of: new.id, in: turn.store).filter {
            ($0.state == .planned || $0.state == .skipped) && $0.at > turn.now
        }
        for one in exceptions { try OccurrenceRows.delete(one.key, in: turn.store) }
        guard let recurrence = new.recurrence else { return }
        let (before, after) = (try read(zone: old.zone), try read(zone: new.zone))
        for one in exceptions {
            let day = before.day(of: one.at)
            let morning = after.instant(at: WallTime(day, hour: 0, minute: 0))
            guard let at = try turn.house.occurrences(of: recurrence, after: morning - .milliseconds(1), count: 1).first,
                after.day(of: at) == day
            else { continue }
            var kept = one
            kept.at = at
            if one.state == .skipped { kept.starts = at }
            kept.ends = kept.starts + new.length
            try OccurrenceRows.write(kept, in: turn.store)
        }
    }

    private static func back(from one: Meeting) -> String { one.state == .cancelled ? "uncancel" : "restore" }
}
