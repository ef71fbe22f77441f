internal import Kit
internal import Shared

/// How much a key lets its holder see: what everybody may, what moderators may, or what those may who manage the server.
enum KeySight: String, CaseIterable, Sendable {
    case everyone, moderators, managers

    var role: Access.Role {
        switch self {
        case .everyone: .viewer
        case .moderators: .moderator
        case .managers: .admin
        }
    }
}

/// A key as it lies in the store: never its text.
struct KeyRow {
    var id: Int64 = 0
    var guild: ID<Guild>
    var name: String
    var sees: KeySight
    var features: [String]
    var limit: Int
    var made: Instant
    var author: String
    var ends: Instant?

    private static let columns: SQL = "id, guild, name, role, features, most, made, author, ends"

    /// Those that open something, or will have been the last to.
    static func standing(in guild: ID<Guild>, at now: Instant, _ store: any Connection) throws -> [KeyRow] {
        try store.all(
            """
            SELECT \(columns) FROM keys_keys
            WHERE guild = \(guild) AND revoked IS NULL AND (ends IS NULL OR ends > \(now)) ORDER BY id
            """, read
        ).compactMap(\.self)
    }

    static func find(_ digest: String, at now: Instant, in store: any Connection) throws -> KeyRow? {
        try store.first(
            """
            SELECT \(columns) FROM keys_keys
            WHERE digest = \(digest) AND revoked IS NULL AND (ends IS NULL OR ends > \(now))
            """, read
        ).flatMap(\.self)
    }

    /// Answers its number.
    func insert(_ digest: String, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO keys_keys (guild, digest, name, role, features, most, made, author, ends)
            VALUES (\(guild), \(digest), \(name), \(sees.rawValue), \(features.joined(separator: " ")), \(limit), \(made),
                \(author), \(ends)) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    private static func read(_ row: any Row) -> KeyRow? {
        guard let guild = row.id(1, Guild.self) else { return nil }
        return KeyRow(
            id: row.int(0), guild: guild, name: row.text(2), sees: KeySight(rawValue: row.text(3)) ?? .everyone,
            features: row.text(4).split(separator: " ").map(String.init), limit: Int(row.int(5)), made: row.instant(6),
            author: row.text(7), ends: row.isNull(8) ? nil : row.instant(8))
    }

    var json: JSON {
        .fields([
            "id": .int(id), "name": .string(name), "sees": .string(sees.rawValue),
            "features": .array(features.map(JSON.string)), "limit": .int(Int64(limit)), "made_ms": .int(made.milliseconds),
            "author": .string(author), "ends_ms": ends.map { .int($0.milliseconds) },
        ])
    }
}
