internal import Kit
internal import Shared

extension Topics {
    static let schedule = Command(
        "topics.schedule", "Posts a topic into a channel on a schedule", access: .manageGuild, changes: true,
        returns: scheduleShape, example: "channel: #general rule: daily 18:00 category: food",
        .channel("channel", "Where it is posted"),
        rule,
        .optional(.duration("every", "Time between two, instead of a rule", 1.hours...30.days, bare: .hours)),
        anyCategory, .optional(.zone("zone", "Whose clocks count; the server's when left out")),
        .optional(.quietHours("quiet", "When it does not come, such as 22:00-08:00, or none"))
    ) { turn, channel, rule, every, category, zone, quiet in
        var made = TopicSchedule(
            guild: try turn.requireGuild(), channel: channel, rhythm: try Rhythm(every: every, rule: rule),
            category: try knownCategory(category, turn), zone: zone ?? turn.zone.name, quiet: quiet, since: turn.now)
        try turn.requireOwn([.viewChannel, .sendMessages], in: channel, of: made.guild)
        guard try TopicSchedule.all(of: made.guild, in: turn.store).count < mostSchedules else {
            throw Refusal(.limited, "There are \(mostSchedules) already.", hint: "Remove one with topics unschedule.")
        }
        let first = try firstTime(of: made, turn)
        made.id = try made.insert(in: turn.store)
        try turn.schedule(post, key: made.key, made.id, at: first)
        turn.change(made.subject, from: .null, to: made.settings)
        return .done(
            try TopicText.scheduled(made, turn), data: try row(of: made, turn),
            undo: Invocation(command: "topics.unschedule", arguments: ["id": .int(made.id)]))
    }

    static let mostSchedules = 50

    /// In a message it takes all words up to the next name.
    private static let rule: Parameter<String?> = {
        var rule = Parameter<String>.recurrence("rule", "When it comes, such as daily 18:00")
        rule.outline.runsOn = true
        return .optional(rule)
    }()

    static let pause = switching(
        to: .paused, "topics.pause", "Stops a scheduled topic until it is resumed", back: "topics.resume")
    static let resume = switching(to: .on, "topics.resume", "Lets a scheduled topic come again", back: "topics.pause")
    static let unschedule = switching(
        to: .removed, "topics.unschedule", "Removes a scheduled topic; resume brings it back", back: "topics.resume")

    private static func switching(
        to state: TopicSchedule.State, _ name: String, _ summary: String, back: String
    ) -> Command {
        Command(
            name, summary, access: .manageGuild, changes: true, returns: scheduleShape, example: "1",
            .whole("id", "Its number, as topics schedules shows it", 1...Int.max)
        ) { turn, id in
            let old = try TopicSchedule.require(id, turn, removed: state == .on)
            try turn.require(version: old.version)
            var new = old
            new.state = state
            if state == .on { new.trouble = nil }
            guard new != old else { return .done(try TopicText.scheduled(old, turn), data: try row(of: old, turn)) }
            if state == .on {
                try turn.requireOwn([.viewChannel, .sendMessages], in: new.channel, of: new.guild)
                try turn.schedule(post, key: new.key, new.id, at: try firstTime(of: new, turn))
            } else {
                turn.cancel(post, key: new.key)
            }
            try new.update(in: turn.store)
            new.version += 1
            turn.change(new.subject, from: old.settings, to: new.settings)
            let undone = old.state == .removed ? "topics.unschedule" : back
            return .done(
                try TopicText.scheduled(new, turn), data: try row(of: new, turn),
                undo: Invocation(command: undone, arguments: ["id": .int(new.id)]))
        }
    }

    private static func firstTime(of schedule: TopicSchedule, _ turn: Turn) throws -> Instant {
        if let first = try schedule.times(after: turn.now, count: 1, turn).first { return first }
        throw Refusal.invalid(
            "\(schedule.rhythm.spelled) never comes, or only in the quiet hours.",
            field: schedule.rhythm.rule == nil ? "every" : "rule",
            hint: "Rules come every hour at the most, and quiet hours are \(schedule.quiet ?? turn[quiet]).")
    }
}
