internal import Kit
internal import Shared

extension RoleMenus {
    /// What could not work, or should not, is refused when it is set up, with what mends it.
    static func check(_ menu: RoleMenu, newRoles: [ID<Role>], _ turn: Turn) throws {
        guard menu.choices.count <= menu.style.most else {
            throw Refusal.invalid(
                "\(menu.choices.count) roles do not fit: Discord shows \(menu.style.most) \(menu.style.rawValue).",
                field: "roles",
                hint: "Make two menus of them.")
        }
        try checkEmojis(menu)
        let rights = RoleRights(menu.guild, turn)
        for choice in menu.choices {
            if let trouble = rights.trouble(with: choice.role) { throw refusal(trouble, field: "roles") }
        }
        for role in newRoles { try checkReach(of: role, rights, turn) }
        if let needs = menu.needs, !rights.isKnown(needs) {
            throw Refusal(.notFound, "There is no such role here.", hint: "Name one of this server's.", field: "needs")
        }
        try turn.requireOwn(Self.rights(for: menu.style), in: menu.channel, of: menu.guild)
    }

    static func rights(for style: RoleMenu.Style) -> Permissions {
        let post: Permissions = [.viewChannel, .sendMessages, .embedLinks]
        return style == .reactions ? post.union([.addReactions, .readMessageHistory]) : post
    }

    /// Nobody sets up for all what they could not give by hand; and what governs the server nobody gives themselves.
    private static func checkReach(of role: ID<Role>, _ rights: RoleRights, _ turn: Turn) throws {
        let name = rights.name(of: role) ?? role.description
        let powers = rights.permissions(of: role).intersection(governing)
        guard powers.isEmpty else {
            throw Refusal(
                .forbidden, "The role \(name) may \(powers.spelled): nobody should be able to give themselves that.",
                hint: "Take that from the role first, or give it by hand.", field: "roles")
        }
        guard case .member(let member) = turn.asker, !member.ownsGuild, !member.ownsHouse, let guild = turn.guild else {
            return
        }
        let held = turn.house.directory.member(member.id, in: guild)?.roles ?? []
        guard !rights.stands(above: role, held) else { return }
        throw Refusal(
            .forbidden, "The role \(name) does not stand below yours, so it is not yours to hand out.",
            hint: "Ask somebody with a higher role.", field: "roles")
    }

    private static let governing: Permissions = [
        .administrator, .manageGuild, .manageRoles, .manageChannels, .banMembers, .kickMembers, .moderateMembers,
        .manageMessages, .mentionEveryone,
    ]

    private static func checkEmojis(_ menu: RoleMenu) throws(Refusal) {
        var seen: Set<String> = []
        for choice in menu.choices {
            guard let emoji = choice.emoji else {
                if menu.style != .reactions { continue }
                throw .invalid(
                    "Each role of a menu of reactions has an emoji.", field: "roles", hint: "Write 🎮 @Gamer, 🎨 @Artist.")
            }
            guard seen.insert(RoleMenu.bare(emoji)).inserted else {
                throw .invalid("\(emoji) stands for two roles.", field: "roles", hint: "Give each role an emoji of its own.")
            }
        }
    }

    /// A sentence with its remedy behind it.
    static func refusal(_ trouble: String, field: String? = nil) -> Refusal {
        let parts = trouble.split(separator: ". ", maxSplits: 1).map(String.init)
        return Refusal(
            .forbidden, parts[0] + (parts.count > 1 ? "." : ""), hint: parts.count > 1 ? parts[1] : nil, field: field)
    }

    /// Menus that do not work, and why.
    static let checkup = CheckupReading { turn in
        let guild = try turn.requireGuild()
        let rights = RoleRights(guild, turn)
        return try RoleMenuRows.all(of: guild, in: turn.store).compactMap { menu -> Symptom? in
            trouble(of: menu, rights, turn).map {
                Symptom("rolemenu.\(menu.id)", .bad, trouble: "Role menu \(menu.id), \(menu.title): \($0)")
            }
        }
    }

    static func trouble(of menu: RoleMenu, _ rights: RoleRights, _ turn: Turn) -> String? {
        if let trouble = menu.trouble { return trouble }
        if let refusal = turn.whyNot(Self.rights(for: menu.style), in: menu.channel, of: menu.guild) {
            return refusal.sentence + " " + (refusal.hint ?? "")
        }
        return menu.choices.lazy.compactMap { rights.trouble(with: $0.role) }.first
    }
}
