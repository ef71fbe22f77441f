internal import Kit
internal import Shared

extension Keys {
    static let list = Command(
        "keys.list", "Which keys let programs read over the web, and what", access: .manageGuild, isPrivate: true,
        changes: false, returns: .record(["rows": .list(rowShape)])
    ) { turn in
        let rows = try KeyRow.standing(in: try turn.requireGuild(), at: turn.now, turn.store)
        return .done(KeyText.list(rows), data: ["rows": .array(rows.map(\.json))])
    }

    static let revoke = Command(
        "keys.revoke", "Takes a key back: from then on it opens nothing", access: .manageGuild, isPrivate: true, changes: true,
        returns: rowShape, example: "1",
        .lookup("key", "Its number or its name", names)
    ) { turn, word in
        let guild = try turn.requireGuild()
        let rows = try KeyRow.standing(in: guild, at: turn.now, turn.store)
        guard let row = rows.first(where: { String($0.id) == word || $0.name.lowercased() == word.lowercased() }) else {
            let near = nearest(to: word, among: rows.map(\.name))
            throw Refusal(
                .notFound, "There is no key \"\(word.prefix(60))\" here.",
                hint: near.map { "Did you mean \($0)?" } ?? "See them with keys list.", field: "key")
        }
        try turn.store.run("UPDATE keys_keys SET revoked = \(turn.now) WHERE id = \(row.id) AND guild = \(guild)")
        turn.change("key \(row.id)", from: row.json, to: .null)
        return .done(KeyText.revoked(row), data: row.json)
    }

    static let panel = Panel(
        "keys.list", "Keys", "Which keys let programs read over the web", access: .manageGuild, tables: ["keys_keys"],
        columns: [
            .init("name", "Key", .text), .init("features", "Reads", .text), .init("sees", "As", .text),
            .init("limit", "A minute", .number), .init("made_ms", "Made", .time), .init("author", "By", .text),
            .init("ends_ms", "Until", .time),
        ], actions: [.init("keys.revoke", "Revoke", ["key": "id"])],
        empty: "There is no key. keys create makes one."
    ) { turn in
        try KeyRow.standing(in: try turn.requireGuild(), at: turn.now, turn.store).map { row in
            let words: JSON = ["features": .string(row.features.joined(separator: " ")), "id": .string(String(row.id))]
            return Panel.Line(String(row.id), row.json.joined(with: words))
        }
    }

    private static let names = Lookup("keys") { turn, text in
        guard let guild = turn.guild else { return [] }
        return try KeyRow.standing(in: guild, at: turn.now, turn.store).filter {
            $0.name.lowercased().hasPrefix(text.lowercased())
        }.prefix(25).map { Choice($0.name, String($0.id)) }
    }

    private static let rowShape = Shape.record([
        "id": .whole, "name": .text, "sees": .text, "features": .list(.text), "limit": .whole, "made_ms": .instant,
        "author": .text, "ends_ms": .instant,
    ])
}
