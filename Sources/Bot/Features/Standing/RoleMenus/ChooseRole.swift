internal import Kit
internal import Shared

/// What a choice came to.
struct Chosen {
    var given: [ID<Role>] = []
    var taken: [ID<Role>] = []
    var until: Instant?
}

extension RoleMenus {
    static let take = Command(
        "rolemenus.take", "Gives you a role of a menu, or takes it back", isPrivate: true, isForMembers: true, changes: true,
        returns: .record(["given": .list(.named), "taken": .list(.named), "until_ms": .instant]),
        example: "id: 1 role: Regular",
        which, .role("role", "The role")
    ) { turn, id, role in
        let member = try turn.requireMember()
        let menu = try RoleMenuRows.require(id, turn)
        let wanted = try !Standing(of: member, turn).has(role)
        let chosen = try settle(menu, role, wanted: wanted, of: member, via: turn.door.rawValue, turn)
        let back = Invocation(command: "rolemenus.take", arguments: ["id": .string(menu.key), "role": .id(role)])
        return .done(
            RoleMenuText.chosen(chosen, menu),
            data: .fields([
                "given": .array(chosen.given.map { turn.named($0) }), "taken": .array(chosen.taken.map { turn.named($0) }),
                "until_ms": chosen.until.map { .int($0.milliseconds) },
            ]), undo: back)
    }

    /// Gives or takes a role as the menu's rules have it, or refuses.
    @discardableResult
    static func settle(
        _ menu: RoleMenu, _ role: ID<Role>, wanted: Bool, of member: ID<Member>, via: String, knowing known: Standing? = nil,
        _ turn: Turn
    ) throws -> Chosen {
        guard menu.state != .removed, menu.choice(of: role) != nil else {
            throw Refusal(
                .notFound, "That role cannot be chosen here any more.", hint: "Look at the menu again.", field: "role")
        }
        let standing = try known ?? Standing(of: member, turn)
        if let trouble = RoleRights(menu.guild, turn).trouble(with: role) {
            var refusal = refusal(trouble)
            refusal.hint = "Tell an admin: " + (refusal.hint ?? "it has to be mended.")
            throw refusal
        }
        var chosen = Chosen()
        guard wanted else {
            if standing.has(role) { try change(menu, role, false, of: member, via, until: nil, turn, &chosen) }
            return chosen
        }
        try require(menu, role, standing, turn)
        if menu.isExclusive {
            for other in menu.choices where other.role != role && standing.has(other.role) {
                try change(menu, other.role, false, of: member, via, until: nil, turn, &chosen)
                takeBack(other, of: member, menu, turn)
            }
        }
        chosen.until = menu.lasts.map { turn.now + turn.late + $0 }
        if !standing.has(role) || chosen.until != nil {
            try change(menu, role, true, of: member, via, until: chosen.until, turn, &chosen)
        }
        return chosen
    }

    private static func require(_ menu: RoleMenu, _ role: ID<Role>, _ standing: Standing, _ turn: Turn) throws(Refusal) {
        if let needs = menu.needs, !standing.has(needs) {
            let name = turn.house.directory.name(of: needs) ?? "another role"
            throw .forbidden("Only who has the role \(name) may choose here.", hint: "Ask staff how one gets it.")
        }
        guard !menu.isExclusive, !standing.has(role), let most = menu.most else { return }
        let held = menu.choices.filter { standing.has($0.role) }.count
        guard held >= most else { return }
        throw Refusal(
            .limited, "You have \(held) of these roles, and \(most) is all that one may have.", hint: "Give one back first.")
    }

    private static func change(
        _ menu: RoleMenu, _ role: ID<Role>, _ wanted: Bool, of member: ID<Member>, _ via: String, until: Instant?, _ turn: Turn,
        _ chosen: inout Chosen
    ) throws {
        let now = turn.now + turn.late
        try turn.store.run(
            """
            INSERT INTO rolemenus_holdings (guild, member, role, menu, via, wanted, since, changed, until)
            VALUES (\(menu.guild), \(member), \(role), \(menu.id), \(via), \(wanted), \(now), \(now), \(until))
            ON CONFLICT (guild, member, role) DO UPDATE SET menu = excluded.menu, via = excluded.via, wanted = excluded.wanted,
                since = excluded.since, changed = excluded.changed, until = excluded.until
            """)
        let payload = Held(guild: menu.guild, member: member, role: role)
        let reason = "chosen in the role menu \(menu.title)"
        let effect: Effect =
            wanted
            ? .addRole(guild: menu.guild, member: member, role: .known(role), reason: reason)
            : .removeRole(guild: menu.guild, member: member, role: .known(role), reason: reason)
        try turn.emit(effect, receiptTo: settled, payload)
        if let until {
            try turn.schedule(end, key: payload.key, payload, at: until)
        } else {
            turn.cancel(end, key: payload.key)
        }
        if wanted { chosen.given.append(role) } else { chosen.taken.append(role) }
    }

    /// A reaction that counts no more is taken away, where the bot may do that.
    static func takeBack(_ choice: RoleMenu.Choice, of member: ID<Member>, _ menu: RoleMenu, _ turn: Turn) {
        guard menu.style == .reactions, let emoji = choice.emoji, let message = menu.message,
            turn.whyNot(.manageMessages, in: menu.channel, of: menu.guild) == nil
        else { return }
        turn.emit(.takeReaction(channel: .known(menu.channel), message: .known(message), emoji: emoji, of: member))
    }

    // MARK: - Afterwards

    /// What Discord refuses is not had; what was given back is forgotten.
    static let settled: Job<Held> = Job("rolemenus.settled", late: .always) { turn, held in
        guard let (menu, wanted) = try held.row(in: turn.store) else { return }
        switch turn.receipt?.outcome {
        case .done: if !wanted { try held.forget(in: turn.store) }
        case .refused(let code, let words):
            if wanted || code == 10007 { try held.forget(in: turn.store) }
            // Who has left is nobody's trouble.
            guard code != 10007 else { return }
            try RoleMenuRows.note(
                trouble: "Discord refused a role (\(code)): \(words) Drag my role above those of the menu.", of: menu,
                in: turn.store)
        case .uncertain, .expired: if wanted { try held.forget(in: turn.store) }
        case nil: break
        }
    }

    /// What is for a time is taken back when it ends, however late.
    static let end: Job<Held> = Job("rolemenus.end", late: .always) { turn, held in
        let until = try turn.store.first(
            """
            SELECT menu, until FROM rolemenus_holdings WHERE guild = \(held.guild) AND member = \(held.member)
                AND role = \(held.role) AND wanted = 1 AND until IS NOT NULL
            """
        ) { ($0.int(0), $0.instant(1)) }
        guard let (id, ends) = until, ends <= turn.now + turn.late else { return }
        let reason = "the time of a role of a menu is over"
        try turn.store.run(
            """
            UPDATE rolemenus_holdings SET wanted = 0, changed = \(turn.now + turn.late), until = NULL
            WHERE guild = \(held.guild) AND member = \(held.member) AND role = \(held.role)
            """)
        try turn.emit(
            .removeRole(guild: held.guild, member: held.member, role: .known(held.role), reason: reason), receiptTo: settled,
            held)
        guard let menu = try RoleMenuRows.find(id, in: turn.store), let choice = menu.choice(of: held.role) else { return }
        takeBack(choice, of: held.member, menu, turn)
    }

    /// Who leaves has no roles any more.
    static let hearLeaving = Listener.event("rolemenus.leaving", .members, order: 200) { turn, event in
        guard case .memberLeft(let member, let guild) = event else { return }
        try turn.store.run("DELETE FROM rolemenus_holdings WHERE guild = \(guild) AND member = \(member)")
    }
}

/// One role of one member.
struct Held: Codable, Sendable {
    var guild: ID<Guild>
    var member: ID<Member>
    var role: ID<Role>

    var key: String { "\(guild).\(member).\(role)" }

    func row(in store: any Connection) throws -> (menu: Int64, wanted: Bool)? {
        try store.first(
            "SELECT menu, wanted FROM rolemenus_holdings WHERE guild = \(guild) AND member = \(member) AND role = \(role)"
        ) { ($0.int(0), $0.flag(1)) }
    }

    func forget(in store: any Connection) throws {
        try store.run("DELETE FROM rolemenus_holdings WHERE guild = \(guild) AND member = \(member) AND role = \(role)")
    }
}

/// Which roles a member has: as Discord told us last and, for what was changed a moment ago, as it is about to tell.
struct Standing {
    /// So long a change may take until Discord tells of it.
    private static let lag = 30.seconds

    /// Whether Discord has told us of the member: of who has never said anything it may not have.
    let isKnown: Bool
    private var roles: Set<ID<Role>>

    /// `told` is what Discord was asked for just now.
    init(of member: ID<Member>, told: [ID<Role>]? = nil, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let known = told ?? turn.house.directory.member(member, in: guild)?.roles
        isKnown = known != nil
        roles = Set(known ?? [])
        let since = turn.now + turn.late - Self.lag
        try turn.store.each(
            "SELECT role, wanted FROM rolemenus_holdings WHERE guild = \(guild) AND member = \(member) AND changed > \(since)"
        ) { row in
            guard let role: ID<Role> = row.id(0) else { return }
            if row.flag(1) { roles.insert(role) } else { roles.remove(role) }
        }
    }

    func has(_ role: ID<Role>) -> Bool { roles.contains(role) }
}
