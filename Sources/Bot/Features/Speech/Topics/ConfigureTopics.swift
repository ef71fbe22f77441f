internal import Kit
internal import Shared

extension Topics {
    // MARK: - Conversation starters

    static let ownTopics = Configured(
        "topics", "Conversation starters of this server's own", .numbered,
        fields: [
            Configured.Field(categoryName) { .string($0) },
            Configured.Field(Parameter<String>.text("text", "What is asked", longest: longest)) { .string(trimmed($0)) },
        ],
        read: { turn in try OwnTopic.all(of: try turn.requireGuild(), in: turn.store).sorted { $0.id < $1.id }.map(\.record) },
        make: { turn, record in
            let guild = try turn.requireGuild()
            if let id = Int64(record.name), let old = try OwnTopic.find(id, of: guild, in: turn.store), old.isRemoved,
                record.changed(from: old.record).isEmpty
            {
                return .run("topics.restore", ["id": .int(id)])
            }
            return .run("topics.add", .object(record.values))
        },
        change: { _, old, new in
            .run("topics.remove", ["id": .string(old.name)])
                + .run("topics.add", .object(new.filled(from: old)))
        },
        remove: { _, record in .run("topics.remove", ["id": .string(record.name)]) })

    // MARK: - Schedules

    private enum Condition: String, CaseIterable, Sendable { case on, paused }

    static let scheduledTopics = Configured(
        "scheduled topics", "When a topic comes to a channel by itself", .numbered,
        kind: { _, _, value in scheduleFields.first { $0.name == value }?.kind },
        read: { turn in try TopicSchedule.all(of: try turn.requireGuild(), in: turn.store).map(\.record) },
        settle: { turn, record, _ in try record.read(by: scheduleFields, turn) },
        make: { turn, record in
            if let id = Int64(record.name), let old = try TopicSchedule.find(id, in: turn.store), old.guild == turn.guild,
                old.state == .removed, record.changed(from: old.record).allSatisfy({ $0.key == "state" })
            {
                let pause: Configured.Steps = .run("topics.pause", ["id": .int(id)])
                return .run("topics.resume", ["id": .int(id)]) + (record["state"] == "paused" ? pause : .init([]))
            }
            return schedule(record)
        },
        change: { _, old, new in
            let changed = new.changed(from: old)
            if let state = changed.first?.value, changed.count == 1, changed[0].key == "state" {
                return .run(state == "paused" ? "topics.pause" : "topics.resume", ["id": .string(old.name)])
            }
            var whole = new
            whole.values = new.filled(from: old)
            for (one, other) in [("every", "rule"), ("rule", "every")] where new[one] != nil { whole.values[other] = nil }
            return .run("topics.unschedule", ["id": .string(old.name)]) + schedule(whole)
        },
        remove: { _, record in .run("topics.unschedule", ["id": .string(record.name)]) })

    private static let scheduleFields = [
        Configured.Field(Parameter<ID<Channel>>.channel("channel", "Where it is posted")) { .id($0) },
        Configured.Field(
            Parameter<Duration>.duration("every", "Time between two", 1.hours...30.days, bare: .hours)
        ) { .string($0.exactly) },
        Configured.Field(Parameter<String>.recurrence("rule", "When it comes")) { .string($0) },
        Configured.Field(Parameter<String>.text("category", "What it is about, or any", longest: 24)) {
            .string($0.lowercased())
        },
        Configured.Field(Parameter<String>.zone("zone", "Whose clocks count")) { .string($0) },
        Configured.Field(scheduleQuiet) { .string($0) },
        Configured.Field(Parameter<Condition>.oneOf("state", "Whether it comes: on or paused")) { .string($0.rawValue) },
    ]

    private static let scheduleQuiet: Parameter<String> = {
        let hours = Parameter<String>.quietHours("quiet", "When it does not come, none, or server")
        return Parameter<String>(hours.outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "server" ? "server" : try hours.parse(raw, context)
        }
    }()

    private static func schedule(_ record: Configured.Record) -> Configured.Steps {
        let values = record.values.members.filter { $0.key != "state" && $0.value != "server" }
        let pause: Configured.Steps = .run("topics.pause", ["id": Configured.Steps.made])
        return .run("topics.schedule", .object(JSON.Object(values))) + (record["state"] == "paused" ? pause : .init([]))
    }
}

extension OwnTopic {
    fileprivate var record: Configured.Record {
        Configured.Record(String(id), ["category": .string(category), "text": .string(text)])
    }
}

extension TopicSchedule {
    fileprivate var record: Configured.Record {
        Configured.Record(key, settings)
    }
}

extension Configured.Record {
    /// Its values, and those of another where it has none.
    fileprivate func filled(from old: Configured.Record) -> JSON.Object {
        JSON.Object(old.values.members.filter { values[$0.key] == nil } + values.members)
    }
}
