internal import Kit
internal import Shared

extension Events {
    static let create = Command(
        "events.create", "Sets up an event: what, when, where, how often and for how many", access: .manageEvents,
        also: ["create_event"], changes: true, returns: rowShape,
        example: "title: \"Game night\" start: friday 20:00 end: 2h recurrence: weekly",
        title, .optional(details), start, .optional(end), .optional(again), .optional(channel), .optional(zone),
        .optional(voice), .optional(place), .optional(capacity), .optional(cutoff), .optional(role), .optional(reminders),
        .optional(template)
    ) {
        turn, title, details, start, end, again, channel, zoneName, voice, place, capacity, cutoff, role, reminders, template in
        let guild = try turn.requireGuild()
        let zone = try zoneName.map { try read(zone: $0) } ?? turn.zone
        let starts = try start.moment(turn.now, zone, "start").wholeSecond
        var new = Meeting(
            guild: guild, title: title, text: details ?? "", start: starts, length: turn[length], zone: zone.name,
            channel: try channel ?? turn[home] ?? turn.channel ?? nowhere(), voice: voice, place: place, capacity: capacity,
            cutoff: cutoff, role: role, ladder: reminders.flatMap { $0 == "server" ? nil : $0 }, template: template,
            creator: turn.asker.member, uid: try freshUID(turn))
        try setTimes(of: &new, end, again, turn)
        return try insert(new, turn)
    }

    /// At so many the list is no use to anybody.
    static let most = 200

    private static let furthest = 3653.days

    static func insert(_ one: Meeting, _ turn: Turn) throws -> Reply {
        guard try MeetingRows.all(of: one.guild, in: turn.store).count < most else {
            throw Refusal.conflict("There are \(most) events already.", hint: "Archive some that are over with events archive.")
        }
        try check(one, turn)
        var new = one
        new.id = try MeetingRows.insert(one, in: turn.store)
        try openNext(new, turn)
        // Who has not answered is to be known by then.
        turn.callRoll()
        turn.change(new.subject, from: .null, to: new.settings)
        let row = try row(of: new, turn)
        return .done(
            try EventText.created(new, row, try clashes(of: new, turn), turn), data: row,
            undo: Invocation(command: "events.archive", arguments: ["id": .string(new.key)]))
    }

    /// Reads the end and the rule, which may be given or not, and sees that the event comes at all.
    static func setTimes(of one: inout Meeting, _ end: WrittenTime?, _ again: String?, _ turn: Turn) throws {
        try readTimes(of: &one, end, again, turn)
        guard try one.comingTimes(1, turn).first != nil else {
            throw Refusal.invalid(
                "\(try read(zone: one.zone).spelled(one.start)) is over.", field: "start",
                hint: "Give it a time that is still to come.")
        }
    }

    /// Also of an event that is over.
    static func readTimes(of one: inout Meeting, _ end: WrittenTime?, _ again: String?, _ turn: Turn) throws {
        let zone = try read(zone: one.zone)
        if let end {
            let ends = try end.end(of: one.start, turn.now, zone).wholeSecond
            guard ends > one.start, ends - one.start <= 30.days else {
                throw Refusal.invalid(
                    "It ends after it starts, and within thirty days.", field: "end",
                    hint: "Write 22:00, 2h or a date; it starts \(zone.spelled(one.start)).")
            }
            one.length = ends - one.start
        }
        if let again { try setRule(of: &one, again, zone, turn) }
        guard one.start < turn.now + furthest else {
            throw Refusal.invalid(
                "\(zone.spelled(one.start)) is too far away: an event starts within ten years.", field: "start")
        }
    }

    /// A rule that does not come when the event starts moves the start to where it comes first.
    private static func setRule(of one: inout Meeting, _ again: String, _ zone: Zone, _ turn: Turn) throws {
        if trimmed(again).lowercased() == "none" {
            one.rule = nil
            return
        }
        guard let rule = RepeatWords.rule(again, start: one.start, zone: zone, now: turn.now) else {
            throw Refusal.invalid(
                "recurrence says how an event comes again, not \"\(again.prefix(60))\".", field: "recurrence",
                hint: "Write weekly, every 2 weeks, mon, thu, monthly 10 times, daily until 24 dec, or FREQ=WEEKLY;BYDAY=FR.")
        }
        let recurrence = Recurrence(rule: rule, start: one.start, zone: one.zone)
        let times = try turn.house.occurrences(of: recurrence, after: one.start - .milliseconds(1), count: 2)
        guard let first = times.first else {
            throw Refusal.invalid(
                "\"\(again.prefix(60))\" never comes, or comes more often than every hour.", field: "recurrence")
        }
        if times.count > 1, times[1] - first < one.length {
            throw Refusal.invalid(
                "It would begin again before it is over: it takes \(one.length.spelled).", field: "recurrence",
                hint: "Let it end earlier, or come less often.")
        }
        one.rule = rule
        one.start = first
    }

    static func read(zone name: String) throws(Refusal) -> Zone {
        do { return try Zone(named: name) } catch { throw .invalid("\(error)", field: "zone") }
    }

    private static func nowhere() throws(Refusal) -> ID<Channel> {
        throw .invalid(
            "Say where it is announced.", field: "channel",
            hint: "Name a channel, or set the server's with house set events.channel.")
    }

    /// A name for calendars that no other event anywhere has.
    static func freshUID(_ turn: Turn) throws -> String {
        let guild = try turn.requireGuild()
        return String(turn.dice.next(), radix: 36) + String(turn.dice.next(), radix: 36) + "-\(guild)@hearth"
    }
}

extension Instant {
    /// Calendars know no milliseconds.
    var wholeSecond: Instant { Instant(milliseconds: milliseconds / 1000 * 1000) }
}
