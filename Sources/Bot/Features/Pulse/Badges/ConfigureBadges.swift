internal import Kit
internal import Shared

extension Badges {
    private static let fields = [
        Configured.Field(Parameter<EmojiName>.emoji("emoji", "What it looks like")) { .string($0.spelled) },
        Configured.Field(Parameter<String>.text("text", "What it is for", longest: 200, default: "")) { .string($0) },
        Configured.Field(Parameter<Occasion?>.occasion("occasion", "When it is given by itself")) {
            .string($0?.spelled ?? "none")
        },
    ]

    static let configured = Configured(
        "badges", "What members can wear; taken out here it is taken from everybody who does", .given,
        kind: { _, _, value in fields.first { $0.name == value }?.kind },
        read: { turn in
            try BadgeRows.all(of: try turn.requireGuild(), in: turn.store).map { badge in
                var values = badge.settings.object ?? .init()
                values["name"] = nil
                return Configured.Record(badge.name, .object(values))
            }
        },
        settle: { turn, record, _ in
            var settled = try record.read(by: fields, turn)
            settled.name = try name.parse(.text(record.name), turn.reading())
            return settled
        },
        make: { turn, record in
            // One that was removed comes back with those who wore it.
            if let old = try? BadgeRows.require(record.name, turn, removed: true), old.name == record.name {
                var values = old.settings.object ?? .init()
                values["name"] = nil
                let back = Configured.Record(old.name, .object(values))
                return .run("badges.restore", ["badge": .string(record.name)]) + edit(from: back, to: record)
            }
            return .run("badges.add", (["name": .string(record.name)] as JSON).joined(with: .object(record.values)))
        },
        change: { _, old, new in edit(from: old, to: new) },
        remove: { _, record in .run("badges.remove", ["badge": .string(record.name)]) })

    private static func edit(from old: Configured.Record, to new: Configured.Record) -> Configured.Steps {
        var changed = new.changed(from: old)
        if old.name != new.name { changed.append(("name", .string(new.name))) }
        guard !changed.isEmpty else { return Configured.Steps([]) }
        return .run("badges.edit", .object(JSON.Object([("badge", .string(old.name))] + changed)))
    }
}
