internal import Kit
internal import Shared

extension GuildFeature {
    /// Whatever staff change is kept with who and when, in the transaction that changes it.
    static let keepChanged = Listener.news("guild.changed", CommandDone.self, order: 900) { turn, done in
        guard done.access > .everyone else { return }
        try StateRows.keep(done.command, turn, in: done.guild)
    }

    /// How a server was set up when the bot first saw it, or when it first kept such things.
    static let keepFirst = Listener.event("guild.first", .guilds, order: 900) { turn, event in
        guard case .guildSeen(let seen) = event, try StateRows.last(of: seen.profile.id, in: turn.store) == nil else { return }
        try StateRows.keep("as it was found", turn, in: seen.profile.id)
    }

    /// A season that ends and a silence that is over change what is set up, and nobody's command says so.
    static let keepOthers: Routine = Routine("guild.others", every: 6.hours) { turn in
        for guild in turn.house.directory.guilds() where turn.house.isOn(feature, guild.id) {
            try StateRows.keep("time passed", turn.inside(guild.id), in: guild.id)
        }
    }

    static let history = Command(
        "guild.history", "The states that everything was in, each with who changed it and when", access: .manageGuild,
        isPrivate: true, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "id": .whole, "at_ms": .instant, "at": .text, "who": .text, "member": .named, "command": .text,
                    "changes": .whole,
                ])), "next": .text,
        ]),
        .limit(20), .optional(.text("cursor", "Where the page before ended", longest: 20))
    ) { turn, limit, cursor in
        guard let below = cursor.map({ Int64($0) }) ?? .max else {
            throw Refusal.invalid("\"\((cursor ?? "").prefix(20))\" is not where a page ended.", field: "cursor")
        }
        let found = try StateRows.all(of: try turn.requireGuild(), below: below, limit: limit + 1, in: turn.store)
        let page = Array(found.prefix(limit))
        let next = found.count > limit ? page.last.map { String($0.id) } : nil
        return .page(
            GuildText.history(page, turn), data: ["rows": .array(page.map { $0.row(turn) })], next: next)
    }

    static let panel = Panel(
        "guild.history", "Set-up", "How this server was set up, change by change", access: .manageGuild,
        tables: ["guild_states"],
        columns: [
            .init("at_ms", "When", .time), .init("who", "Who", .text), .init("command", "By", .text),
            .init("changes", "Changes", .number), .init("id", "State", .id),
        ],
        actions: [
            .init("guild.diff", "What has changed since", ["from": "id"]), .init("guild.restore", "Restore", ["state": "id"]),
        ],
        empty: "Nothing has been set up yet.",
        .whole("top", "How many", 1...500, default: 100)
    ) { turn, top in
        try StateRows.all(of: try turn.requireGuild(), limit: top, in: turn.store).map {
            Panel.Line(String($0.id), $0.row(turn))
        }
    }
}
