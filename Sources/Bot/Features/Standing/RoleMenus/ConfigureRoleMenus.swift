internal import Kit
internal import Shared

extension RoleMenus {
    static let configured = Configured(
        "role menus", "Messages with which members give themselves roles", .numbered,
        fields: [
            Configured.Field(title) { .string($0) },
            Configured.Field(channel) { .id($0) },
            Configured.Field(roles) { .string(RoleMenu.spelled($0)) },
            Configured.Field(style) { $0.map { .string($0.rawValue) } ?? .null },
            Configured.Field(text) { .string($0) },
            Configured.Field(exclusive) { .bool($0) },
            Configured.Field(most) { .int(Int64($0)) },
            Configured.Field(needs) { $0.map { .id($0) } ?? "none" },
            Configured.Field(lasts) { $0.map { .string($0.exactly) } ?? "none" },
        ],
        read: { turn in try RoleMenuRows.all(of: try turn.requireGuild(), in: turn.store).map(\.record) },
        make: { turn, record in
            // One that was removed comes back with its number and those who hold its roles.
            if let id = Int64(record.name), let old = try RoleMenuRows.find(id, in: turn.store), old.guild == turn.guild {
                return .run("rolemenus.restore", ["id": .string(old.key)]) + edit(from: old.record, to: record)
            }
            return .run("rolemenus.add", .object(record.values))
        },
        change: { _, old, new in edit(from: old, to: new) },
        remove: { _, record in .run("rolemenus.remove", ["id": .string(record.name)]) })

    /// Where it stands is changed by posting it there.
    private static func edit(from old: Configured.Record, to new: Configured.Record) -> Configured.Steps {
        let changed = new.changed(from: old)
        let id: [(key: String, value: JSON)] = [("id", .string(old.name))]
        let (places, values) = (changed.filter { $0.key == "channel" }, changed.filter { $0.key != "channel" })
        var steps = Configured.Steps([])
        if !values.isEmpty { steps = .run("rolemenus.edit", .object(JSON.Object(id + values))) }
        if !places.isEmpty { steps = steps + .run("rolemenus.post", .object(JSON.Object(id + places))) }
        return steps
    }
}

extension RoleMenu {
    fileprivate var record: Configured.Record {
        Configured.Record(key, settings.joined(with: ["channel": .id(channel)]))
    }
}
