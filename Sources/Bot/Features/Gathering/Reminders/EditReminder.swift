internal import Kit
internal import Shared

extension Reminders {
    static let edit = Command(
        "reminders.edit", "Changes a reminder; a personal one is changed by whose it is", changes: true, returns: rowShape,
        example: "id: 1 time: 10:00 days: mon,thu",
        number, .optional(name), .optional(channel), .optional(time), .optional(days), .optional(message), .optional(call),
        .optional(zone), .optional(place), .optional(role), .optional(mentionsEveryone), .optional(before)
    ) { turn, id, name, channel, time, days, message, call, zoneName, place, role, everyone, before in
        let old = try require(id, .change, turn)
        try turn.require(version: old.version)
        var new = old
        if let name { new.name = name }
        if let message { new.text = message == "none" ? "" : message }
        if let call { new.call = call }
        if let place { new.place = place == "none" ? nil : place }
        if old.isPersonal, new.text.isEmpty { throw Refusal.invalid("A reminder of nothing is none.", field: "message") }
        if let channel { new.channel = channel }
        if let role { new.role = role }
        if let everyone { new.mentionsEveryone = everyone }
        guard !old.isPersonal || channel == nil && new.role == nil && !new.mentionsEveryone else {
            throw Refusal.conflict(
                "A reminder of your own reaches you alone.", hint: "Staff set up those of a channel with reminders add.")
        }
        if let zoneName { new.zone = zoneName }
        try setCourse(of: &new, time, days, before, isNewZone: new.zone != old.zone, turn)
        new.trouble = nil
        return try rewrite(old, as: new, turn)
    }

    private static func setCourse(
        of one: inout Reminder, _ time: String?, _ days: String?, _ before: Duration?, isNewZone: Bool, _ turn: Turn
    ) throws {
        let zone = try read(zone: one.zone)
        let known: Duration = if case .once(_, let ahead) = one.course { ahead } else { one.isPersonal ? .zero : turn[ahead] }
        if time != nil || days != nil {
            guard let words = time ?? clock(of: one) else {
                throw Refusal.invalid("Say at what time it comes on those days.", field: "time", hint: "Write 18:00.")
            }
            one.course = try WhenItComes(time: words, days: days).course(zone, ahead: before ?? known, now: turn.now, turn)
            one.snoozed = nil
        } else if let before {
            guard case .once(let at, _) = one.course else {
                throw Refusal.invalid(
                    "Only a single date has a reminder before it.", field: "before",
                    hint: "Let it come earlier with time instead.")
            }
            one.course = .once(at, ahead: before)
        } else if isNewZone, case .rule(let rule, _, let skipped) = one.course {
            one.course = .rule(rule, since: turn.now, skipped: skipped)
        }
    }

    /// The time of the day at which it comes now.
    private static func clock(of one: Reminder) -> String? {
        guard case .rule = one.course, let next = one.next, let zone = try? Zone(named: one.zone) else { return nil }
        return Clock.spelled(zone.wallTime(at: next).millisecond / 60_000)
    }

    /// Writes the new one in the old one's place, on its new course.
    static func rewrite(_ old: Reminder, as changed: Reminder, _ turn: Turn) throws -> Reply {
        var new = changed
        if new.state == .on {
            if new.channel != old.channel || new.mentionsEveryone != old.mentionsEveryone || new.role != old.role
                || old.state != .on
            {
                try check(new, turn)
            }
            new.next = try new.coming(after: turn.now, count: 1, turn).first?.at
            guard let next = new.next else {
                throw Refusal.conflict(
                    "\(new.capitalised) does not come any more.", hint: "Give it a time with reminders edit.")
            }
            try turn.schedule(fire, key: new.key, new.id, at: next)
        } else {
            new.next = nil
            turn.cancel(fire, key: new.key)
        }
        try ReminderRows.update(new, at: turn.now, in: turn.store)
        turn.change(new.subject, from: old.audited, to: new.audited)
        let written = try ReminderRows.find(new.id, in: turn.store) ?? new
        let arguments = (["id": .int(old.id)] as JSON).joined(with: old.settings)
        return .done(
            try ReminderText.changed(written, turn), data: try row(of: written, turn),
            undo: Invocation(command: "reminders.edit", arguments: arguments))
    }
}

extension Reminder {
    var capitalised: String { "Reminder \(id)" }
}
