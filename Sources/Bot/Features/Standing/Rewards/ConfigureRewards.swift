internal import Kit
internal import Shared

extension Rewards {
    private enum Condition: String, CaseIterable, Sendable { case on, paused }

    private static let fields = [
        Configured.Field(Parameter<ID<Role>>.role("role", "The role that is given")) { .id($0) },
        Configured.Field(tier) { .int(Int64($0)) },
        Configured.Field(criteria) { .string($0) },
        Configured.Field(ladder) { .string($0) },
        Configured.Field(lasting) { .string($0?.exactly ?? "always") },
        Configured.Field(grace) { .string($0.exactly) },
        Configured.Field(staying) { .bool($0) },
        Configured.Field(Parameter<Condition>.oneOf("state", "Whether it acts: on or paused")) { .string($0.rawValue) },
        Configured.Field.several("opens", .channel("opens", "The channels that it opens")) { .id($0) },
    ]

    static let configured = Configured(
        "rewards", "Roles that are earned by a rule; taken out here, holders keep the role", .given,
        kind: { _, _, value in fields.first { $0.name == value }?.kind },
        read: { turn in
            try RewardRows.all(of: try turn.requireGuild(), in: turn.store).sorted { $0.id < $1.id }.map {
                try written($0, turn)
            }
        },
        settle: { turn, record, _ in
            var settled = try record.read(by: fields, turn)
            settled.name = try name.parse(.text(record.name), turn.reading())
            if let text = settled["criteria"]?.text {
                settled.values["criteria"] = .string(try Rule(text, words: try turn.rewardWords(), field: "criteria").text)
            }
            return settled
        },
        make: { turn, record in
            // One that was removed comes back with its number, which other rules may ask for.
            if let old = try RewardRows.lastRemoved(record.name, of: try turn.requireGuild(), in: turn.store) {
                var back = try written(old, turn)
                back.values["state"] = "on"
                let id = JSON.string(String(old.id))
                return .run("rewards.restore", ["reward": id]) + edit(id, from: back, to: record)
            }
            let bare = Configured.Record(record.name, ["state": "on", "opens": []])
            let later = Configured.Record(
                record.name, .object(JSON.Object(record.values.members.filter { ["state", "opens"].contains($0.key) })))
            let values = record.values.members.filter { later[$0.key] == nil }
            return .run("rewards.add", .object(JSON.Object([("name", .string(record.name))] + values)))
                + edit(.string(record.name), from: bare, to: later)
        },
        change: { _, old, new in edit(.string(old.name), from: old, to: new) },
        remove: { _, record in .run("rewards.remove", ["reward": .string(record.name)]) })

    private static func written(_ reward: Reward, _ turn: Turn) throws -> Configured.Record {
        var values = reward.settings.object ?? .init()
        values["name"] = nil
        values["state"] = .string(reward.state.rawValue)
        values["opens"] = .array(try unlockedChannels(of: reward, turn).map { .id($0.channel) })
        return Configured.Record(reward.name, .object(values))
    }

    private static func edit(_ id: JSON, from old: Configured.Record, to new: Configured.Record) -> Configured.Steps {
        var changed = new.changed(from: old)
        if old.name != new.name { changed.append(("name", .string(new.name))) }
        let reward: [(key: String, value: JSON)] = [("reward", id)]
        var steps = Configured.Steps([])
        let state = changed.first { $0.key == "state" }?.value
        if state == "on" { steps = steps + .run("rewards.resume", .object(JSON.Object(reward))) }
        if let wanted = changed.first(where: { $0.key == "opens" })?.value.array {
            let open = old["opens"]?.array ?? []
            for channel in open where !wanted.contains(channel) {
                steps = steps + .run("rewards.lock", .object(JSON.Object(reward + [("channel", channel)])))
            }
            for channel in wanted where !open.contains(channel) {
                steps = steps + .run("rewards.unlock", .object(JSON.Object(reward + [("channel", channel)])))
            }
        }
        if state == "paused" { steps = steps + .run("rewards.pause", .object(JSON.Object(reward))) }
        let values = changed.filter { !["state", "opens"].contains($0.key) }
        // A new name last: until then the old one is what it is called.
        if !values.isEmpty { steps = steps + .run("rewards.edit", .object(JSON.Object(reward + values))) }
        return steps
    }
}
