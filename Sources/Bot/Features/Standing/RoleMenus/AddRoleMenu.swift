internal import Kit
internal import Shared

extension RoleMenus {
    static let add = Command(
        "rolemenus.add", "Posts a message with which members give themselves roles", access: .manageRoles,
        also: ["reaction_roles"], changes: true, returns: rowShape,
        example: "title: Colours channel: #general roles: \"Regular, Gold\" style: buttons exclusive: yes",
        title, channel, roles, style, .optional(text), .optional(exclusive), .optional(most), .optional(needs), .optional(lasts)
    ) { turn, title, channel, roles, style, text, exclusive, most, needs, lasts in
        let guild = try turn.requireGuild()
        guard try RoleMenuRows.all(of: guild, in: turn.store).count < 100 else {
            throw Refusal(.limited, "There are a hundred role menus already.", hint: "Remove one with rolemenus remove.")
        }
        var menu = RoleMenu(
            guild: guild, channel: channel, title: title, text: text == "none" ? "" : text ?? "", style: style ?? .buttons,
            choices: roles, isExclusive: exclusive ?? false, most: most == 0 ? nil : most, needs: needs ?? nil,
            lasts: lasts ?? nil)
        try check(menu, newRoles: roles.map(\.role), turn)
        menu.id = try RoleMenuRows.insert(menu, in: turn.store)
        try publish(menu, turn)
        turn.change(menu.subject, from: .null, to: menu.settings)
        return .done(
            RoleMenuText.added(menu), data: row(of: menu, turn),
            undo: Invocation(command: "rolemenus.remove", arguments: ["id": .string(menu.key)]))
    }

    static let edit = Command(
        "rolemenus.edit", "Changes a role menu where it stands", access: .manageRoles, changes: true, returns: rowShape,
        example: "id: 1 most: 2",
        which, .optional(title), .optional(roles), style, .optional(text), .optional(exclusive), .optional(most),
        .optional(needs), .optional(lasts)
    ) { turn, id, title, roles, style, text, exclusive, most, needs, lasts in
        let old = try RoleMenuRows.require(id, turn)
        try turn.require(version: old.version)
        var new = old
        if let title { new.title = title }
        if let roles { new.choices = roles }
        if let style { new.style = style }
        if let text { new.text = text == "none" ? "" : text }
        if let exclusive { new.isExclusive = exclusive }
        if let most { new.most = most == 0 ? nil : most }
        if let needs { new.needs = needs }
        if let lasts { new.lasts = lasts }
        return try rewrite(old, as: new, turn)
    }

    static let role = Command(
        "rolemenus.role", "Adds a role to a menu, or gives it another emoji", access: .manageRoles, changes: true,
        returns: rowShape, example: "id: 1 role: Champion emoji: 🏆",
        which, .role("role", "The role that can be chosen"), .optional(emoji)
    ) { turn, id, role, emoji in
        let old = try RoleMenuRows.require(id, turn)
        try turn.require(version: old.version)
        var new = old
        if let place = new.choices.firstIndex(where: { $0.role == role }) {
            new.choices[place].emoji = emoji?.asReaction
        } else {
            new.choices.append(.init(role: role, emoji: emoji?.asReaction))
        }
        return try rewrite(old, as: new, turn)
    }

    static let drop = Command(
        "rolemenus.drop", "Takes a role out of a menu; who has it keeps it", access: .manageRoles, changes: true,
        returns: rowShape, example: "id: 1 role: Champion",
        which, .role("role", "The role that can be chosen no more")
    ) { turn, id, role in
        let old = try RoleMenuRows.require(id, turn)
        try turn.require(version: old.version)
        guard old.choice(of: role) != nil else {
            throw Refusal(
                .notFound, "That role is not in \(old.title).", hint: "See what is with rolemenus show \(old.key).",
                field: "role")
        }
        var new = old
        new.choices.removeAll { $0.role == role }
        guard !new.choices.isEmpty else {
            throw Refusal.conflict("It is the last one.", hint: "Remove the whole menu with rolemenus remove \(old.key).")
        }
        return try rewrite(old, as: new, turn)
    }

    /// Writes the new one in the old one's place, and draws it where it stands.
    private static func rewrite(_ old: RoleMenu, as changed: RoleMenu, _ turn: Turn) throws -> Reply {
        var new = changed
        let known = Set(old.choices.map(\.role))
        try check(new, newRoles: new.choices.map(\.role).filter { !known.contains($0) }, turn)
        if new.state == .on { new.trouble = nil }
        try RoleMenuRows.update(new, in: turn.store)
        try redraw(new, after: old, turn)
        turn.change(new.subject, from: old.settings, to: new.settings)
        let written = try RoleMenuRows.find(new.id, in: turn.store) ?? new
        let arguments = (["id": .string(old.key)] as JSON).joined(with: old.settings)
        return .done(
            RoleMenuText.changed(written), data: row(of: written, turn),
            undo: Invocation(command: "rolemenus.edit", arguments: arguments))
    }
}
