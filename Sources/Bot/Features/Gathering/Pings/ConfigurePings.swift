internal import Kit
internal import Shared

extension Pings {
    static let configured = [pings, sparedRoles]

    /// Whether it comes; a paused one stands still until it is resumed.
    private enum Condition: String, CaseIterable, Sendable { case on, paused }

    private static let fields = [
        Configured.Field(place) { .id($0) },
        Configured.Field(every) { $0.map { .string($0.exactly) } ?? .null },
        Configured.Field(rule) { $0.map { .string($0) } ?? .null },
        Configured.Field(zone) { $0.map { .string($0) } ?? .null },
        Configured.Field(newQuiet) { .string($0.flatMap { $0.isEmpty ? nil : $0 } ?? "server") },
        Configured.Field(newTop) { $0.map { .int(Int64($0)) } ?? .null },
        Configured.Field(newPeriod) { $0.map { .string($0.rawValue) } ?? .null },
        Configured.Field(newText) { .string($0.flatMap { $0.isEmpty ? nil : $0 } ?? "server") },
        Configured.Field(Parameter<Condition>.oneOf("state", "Whether it comes: on or paused")) { .string($0.rawValue) },
    ]

    private static let pings = Configured(
        "pings", "Mentions of the most active members, on a schedule", .numbered, fields: fields,
        read: { turn in
            try PingRows.all(of: try turn.requireGuild(), in: turn.store).map { ping in
                Configured.Record(ping.key, ping.settings.joined(with: ["state": .string(ping.state.rawValue)]))
            }
        },
        make: { turn, record in
            // One that was removed comes back with its number and all that hangs on it.
            if let id = Int64(record.name), let old = try PingRows.find(id, in: turn.store), old.guild == turn.guild {
                let before = Configured.Record(record.name, old.settings.joined(with: ["state": "on"]))
                return .run("pings.restore", ["id": .int(id)]) + edit(from: before, to: record)
            }
            let arguments = record.values.members.filter { $0.key != "state" && $0.value != "server" }
            let pause: Configured.Steps = .run("pings.pause", ["id": Configured.Steps.made])
            return .run("pings.add", .object(JSON.Object(arguments))) + (record["state"] == "paused" ? pause : .init([]))
        },
        change: { _, old, new in edit(from: old, to: new) },
        remove: { _, record in .run("pings.remove", ["id": .string(record.name)]) })

    private static func edit(from old: Configured.Record, to new: Configured.Record) -> Configured.Steps {
        let changed = new.changed(from: old)
        let values = changed.filter { $0.key != "state" }
        var steps = Configured.Steps([])
        if !values.isEmpty { steps = .run("pings.edit", .object(JSON.Object([("id", .string(old.name))] + values))) }
        if let state = changed.first(where: { $0.key == "state" })?.value {
            steps = steps + .run(state == "paused" ? "pings.pause" : "pings.resume", ["id": .string(old.name)])
        }
        return steps
    }

    private static let sparedRoles = Configured(
        "spared roles", "Whose members no ping mentions", .about(.role), .name, fields: [],
        read: { turn in
            try sparedRoles(of: try turn.requireGuild(), turn).map { Configured.Record($0.description, .object(.init())) }
        },
        make: { _, record in .run("pings.spare", ["role": .string(record.name)]) },
        change: { _, _, _ in Configured.Steps([]) },
        remove: { _, record in .run("pings.unspare", ["role": .string(record.name)]) })
}
