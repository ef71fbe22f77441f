internal import Kit
internal import Shared

extension Topics {
    /// Scheduled topics that cannot be posted, stand still, or never come.
    static let checkup = CheckupReading { turn in
        let guild = try turn.requireGuild()
        let channels = Set(turn.house.directory.channels(in: guild).map(\.id))
        let known = try categories(turn)
        return try TopicSchedule.all(of: guild, in: turn.store).compactMap { schedule in
            let number: JSON = ["id": .int(schedule.id)]
            func symptom(_ what: String, _ fix: String, _ command: String) -> Symptom {
                Symptom(
                    "topic.\(schedule.id)", .bad, "Scheduled topic \(schedule.id) \(what)", fix: fix,
                    run: Invocation(command: command, arguments: number))
            }
            if let trouble = schedule.trouble {
                return symptom("stands still: \(trouble)", "Mend that, then run:", "topics.resume")
            }
            guard schedule.state == .on else { return nil }
            guard channels.contains(schedule.channel) else {
                return symptom("is posted in a channel that is gone.", "Schedule it elsewhere, and run:", "topics.unschedule")
            }
            if let category = schedule.category, !known.contains(category) {
                return symptom(
                    "is about \(category), of which there is nothing.", "Add something with topics add, or run:",
                    "topics.unschedule")
            }
            if try schedule.times(after: turn.now, count: 1, turn).isEmpty {
                return symptom("never comes.", "Give it other times, or run:", "topics.unschedule")
            }
            return turn.whyNot([.viewChannel, .sendMessages], in: schedule.channel, of: guild).map { refusal in
                Symptom(
                    "topic.\(schedule.id)", .bad, "Scheduled topic \(schedule.id): \(refusal.sentence)", fix: refusal.hint ?? ""
                )
            }
        }
    }
}
