internal import Kit
internal import Shared

extension RoleMenus {
    static let list = Command(
        "rolemenus.list", "The role menus of this server", changes: false, returns: .record(["rows": .list(rowShape)])
    ) { turn in
        let menus = try RoleMenuRows.all(of: try turn.requireGuild(), in: turn.store)
        return .done(RoleMenuText.list(menus), data: ["rows": .array(menus.map { row(of: $0, turn) })])
    }

    static let show = Command(
        "rolemenus.show", "A role menu, its rules, and how many hold what", changes: false, returns: rowShape, example: "1",
        which
    ) { turn, id in
        let menu = try RoleMenuRows.require(id, turn)
        let counts = try holderCounts(of: menu, turn)
        return .done(
            RoleMenuText.shown(menu, counts, trouble(of: menu, RoleRights(menu.guild, turn), turn)), data: row(of: menu, turn))
    }

    static let preview = Command(
        "rolemenus.preview", "Shows only you how a role menu looks", access: .manageRoles, isPrivate: true, changes: false,
        returns: rowShape, example: "1", which
    ) { turn, id in
        let menu = try RoleMenuRows.require(id, turn)
        return .done(RoleMenuText.preview(menu, turn), data: row(of: menu, turn))
    }

    static let holders = Command(
        "rolemenus.holders", "Who gave themselves which role, and until when", access: .moderate, changes: false,
        returns: .record(["rows": .list(holderShape), "next": .text]), example: "1",
        .optional(which), .limit(50), .cursor
    ) { turn, id, limit, cursor in
        let menu = try id.map { try RoleMenuRows.require($0, turn) }
        var rows = try holderRows(menu, from: cursor.offset, limit: limit + 1, turn)
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        let next = hasMore ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            RoleMenuText.holders(rows), data: .fields(["rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    // MARK: - Rows

    static let rowShape = Shape.record([
        "id": .whole, "title": .text, "text": .text, "channel": .named, "style": .text,
        "roles": .list(.record(["role": .named, "emoji": .text])), "exclusive": .flag, "most": .whole, "needs": .named,
        "lasts_ms": .duration, "message": .id, "state": .text, "trouble": .text, "version": .whole,
    ])

    private static let holderShape = Shape.record([
        "member": .named, "role": .named, "menu": .whole, "via": .text, "since_ms": .instant, "until_ms": .instant,
    ])

    static func row(of menu: RoleMenu, _ turn: Turn) -> JSON {
        .fields([
            "id": .int(menu.id), "title": .string(menu.title), "text": .string(menu.text), "channel": turn.named(menu.channel),
            "style": .string(menu.style.rawValue),
            "roles": .array(
                menu.choices.map { .fields(["role": turn.named($0.role), "emoji": $0.emoji.map { .string($0) }]) }),
            "exclusive": .bool(menu.isExclusive), "most": menu.most.map { .int(Int64($0)) },
            "needs": menu.needs.map { turn.named($0) }, "lasts_ms": menu.lasts.map { .int($0.milliseconds) },
            "message": menu.message.map { .id($0) }, "state": .string(menu.state.rawValue),
            "trouble": menu.trouble.map { .string($0) }, "version": .int(menu.version),
        ])
    }

    /// How many gave themselves each role here.
    private static func holderCounts(of menu: RoleMenu, _ turn: Turn) throws -> [ID<Role>: Int] {
        let found = try turn.store.all(
            "SELECT role, COUNT(*) FROM rolemenus_holdings WHERE menu = \(menu.id) AND wanted = 1 GROUP BY role"
        ) { ($0.id(0, Role.self), Int($0.int(1))) }
        return found.reduce(into: [:]) { counts, pair in if let role = pair.0 { counts[role] = pair.1 } }
    }

    static func holderRows(_ menu: RoleMenu?, from offset: Int, limit: Int, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        let which: SQL = menu.map { "AND menu = \($0.id)" } ?? ""
        return try turn.store.all(
            """
            SELECT member, role, menu, via, since, until FROM rolemenus_holdings WHERE guild = \(guild) AND wanted = 1 \(which)
            ORDER BY since DESC, member, role LIMIT \(limit) OFFSET \(offset)
            """
        ) { row -> JSON? in
            guard let member: ID<Member> = row.id(0), let role: ID<Role> = row.id(1) else { return nil }
            return .fields([
                "member": turn.named(member), "role": turn.named(role), "menu": .int(row.int(2)), "via": .string(row.text(3)),
                "since_ms": .int(row.int(4)), "until_ms": row.optionalInt(5).map { .int($0) },
            ])
        }.compactMap(\.self)
    }
}
