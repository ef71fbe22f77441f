internal import Kit
internal import Shared

/// A text as an admin has written it.
struct NamedText: Equatable {
    var name: String
    var body: String
    var author: ID<Member>?
    var changed: Instant
    var version: Int64
}

/// The texts as they lie in the store.
enum TemplateRows {
    private static let columns: SQL = "name, body, author, changed, version"

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [NamedText] {
        try store.all("SELECT \(columns) FROM templates_texts WHERE guild = \(guild) ORDER BY name", read)
    }

    static func find(_ name: String, of guild: ID<Guild>, in store: any Connection) throws -> NamedText? {
        try store.first("SELECT \(columns) FROM templates_texts WHERE guild = \(guild) AND name = \(name.lowercased())", read)
    }

    static func require(_ name: String, _ turn: Turn) throws -> NamedText {
        let guild = try turn.requireGuild()
        if let found = try find(name, of: guild, in: turn.store) { return found }
        let names = try all(of: guild, in: turn.store).map(\.name)
        let near = nearest(to: name.lowercased(), among: names).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "There is no text called \"\(name.prefix(60))\" here.",
            hint: near + (names.isEmpty ? "Write one with templates set." : "There are: \(names.joined(separator: ", "))."),
            field: "name")
    }

    static func write(_ text: NamedText, of guild: ID<Guild>, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO templates_texts (guild, name, body, author, changed, version)
            VALUES (\(guild), \(text.name), \(text.body), \(text.author), \(text.changed), 1)
            ON CONFLICT (guild, name) DO UPDATE SET body = excluded.body, author = excluded.author, changed = excluded.changed,
                version = templates_texts.version + 1
            """)
    }

    private static func read(_ row: any Row) -> NamedText {
        NamedText(name: row.text(0), body: row.text(1), author: row.id(2), changed: row.instant(3), version: row.int(4))
    }
}
