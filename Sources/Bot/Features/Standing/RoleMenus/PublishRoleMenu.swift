internal import Kit
internal import Shared

extension RoleMenus {
    static let post = Command(
        "rolemenus.post", "Posts a role menu again: where it stood, or in another channel", access: .manageRoles, changes: true,
        returns: rowShape, example: "1",
        which, .optional(channel)
    ) { turn, id, channel in
        let old = try RoleMenuRows.require(id, turn)
        try turn.require(version: old.version)
        var new = old
        new.channel = channel ?? old.channel
        (new.state, new.trouble, new.message) = (.on, nil, nil)
        try check(new, newRoles: [], turn)
        try RoleMenuRows.update(new, in: turn.store)
        takeDown(old, turn)
        try publish(new, turn)
        turn.change("place of \(new.subject)", from: .id(old.channel), to: .id(new.channel))
        let undo = Invocation(command: "rolemenus.post", arguments: ["id": .string(new.key), "channel": .id(old.channel)])
        return .done(
            RoleMenuText.posted(new), data: row(of: new, turn), undo: old.channel == new.channel ? nil : undo)
    }

    static let remove = Command(
        "rolemenus.remove", "Takes a role menu down; restore posts it again, and who has a role keeps it", access: .manageRoles,
        changes: true, returns: rowShape, example: "1", which
    ) { turn, id in
        let old = try RoleMenuRows.require(id, turn)
        try turn.require(version: old.version)
        var new = old
        (new.state, new.message, new.trouble) = (.removed, nil, nil)
        try RoleMenuRows.update(new, in: turn.store)
        takeDown(old, turn)
        turn.change("state of \(new.subject)", from: .string(old.state.rawValue), to: "removed")
        return .done(
            RoleMenuText.removed(new), data: row(of: new, turn),
            undo: Invocation(command: "rolemenus.restore", arguments: ["id": .string(new.key)]))
    }

    static let restore = Command(
        "rolemenus.restore", "Posts a role menu again that was removed", access: .manageRoles, changes: true, returns: rowShape,
        example: "1", which
    ) { turn, id in
        let old = try RoleMenuRows.require(id, turn, removed: true)
        guard old.state == .removed else { return .done(RoleMenuText.posted(old), data: row(of: old, turn)) }
        var new = old
        new.state = .on
        try check(new, newRoles: new.choices.map(\.role), turn)
        try RoleMenuRows.update(new, in: turn.store)
        try publish(new, turn)
        turn.change("state of \(new.subject)", from: "removed", to: "on")
        return .done(
            RoleMenuText.posted(new), data: row(of: new, turn),
            undo: Invocation(command: "rolemenus.remove", arguments: ["id": .string(new.key)]))
    }

    // MARK: - The message

    static func publish(_ menu: RoleMenu, _ turn: Turn) throws {
        let number = try turn.emit(
            .post(channel: .known(menu.channel), Post(RoleMenuText.panel(menu, turn))), receiptTo: posted, menu.id)
        try react(menu, on: .new(number), turn)
    }

    /// Draws it where it stands; its reactions follow what can be chosen.
    static func redraw(_ new: RoleMenu, after old: RoleMenu, _ turn: Turn) throws {
        guard new.state == .on, let message = new.message else { return }
        try turn.emit(
            .edit(channel: .known(new.channel), message: .known(message), Post(RoleMenuText.panel(new, turn))),
            receiptTo: drawn, new.id)
        let (before, after) = (signs(of: old), signs(of: new))
        for emoji in before where !after.contains(emoji) {
            turn.emit(.clearReactions(channel: .known(new.channel), message: .known(message), emoji: emoji))
        }
        if after != before { try react(new, on: .known(message), turn) }
    }

    private static func signs(of menu: RoleMenu) -> [String] {
        menu.style == .reactions ? menu.choices.compactMap(\.emoji) : []
    }

    private static func react(_ menu: RoleMenu, on message: Place<Message>, _ turn: Turn) throws {
        for emoji in signs(of: menu) {
            try turn.emit(.react(channel: .known(menu.channel), message: message, emoji: emoji), receiptTo: reacted, menu.id)
        }
    }

    private static func takeDown(_ menu: RoleMenu, _ turn: Turn) {
        turn.hot(MenuMessages.self).name(nil, of: menu.id)
        guard let message = menu.message else { return }
        turn.emit(.delete(channel: .known(menu.channel), message: .known(message)))
    }

    // MARK: - What Discord says

    static let posted: Job<Int64> = Job("rolemenus.posted", late: .always) { turn, id in
        switch turn.receipt?.outcome {
        case .done(let made?):
            guard let message = ID<Message>(made) else { return }
            let standing = try turn.store.run(
                "UPDATE rolemenus_menus SET message = \(message) WHERE id = \(id) AND state = 'on'")
            if standing > 0 { turn.hot(MenuMessages.self).name(message, of: id) }
        case .refused(let code, let words):
            try lose(id, "Discord did not take it (\(code)): \(words) Mend that, then rolemenus post \(id).", turn)
        case .uncertain(let words), .expired(let words):
            try lose(id, "Nobody knows whether it was posted: \(words). Look, then rolemenus post \(id).", turn)
        case .done(nil), nil: break
        }
    }

    static let drawn: Job<Int64> = Job("rolemenus.drawn", late: .always) { turn, id in
        guard case .refused(let code, let words) = turn.receipt?.outcome else { return }
        try lose(
            id,
            code == 10008
                ? deleted(id)
                : "It could not be changed where it stands (\(code)): \(words) Mend that, then rolemenus post \(id).",
            turn)
    }

    static let reacted: Job<Int64> = Job("rolemenus.reacted", late: .always) { turn, id in
        guard case .refused(let code, let words) = turn.receipt?.outcome, code != 10008 else { return }
        try RoleMenuRows.note(
            trouble: "One of its reactions was refused (\(code)): \(words) Give that role another emoji with rolemenus role.",
            of: id,
            in: turn.store)
    }

    /// Its message is gone, whoever deleted it: that is told, and offered to be mended.
    static let hearDeletions = Listener.event("rolemenus.deletions", .deletions, order: 200) { turn, event in
        guard case .messagesDeleted(let messages, _, _) = event else { return }
        let book = turn.hot(MenuMessages.self)
        for id in messages.compactMap({ book[$0] }) { try lose(id, deleted(id), turn) }
    }

    private static func deleted(_ id: Int64) -> String { "Its message was deleted. Post it again with rolemenus post \(id)." }

    static func lose(_ id: Int64, _ trouble: String, _ turn: Turn) throws {
        guard let old = try RoleMenuRows.find(id, in: turn.store), old.state == .on else { return }
        var menu = old
        (menu.state, menu.message, menu.trouble) = (.lost, nil, trouble)
        try RoleMenuRows.update(menu, in: turn.store)
        turn.hot(MenuMessages.self).name(nil, of: id)
        guard let channel = turn[log], turn.whyNotPost(in: channel) == nil else { return }
        turn.emit(.post(channel: .known(channel), Post(RoleMenuText.lost(menu))))
    }

    /// A role that is deleted can be chosen no more.
    static let hearRoles = Listener.event("rolemenus.roles", .channels, order: 200) { turn, event in
        guard case .roleDeleted(let role, let guild) = event else { return }
        let menus = try RoleMenuRows.all(
            where: "guild = \(guild) AND id IN (SELECT menu FROM rolemenus_choices WHERE role = \(role))", in: turn.store)
        for old in menus {
            var new = old
            new.choices.removeAll { $0.role == role }
            if new.choices.isEmpty {
                new.trouble = "None of its roles is left. Add one with rolemenus role, or remove it with rolemenus remove."
            }
            try RoleMenuRows.update(new, in: turn.store)
            try redraw(new, after: old, turn)
        }
        try turn.store.run("DELETE FROM rolemenus_holdings WHERE guild = \(guild) AND role = \(role)")
    }
}
