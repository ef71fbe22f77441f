internal import Kit
internal import Shared

extension HouseFeature {
    static let outbox = Command(
        "house.outbox", "What is on its way to Discord or went there lately, what needs a look first", access: .manageGuild,
        scope: .either, isPrivate: true, changes: false, returns: .record(["rows": .list(.anything)]), example: "20",
        .whole("top", "How many rows", 1...500, default: 50)
    ) { turn, top in
        if turn.guild == nil { try keepersOnly(turn) }
        let rows = try outboxRows(top, turn)
        return .done(HouseText.outbox(rows), data: ["rows": .array(rows)])
    }

    static let outboxPanel = Panel(
        "house.outbox", "Outbox", "What is on its way to Discord: uncertain and open first", access: .moderate,
        scope: .either, tables: ["house_outbox"],
        columns: [
            .init("state", "", .state), .init("phase", "Is", .text), .init("kind", "What", .text),
            .init("guild", "Server", .member), .init("created_ms", "Since", .time), .init("tries", "Tries", .number),
            .init("note", "Note", .text), .init("cause", "Cause", .text), .init("id", "Id", .id),
        ],
        actions: [.init("house.resolve", "Resolve", ["id": "id"])],
        empty: "Nothing is on its way to Discord.",
        .whole("top", "How many rows", 1...500, default: 200)
    ) { turn, top in lines(try outboxRows(top, turn), by: "id") }

    /// The words of a message are nobody's business here: only what kind of effect it is.
    private static func outboxRows(_ top: Int, _ turn: Turn) throws -> [JSON] {
        let place: SQL = turn.guild.map { "WHERE guild = \($0)" } ?? ""
        return try rows(
            """
            SELECT id, guild, effect, cause, created, state, tries, note, settled FROM house_outbox \(place)
            ORDER BY CASE state WHEN 'uncertain' THEN 0 WHEN 'waiting' THEN 1 WHEN 'refused' THEN 2 WHEN 'expired' THEN 3
                ELSE 4 END, id DESC LIMIT \(top)
            """, turn
        ) { row in
            .fields([
                "id": .string(String(row.int(0))), "state": .string(sign(of: row.text(5)).rawValue),
                "phase": .string(row.text(5)), "kind": row.json(2).object?.keys.first.map(JSON.string),
                "guild": name(row.id(1), turn), "created_ms": .int(row.int(4)), "tries": .int(row.int(6)),
                "note": row.optionalText(7).map(JSON.string), "cause": .string(row.text(3)),
                "settled_ms": row.optionalInt(8).map(JSON.int),
            ])
        }
    }

    private static func sign(of state: String) -> Sign.State {
        switch state {
        case "done": .ok
        case "waiting", "dropped": .off
        case "uncertain", "expired": .warn
        default: .bad
        }
    }
}
