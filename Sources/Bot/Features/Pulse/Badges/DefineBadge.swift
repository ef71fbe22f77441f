internal import Kit
internal import Shared

extension Badges {
    static let add = Command(
        "badges.add", "Defines a badge", access: .manageGuild, also: ["add_badge"], changes: true, returns: rowShape,
        example: "name: Founder emoji: 🏺 text: \"Was here first\"",
        name, .emoji("emoji", "What it looks like"), .text("text", "What it is for", longest: 200, default: ""),
        Parameter<Occasion?>.occasion("occasion", "When it is given by itself: level 10, season 3").or(nil)
    ) { turn, name, emoji, text, occasion in
        var badge = Badge(
            guild: try turn.requireGuild(), name: name, emoji: emoji.spelled, text: text, occasion: occasion)
        try BadgeRows.refuseTwin(of: badge, turn)
        badge.id = try BadgeRows.insert(badge, in: turn.store)
        turn.change(badge.subject, from: .null, to: badge.settings)
        return .done(
            BadgeText.defined(badge), data: try row(of: badge, turn),
            undo: Invocation(command: "badges.remove", arguments: ["badge": .string(badge.name)]))
    }

    static let edit = Command(
        "badges.edit", "Changes a badge", access: .manageGuild, changes: true, returns: rowShape,
        example: "badge: Founder text: \"Was here from the start\"",
        badge, .optional(name), .optional(.emoji("emoji", "What it looks like")),
        .optional(.text("text", "What it is for", longest: 200)),
        .optional(.occasion("occasion", "When it is given by itself: level 10, season 3 or none"))
    ) { turn, word, name, emoji, text, occasion in
        let old = try BadgeRows.require(word, turn)
        try turn.require(version: old.version)
        var new = old
        if let name { new.name = name }
        if let emoji { new.emoji = emoji.spelled }
        if let text { new.text = text }
        if let occasion { new.occasion = occasion }
        try BadgeRows.refuseTwin(of: new, turn)
        let back = (["badge": .string(String(old.id))] as JSON).joined(with: old.settings)
        return try rewrite(
            old, as: new, turn,
            undo: Invocation(command: "badges.edit", arguments: back))
    }

    static let remove = Command(
        "badges.remove", "Removes a badge from everybody; restore brings it back", access: .manageGuild,
        also: ["remove_badge"], changes: true, returns: rowShape, example: "badge: Founder",
        badge
    ) { turn, word in
        let old = try BadgeRows.require(word, turn)
        try turn.require(version: old.version)
        var new = old
        new.state = .removed
        turn.touch(members: Int(try BadgeRows.holders(of: old.id, in: turn.store)))
        return try rewrite(
            old, as: new, turn,
            undo: Invocation(command: "badges.restore", arguments: ["badge": .string(String(old.id))]))
    }

    static let restore = Command(
        "badges.restore", "Brings back a badge that was removed, with those who wore it", access: .manageGuild, changes: true,
        returns: rowShape, example: "badge: Founder",
        .text("badge", "Its name or number", longest: 60)
    ) { turn, word in
        let old = try BadgeRows.require(word, turn, removed: true)
        var new = old
        new.state = .on
        try BadgeRows.refuseTwin(of: new, turn)
        return try rewrite(
            old, as: new, turn,
            undo: Invocation(command: "badges.remove", arguments: ["badge": .string(String(old.id))]))
    }

    private static func rewrite(_ old: Badge, as new: Badge, _ turn: Turn, undo: Invocation) throws -> Reply {
        try BadgeRows.update(new, in: turn.store)
        turn.change(
            new.subject, from: old.state == .on ? old.settings : .null, to: new.state == .on ? new.settings : .null)
        let written = try BadgeRows.find(new.id, in: turn.store) ?? new
        let card = new.state == .on ? BadgeText.defined(written) : BadgeText.removed(written)
        return .done(card, data: try row(of: written, turn), undo: undo)
    }

    // MARK: - Parameters

    static let badge: Parameter<String> = .lookup(
        "badge", "Which badge, by its name or number",
        Lookup("badges") { turn, typed in
            guard let guild = turn.guild else { return [] }
            let wanted = typed.lowercased()
            return try BadgeRows.all(of: guild, in: turn.store)
                .filter { wanted.isEmpty || $0.name.lowercased().contains(wanted) }.prefix(25).map { Choice($0.name, $0.name) }
        })

    static let name: Parameter<String> = .title("name", "What it is called", longest: 40)
}

extension Parameter {
    /// What counts when nothing was given.
    fileprivate func or(_ value: Value) -> Parameter { Parameter(outline, missing: { _ in value }, parse: parse) }
}
