internal import Kit
internal import Shared

extension Reminders {
    static let pause = switching(
        to: .paused, "reminders.pause", "Stops a reminder until it is resumed", back: "reminders.resume", also: [])
    static let resume = switching(
        to: .on, "reminders.resume", "Lets a paused reminder come again", back: "reminders.pause", also: [])
    static let remove = switching(
        to: .removed, "reminders.remove", "Removes a reminder; restore brings it back for a while", back: "reminders.restore",
        also: ["reminder_delete"])
    static let restore = switching(
        to: .on, "reminders.restore", "Brings back a reminder that was removed", back: "reminders.remove", also: [])

    private static func switching(
        to state: Reminder.State, _ name: String, _ summary: String, back: String, also: [String]
    ) -> Command {
        Command(name, summary, also: also, changes: true, returns: rowShape, example: "1", number) { turn, id in
            let old = try require(id, .change, turn, gone: name == "reminders.restore")
            try turn.require(version: old.version)
            guard old.state != state else { return .done(try ReminderText.changed(old, turn), data: try row(of: old, turn)) }
            if state == .paused, old.state != .on { throw Refusal.conflict("\(old.capitalised) does not come anyway.") }
            var new = old
            new.state = state
            if state == .on { new.trouble = nil }
            let reply = try rewrite(old, as: new, turn)
            if state == .removed { try note(.removed, new, turn) }
            turn.change("state of \(new.subject)", from: .string(old.state.rawValue), to: .string(state.rawValue))
            let undo = Invocation(command: back, arguments: ["id": .int(new.id)])
            return Reply(turn.door == .button ? .replace : .done, reply.card, data: reply.data, undo: undo)
        }
    }

    enum Wish { case see, change }

    /// The reminder of this number in the turn's server: a personal one is found by whose it is alone, and those of channels are
    /// changed by staff and by who set them.
    static func require(_ id: Int, _ wish: Wish, _ turn: Turn, gone: Bool = false) throws -> Reminder {
        let guild = try turn.requireGuild()
        let found = try ReminderRows.find(Int64(id), in: turn.store).flatMap { $0.guild == guild ? $0 : nil }
        let isMine = found?.owner != nil && found?.owner == turn.asker.member
        guard let one = found, gone || one.state == .on || one.state == .paused, !one.isPersonal || isMine else {
            throw Refusal(.notFound, "There is no reminder \(id) here.", hint: "See them all with reminders list.", field: "id")
        }
        if wish == .change, !one.isPersonal, !isMine, !turn.asker.may(.manageEvents) {
            throw Refusal.forbidden("\(one.capitalised) is for \(Access.manageEvents.spelled).")
        }
        return one
    }
}
