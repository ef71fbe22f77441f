internal import Kit
internal import Shared

/// Where reading back a menu's reactions stands: which of its emojis, and after whom.
struct ReadingBack: Codable, Sendable {
    var menu: Int64
    var place: Int
    var after: ID<Member>?
    /// What was chosen since is not undone by a page that is older.
    var began: Instant
}

extension RoleMenus {
    static let sync = Command(
        "rolemenus.sync", "Reads a menu's reactions back now, and sets roles right by them", access: .manageRoles,
        changes: true,
        returns: rowShape, example: "1", which
    ) { turn, id in
        let menu = try RoleMenuRows.require(id, turn)
        guard menu.style == .reactions, menu.state == .on, menu.message != nil else {
            throw Refusal.conflict("\(menu.title) has no reactions to read.", hint: "Buttons and lists are never missed.")
        }
        try begin(menu, turn)
        return .done(RoleMenuText.reading(menu), data: row(of: menu, turn))
    }

    /// A server comes into view when a session begins: what was reacted to before nobody has told. Afterwards, all is told.
    static let hearGuild = Listener.event("rolemenus.guild", .guilds, order: 200) { turn, event in
        guard case .guildSeen(let seen) = event else { return }
        let menus = try RoleMenuRows.all(
            where: "guild = \(seen.profile.id) AND state = 'on' AND style = 'reactions' AND message IS NOT NULL", in: turn.store
        )
        for menu in menus { try begin(menu, turn) }
    }

    private static func begin(_ menu: RoleMenu, _ turn: Turn) throws {
        try turn.store.run("DELETE FROM rolemenus_reacted WHERE menu = \(menu.id)")
        try ask(ReadingBack(menu: menu.id, place: 0, after: nil, began: turn.now + turn.late), menu, turn)
    }

    private static func ask(_ reading: ReadingBack, _ menu: RoleMenu, _ turn: Turn) throws {
        guard let message = menu.message, menu.choices.indices.contains(reading.place),
            let emoji = menu.choices[reading.place].emoji
        else { return try turn.schedule(compare, key: menu.key, reading, at: turn.now + turn.late) }
        try turn.emit(
            .fetch(.reactions(channel: menu.channel, message: message, emoji: emoji, after: reading.after)), receiptTo: page,
            reading)
    }

    static let page: Job<ReadingBack> = Job("rolemenus.page", late: .always) { turn, reading in
        guard let menu = try RoleMenuRows.find(reading.menu, in: turn.store), menu.state == .on else { return }
        switch turn.receipt?.outcome {
        case .done:
            let users = turn.receipt?.answer?.array ?? []
            guard menu.choices.indices.contains(reading.place) else { return }
            let role = menu.choices[reading.place].role
            for user in users where user["bot"]?.bool != true {
                guard let member = user["id"]?.id(Member.self) else { continue }
                try turn.store.run(
                    """
                    INSERT INTO rolemenus_reacted (menu, member, role) VALUES (\(menu.id), \(member), \(role))
                    ON CONFLICT DO NOTHING
                    """)
            }
            var next = reading
            if users.count >= pageSize, let last = users.last?["id"]?.id(Member.self) {
                next.after = last
            } else {
                (next.place, next.after) = (reading.place + 1, nil)
            }
            try ask(next, menu, turn)
        case .refused(let code, let words):
            if code == 10008 {
                return try lose(menu.id, "Its message was deleted. Post it again with rolemenus post \(menu.id).", turn)
            }
            try RoleMenuRows.note(
                trouble:
                    "Its reactions cannot be read (\(code)): \(words) Let me read the message history there, then rolemenus sync.",
                of: menu.id, in: turn.store)
        case .uncertain, .expired, nil: break
        }
    }

    private static let pageSize = 100

    /// All pages are read: first what was taken away, then what was added, some members at a time.
    static let compare: Job<ReadingBack> = Job("rolemenus.compare", late: .always) { turn, reading in
        guard let menu = try RoleMenuRows.find(reading.menu, in: turn.store), menu.state == .on else { return }
        let gone = try turn.store.all(
            """
            SELECT member, role FROM rolemenus_holdings WHERE menu = \(menu.id) AND via = \(via) AND wanted = 1
                AND changed < \(reading.began) AND NOT EXISTS (SELECT 1 FROM rolemenus_reacted r WHERE r.menu = rolemenus_holdings.menu
                    AND r.member = rolemenus_holdings.member AND r.role = rolemenus_holdings.role)
            ORDER BY member, role LIMIT \(slice)
            """, pair
        ).compactMap(\.self)
        for (member, role) in gone where menu.choice(of: role) != nil {
            _ = try? settle(menu, role, wanted: false, of: member, via: via, turn)
        }
        if gone.count == slice { return try again(reading, menu, turn) }
        let members = try turn.store.all(
            "SELECT DISTINCT member FROM rolemenus_reacted WHERE menu = \(menu.id) ORDER BY member LIMIT \(slice)"
        ) { $0.id(0, Member.self) }.compactMap(\.self)
        for member in members {
            try catchUp(member, menu, turn)
            try turn.store.run("DELETE FROM rolemenus_reacted WHERE menu = \(menu.id) AND member = \(member)")
        }
        if members.count == slice { try again(reading, menu, turn) }
    }

    private static let slice = 50

    private static func again(_ reading: ReadingBack, _ menu: RoleMenu, _ turn: Turn) throws {
        try turn.schedule(compare, key: menu.key, reading, at: turn.now + .milliseconds(1))
    }

    private static func pair(_ row: any Row) -> (ID<Member>, ID<Role>)? {
        guard let member: ID<Member> = row.id(0), let role: ID<Role> = row.id(1) else { return nil }
        return (member, role)
    }

    /// What somebody chose meanwhile. Of several in a menu where only one counts, the one that they have stays.
    private static func catchUp(_ member: ID<Member>, _ menu: RoleMenu, _ turn: Turn) throws {
        let chosen = Set(
            try turn.store.all("SELECT role FROM rolemenus_reacted WHERE menu = \(menu.id) AND member = \(member)") {
                $0.id(0, Role.self)
            }.compactMap(\.self))
        var standing = try Standing(of: member, turn)
        // Of who is not known yet, only what they have not had from here is new.
        let held = standing.isKnown ? [] : try heldRoles(of: member, menu, turn)
        let wanted = menu.choices.filter { chosen.contains($0.role) && !held.contains($0.role) }
        let kept = menu.isExclusive ? wanted.first { standing.has($0.role) } ?? wanted.first : nil
        for choice in wanted {
            if let kept, choice != kept {
                takeBack(choice, of: member, menu, turn)
            } else if !standing.has(choice.role) {
                try choose(choice, of: member, menu, turn)
                standing = try Standing(of: member, turn)
            }
        }
    }

    private static func heldRoles(of member: ID<Member>, _ menu: RoleMenu, _ turn: Turn) throws -> Set<ID<Role>> {
        Set(
            try turn.store.all(
                "SELECT role FROM rolemenus_holdings WHERE guild = \(menu.guild) AND member = \(member) AND wanted = 1"
            ) { $0.id(0, Role.self) }.compactMap(\.self))
    }
}
