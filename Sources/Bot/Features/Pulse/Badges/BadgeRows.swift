internal import Kit
internal import Shared

/// Badges as they lie in the store; those that were removed stay, so that they can be had back with whoever wore them.
enum BadgeRows {
    private static let columns: SQL = "id, guild, name, emoji, body, occasion, state, version"

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [Badge] {
        try store.all("SELECT \(columns) FROM badges_badges WHERE guild = \(guild) AND state = 'on' ORDER BY id", read)
            .compactMap(\.self)
    }

    /// The badge of this name or number in the turn's server.
    static func require(_ word: String, _ turn: Turn, removed: Bool = false) throws -> Badge {
        let guild = try turn.requireGuild()
        let state: Badge.State = removed ? .removed : .on
        let found = try turn.store.all(
            "SELECT \(columns) FROM badges_badges WHERE guild = \(guild) AND state = \(state.rawValue) ORDER BY id", read
        ).compactMap(\.self)
        let wanted = word.lowercased()
        if let badge = found.first(where: { $0.name.lowercased() == wanted }) ?? found.first(where: { String($0.id) == wanted })
        {
            return badge
        }
        let near = nearest(to: word, among: found.map(\.name)).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "There is no \(removed ? "removed " : "")badge \"\(word.prefix(60))\" here.",
            hint: near + "See them all with badges list.", field: "badge")
    }

    static func find(_ id: Int64, in store: any Connection) throws -> Badge? {
        try store.first("SELECT \(columns) FROM badges_badges WHERE id = \(id)", read).flatMap(\.self)
    }

    /// Answers its number.
    static func insert(_ badge: Badge, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO badges_badges (guild, name, emoji, body, occasion, state, version)
            VALUES (\(badge.guild), \(badge.name), \(badge.emoji), \(badge.text), \(badge.occasion?.spelled),
                \(badge.state.rawValue), 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    static func update(_ badge: Badge, in store: any Connection) throws {
        try store.run(
            """
            UPDATE badges_badges SET name = \(badge.name), emoji = \(badge.emoji), body = \(badge.text),
                occasion = \(badge.occasion?.spelled), state = \(badge.state.rawValue), version = version + 1
            WHERE id = \(badge.id)
            """)
    }

    /// Two badges of one name could not be told apart.
    static func refuseTwin(of badge: Badge, _ turn: Turn) throws {
        let twin = try all(of: badge.guild, in: turn.store).first {
            $0.id != badge.id && $0.name.lowercased() == badge.name.lowercased()
        }
        guard let twin else { return }
        throw Refusal(
            .conflict, "There is a badge \"\(twin.name)\" already.", hint: "Choose another name, or change that one.",
            field: "name")
    }

    static func holders(of badge: Int64, in store: any Connection) throws -> Int64 {
        try store.first("SELECT COUNT(*) FROM badges_held WHERE badge = \(badge)") { $0.int(0) } ?? 0
    }

    private static func read(_ row: any Row) -> Badge? {
        guard let guild: ID<Guild> = row.id(1) else { return nil }
        return Badge(
            id: row.int(0), guild: guild, name: row.text(2), emoji: row.text(3), text: row.text(4),
            occasion: row.optionalText(5).flatMap(Occasion.init), state: Badge.State(rawValue: row.text(6)) ?? .removed,
            version: row.int(7))
    }
}
