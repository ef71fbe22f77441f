internal import Kit
internal import Shared

extension Reminders {
    static let skip = Command(
        "reminders.skip", "Leaves out the next time of a reminder that comes again", changes: true, returns: rowShape,
        example: "1",
        number
    ) { turn, id in
        let old = try recurring(id, turn)
        var new = old
        guard case .rule(let rule, let since, let skipped) = new.course,
            let next = try old.coming(after: turn.now, count: 2, turn).first(where: { $0.kind == .again })
        else { throw Refusal.conflict("\(old.capitalised) does not come any more.") }
        new.course = .rule(rule, since: since, skipped: skipped.filter { $0 > turn.now } + [next.at])
        let reply = try rewrite(old, as: new, turn)
        return Reply(
            turn.door == .button ? .replace : .done, ReminderText.skipped(new, next.at, turn), data: reply.data,
            undo: Invocation(command: "reminders.unskip", arguments: ["id": .int(old.id)]))
    }

    static let unskip = Command(
        "reminders.unskip", "Lets all times of a reminder come that were left out", changes: true, returns: rowShape,
        example: "1",
        number
    ) { turn, id in
        let old = try recurring(id, turn)
        var new = old
        guard case .rule(let rule, let since, let skipped) = new.course, !skipped.isEmpty else {
            return .done(try ReminderText.changed(old, turn), data: try row(of: old, turn))
        }
        new.course = .rule(rule, since: since, skipped: [])
        let reply = try rewrite(old, as: new, turn)
        return Reply(
            .done, reply.card, data: reply.data,
            undo: Invocation(command: "reminders.skip", arguments: ["id": .int(old.id)]))
    }

    static let snooze = Command(
        "reminders.snooze", "Lets a reminder come once more a while from now", changes: true, returns: rowShape,
        example: "id: 1 for: 10m",
        number, .duration("for", "How long from now", 1.minutes...30.days, bare: .minutes, default: 10.minutes)
    ) { turn, id, time in
        let old = try require(id, .change, turn, gone: true)
        guard old.state != .removed else {
            throw Refusal.conflict("\(old.capitalised) is removed.", hint: "Bring it back with reminders restore.")
        }
        var new = old
        new.snoozed = Instant(milliseconds: (turn.now + time).milliseconds / 1000 * 1000)
        new.state = .on
        new.trouble = nil
        let reply = try rewrite(old, as: new, turn)
        let undo = Invocation(
            command: old.state == .on ? "reminders.wake" : "reminders.remove", arguments: ["id": .int(old.id)])
        return Reply(
            turn.door == .button ? .replace : .done, ReminderText.snoozed(new, turn), data: reply.data, undo: undo)
    }

    static let wake = Command(
        "reminders.wake", "Takes back that a reminder was put off", changes: true, returns: rowShape, example: "1", number
    ) { turn, id in
        let old = try require(id, .change, turn)
        var new = old
        new.snoozed = nil
        if try new.coming(after: turn.now, count: 1, turn).isEmpty { new.state = .over }
        let reply = try rewrite(old, as: new, turn)
        return .done(reply.card, data: reply.data)
    }

    private static func recurring(_ id: Int, _ turn: Turn) throws -> Reminder {
        let old = try require(id, .change, turn)
        try turn.require(version: old.version)
        guard old.state == .on else {
            throw Refusal.conflict("\(old.capitalised) is paused.", hint: "Let it come again with reminders resume.")
        }
        guard old.recurs else {
            throw Refusal.conflict(
                "\(old.capitalised) comes only once.",
                hint: "Put it off with reminders snooze, or remove it with reminders remove.")
        }
        return old
    }
}
