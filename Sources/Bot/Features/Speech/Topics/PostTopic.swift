internal import Kit
internal import Shared

extension Topics {
    /// AI-02: an occurrence is a row with its time as its key, so it comes once, whatever happens to the process.
    static let post: Job<Int64> = Job("topics.post", late: .always) { turn, id in
        guard let schedule = try TopicSchedule.find(id, in: turn.store), schedule.state == .on else { return }
        let here = turn.inside(schedule.guild)
        if turn.late > here[patience] {
            _ = try note(schedule, "missed", "the bot was not there, and \(turn.late.spelled) later was too late", turn)
        } else if try here.declines(schedule.channel, .pings) {
            _ = try note(schedule, "missed", "the channel is silenced", turn)
        } else if let number = try note(schedule, "posted", nil, turn) {
            let chosen = try chooseForSchedule(schedule, here)
            try turn.emit(
                .post(channel: .known(schedule.channel), Post(TopicText.posted(chosen))), receiptTo: posted, number)
            try Supply.refill(chosen.category, of: schedule.guild, turn)
        }
        if let next = try schedule.times(after: turn.now + turn.late, count: 1, turn).first {
            try turn.schedule(post, key: schedule.key, schedule.id, at: next)
        } else {
            try stop(schedule, "It does not come any more: its rule is over, or the quiet hours leave it no time.", turn)
        }
    }

    /// Its category may have been removed since: then anything will do.
    private static func chooseForSchedule(_ schedule: TopicSchedule, _ here: Turn) throws -> ChosenTopic {
        let open = try categories(here)
        return try choose(schedule.category.flatMap { open.contains($0) ? $0 : nil }, here)
    }

    /// Nil when this occurrence has been dealt with already.
    private static func note(_ schedule: TopicSchedule, _ outcome: String, _ words: String?, _ turn: Turn) throws -> Int64? {
        try turn.store.first(
            """
            INSERT INTO topics_posts (schedule, guild, channel, due, at, outcome, note)
            VALUES (\(schedule.id), \(schedule.guild), \(schedule.channel), \(turn.now), \(turn.now + turn.late), \(outcome),
                \(words)) ON CONFLICT DO NOTHING RETURNING id
            """
        ) { $0.int(0) }
    }

    /// What Discord said of it. What it will not take again stops the schedule, with the reason.
    static let posted: Job<Int64> = Job("topics.posted", late: .always) { turn, number in
        switch turn.receipt?.outcome {
        case .refused(let code, let message):
            try turn.store.run("UPDATE topics_posts SET outcome = 'refused', note = \(message) WHERE id = \(number)")
            let id = try turn.store.first("SELECT schedule FROM topics_posts WHERE id = \(number)") { $0.int(0) }
            guard let schedule = try id.flatMap({ try TopicSchedule.find($0, in: turn.store) }), schedule.state == .on else {
                return
            }
            try stop(schedule, "Discord refused it (\(code)): \(message)", turn)
            turn.cancel(post, key: schedule.key)
        case .uncertain(let words), .expired(let words):
            try turn.store.run("UPDATE topics_posts SET note = \(words) WHERE id = \(number)")
        case .done, nil: break
        }
    }

    private static func stop(_ schedule: TopicSchedule, _ trouble: String, _ turn: Turn) throws {
        var over = schedule
        over.state = .paused
        over.trouble = trouble
        try over.update(in: turn.store)
    }
}
