internal import Kit
internal import Shared

extension Reminders {
    /// What became of a reminder.
    enum Note {
        case created
        case sent(Delivery)
        case missed(String)
        case stopped(String)
        case over
        case removed
        /// Its announcement was changed, and it with it.
        case changed
        /// Its announcement is gone, or names no time any more.
        case withdrawn
    }

    /// REM-09: what becomes of the reminders of channels is told where the server wants it told; a member's own are their own
    /// business.
    static func note(_ what: Note, _ one: Reminder, _ turn: Turn) throws {
        guard !one.isPersonal, let channel = turn[log], turn.whyNotPost(in: channel) == nil else { return }
        turn.emit(.post(channel: .known(channel), Post(ReminderText.noted(what, one))))
    }
}
