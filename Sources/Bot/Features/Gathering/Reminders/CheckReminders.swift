internal import Kit
internal import Shared

extension Reminders {
    /// Reminders of channels that cannot be posted any more, and why.
    static let checkup = CheckupReading { turn in
        let guild = try turn.requireGuild()
        return try ReminderRows.standing(in: guild, in: turn.store).compactMap { one -> Symptom? in
            let key = "reminder.\(one.id)"
            if let trouble = one.trouble {
                return Symptom(
                    key, .bad, "\(one.capitalised) is stopped: \(trouble)", fix: "Mend it, then reminders resume \(one.id).")
            }
            guard one.state == .on, let channel = one.channel else { return nil }
            if let refusal = turn.whyNotPost(in: channel) {
                return Symptom(key, .bad, "\(one.capitalised): \(refusal.sentence)", fix: refusal.hint ?? "")
            }
            if one.mentionsEveryone, !turn[everyone] {
                return Symptom(
                    key, .warn, "\(one.capitalised) is to mention everyone, which is not allowed any more: it mentions nobody.",
                    fix: "Allow it with house set reminders.everyone yes, or reminders edit \(one.id) everyone: no.")
            }
            return nil
        }
    }
}
