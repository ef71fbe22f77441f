internal import Kit
internal import Shared

extension Templates {
    static let configured = Configured(
        "templates", "Texts for announcements", .given, .value, kind: { _, _, _ in body.outline.kind },
        read: { turn in
            try TemplateRows.all(of: try turn.requireGuild(), in: turn.store).map { .one($0.name, .string($0.body)) }
        },
        settle: { turn, record, _ in
            let given = ["text": Raw.json(record[Configured.Record.value] ?? .null)]
            let text = try body.read(Arguments(given, in: turn.reading()))
            return .one(try checked(record.name), .string(text.text))
        },
        make: { _, record in set(record) },
        change: { _, old, new in old.name == new.name ? set(new) : remove(old) + set(new) },
        remove: { _, record in remove(record) })

    private static func set(_ record: Configured.Record) -> Configured.Steps {
        .run("templates.set", .fields(["name": .string(record.name), "text": record[Configured.Record.value]]))
    }

    private static func remove(_ record: Configured.Record) -> Configured.Steps {
        .run("templates.remove", ["name": .string(record.name)])
    }
}
