internal import Kit
internal import Shared

/// Role menus as they lie in the store; those that were removed stay, so that they can be had back.
enum RoleMenuRows {
    private static let columns: SQL =
        "id, guild, channel, title, body, style, exclusive, most, needs, lasts, message, state, trouble, version"

    static func find(_ id: Int64, in store: any Connection) throws -> RoleMenu? {
        try all(where: "id = \(id)", in: store).first
    }

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [RoleMenu] {
        try all(where: "guild = \(guild) AND state <> 'removed' ORDER BY id", in: store)
    }

    static func all(where condition: SQL, in store: any Connection) throws -> [RoleMenu] {
        let found = try store.all("SELECT \(columns) FROM rolemenus_menus WHERE \(condition)", read).compactMap(\.self)
        return try found.map { menu in
            var whole = menu
            whole.choices = try store.all(
                "SELECT role, emoji FROM rolemenus_choices WHERE menu = \(menu.id) ORDER BY place"
            ) { row in row.id(0).map { RoleMenu.Choice(role: $0, emoji: row.optionalText(1)) } }.compactMap(\.self)
            return whole
        }
    }

    /// The menu that a number or a title names in the turn's server; a removed one only when it is asked for.
    static func require(_ words: String, _ turn: Turn, removed: Bool = false) throws -> RoleMenu {
        let guild = try turn.requireGuild()
        if let id = Int64(words), let found = try find(id, in: turn.store), found.guild == guild,
            removed || found.state != .removed
        {
            return found
        }
        let known = try all(of: guild, in: turn.store)
        let named = known.filter { $0.title.lowercased() == words.lowercased() }
        if let only = named.first, named.count == 1 { return only }
        let near = nearest(to: words, among: known.map(\.title)).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "There is no role menu \"\(words.prefix(60))\" here.", hint: near + "See them with rolemenus list.",
            field: "id")
    }

    /// Answers its number.
    static func insert(_ menu: RoleMenu, in store: any Connection) throws -> Int64 {
        let id =
            try store.first(
                """
                INSERT INTO rolemenus_menus (guild, channel, title, body, style, exclusive, most, needs, lasts, state, version)
                VALUES (\(menu.guild), \(menu.channel), \(menu.title), \(menu.text), \(menu.style.rawValue),
                    \(menu.isExclusive), \(number(menu.most)), \(menu.needs), \(menu.lasts), \(menu.state.rawValue), 1) RETURNING id
                """
            ) { $0.int(0) } ?? 0
        try write(menu.choices, of: id, in: store)
        return id
    }

    /// Writes it back, one version on.
    static func update(_ menu: RoleMenu, in store: any Connection) throws {
        try store.run(
            """
            UPDATE rolemenus_menus SET channel = \(menu.channel), title = \(menu.title), body = \(menu.text),
                style = \(menu.style.rawValue), exclusive = \(menu.isExclusive), most = \(number(menu.most)),
                needs = \(menu.needs), lasts = \(menu.lasts), message = \(menu.message), state = \(menu.state.rawValue),
                trouble = \(menu.trouble), version = version + 1 WHERE id = \(menu.id)
            """)
        try write(menu.choices, of: menu.id, in: store)
    }

    static func note(trouble: String?, of id: Int64, in store: any Connection) throws {
        try store.run("UPDATE rolemenus_menus SET trouble = \(trouble) WHERE id = \(id)")
    }

    private static func write(_ choices: [RoleMenu.Choice], of id: Int64, in store: any Connection) throws {
        try store.run("DELETE FROM rolemenus_choices WHERE menu = \(id)")
        for (place, choice) in choices.enumerated() {
            try store.run(
                """
                INSERT INTO rolemenus_choices (menu, role, place, emoji)
                VALUES (\(id), \(choice.role), \(place), \(choice.emoji))
                """)
        }
    }

    private static func number(_ value: Int?) -> SQLValue { value.map { .int(Int64($0)) } ?? .null }

    private static func read(_ row: any Row) -> RoleMenu? {
        guard let guild: ID<Guild> = row.id(1), let channel: ID<Channel> = row.id(2) else { return nil }
        return RoleMenu(
            id: row.int(0), guild: guild, channel: channel, title: row.text(3), text: row.text(4),
            style: RoleMenu.Style(rawValue: row.text(5)) ?? .buttons, choices: [], isExclusive: row.flag(6),
            most: row.optionalInt(7).map { Int($0) }, needs: row.id(8), lasts: row.optionalInt(9).map { .milliseconds($0) },
            message: row.id(10), state: RoleMenu.State(rawValue: row.text(11)) ?? .lost, trouble: row.optionalText(12),
            version: row.int(13))
    }
}
