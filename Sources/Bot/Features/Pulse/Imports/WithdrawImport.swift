internal import Kit
internal import Shared

extension Imports {
    static let withdraw = Command(
        "imports.withdraw", "Takes back everything that a file brought, as one", access: .guildOwner, changes: true,
        returns: batchShape, example: "1", .whole("id", "Its number, as imports list shows it", 1...Int.max)
    ) { turn, id in
        guard let batch = try ImportRows.find(Int64(id), turn) else {
            throw Refusal(.notFound, "There is no import \(id) here.", hint: "See them with imports list.", field: "id")
        }
        guard batch.isStanding else {
            throw Refusal(.conflict, "Import \(id) has been taken back already.", field: "id")
        }
        let members = try turn.bookings().unbook(turn, batch.id)
        turn.touch(members: members)
        try ImportRows.withdraw(batch.id, in: turn.store)
        turn.change("import \(id)", from: row(of: batch), to: .null)
        return .done(ImportText.withdrawn(batch, members), data: row(of: batch))
    }

    static let list = Command(
        "imports.list", "The files of levels that were taken over here", access: .moderate, changes: false,
        returns: .record(["rows": .list(batchShape)])
    ) { turn in
        let all = try ImportRows.all(turn)
        return .done(ImportText.list(all), data: ["rows": .array(all.map(row))])
    }

    static let panel = Panel(
        "imports.list", "Imports", "Levels that were taken over from other bots", access: .moderate,
        tables: ["imports_batches"],
        columns: [
            .init("id", "#", .number), .init("format", "Form", .text), .init("members", "Members", .number),
            .init("points", "Points", .points), .init("day", "Booked on", .text), .init("at_ms", "Taken", .time),
            .init("state", "State", .state),
        ],
        actions: [.init("imports.withdraw", "Take back", ["id": "id"])],
        empty: "Nothing was imported. imports preview says what a file would change."
    ) { turn in
        try ImportRows.all(turn).map { Panel.Line(String($0.id), row(of: $0)) }
    }

    private static let batchShape = Shape.record([
        "id": .whole, "format": .text, "day": .text, "members": .whole, "points": .decimal, "by": .text, "at_ms": .instant,
        "state": .text,
    ])

    private static func row(of batch: ImportBatch) -> JSON {
        [
            "id": .int(batch.id), "format": .string(batch.source), "day": .string(batch.day.description),
            "members": .int(Int64(batch.members)), "points": .points(batch.points), "by": .string(batch.author),
            "at_ms": .int(batch.at.milliseconds), "state": batch.isStanding ? "standing" : "withdrawn",
        ]
    }
}
