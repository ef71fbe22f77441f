internal import Kit
internal import Shared

extension ServerRules {
    /// By their numbers: a rule in the middle of a text moves those behind it.
    static let configured = Configured(
        "rules", "The rules of the server, by their numbers", .about(nil), .value, kind: { _, _, _ in body.outline.kind },
        read: { turn in
            try RuleBook.read(turn).rules.enumerated().map { .one(String($0.offset + 1), .string($0.element)) }
        },
        settle: { turn, record, _ in
            let place = try number.parse(.text(record.name), turn.reading())
            let given = ["text": Raw.json(record[Configured.Record.value] ?? .null)]
            return .one(String(place), .string(try body.read(Arguments(given, in: turn.reading()))))
        },
        make: { _, record in .run("rules.add", arguments(of: record)) },
        change: { _, _, new in .run("rules.edit", arguments(of: new)) },
        remove: { _, record in .run("rules.remove", ["n": .string(record.name)]) },
        order: { _, record in Int(record.name) ?? 0 })

    private static func arguments(of record: Configured.Record) -> JSON {
        .fields(["n": .string(record.name), "text": record[Configured.Record.value]])
    }
}
