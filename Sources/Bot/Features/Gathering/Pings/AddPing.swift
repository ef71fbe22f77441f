internal import Kit
internal import Shared

extension Pings {
    static let add = Command(
        "pings.add", "Mentions the most active members on a schedule", access: .manageGuild, also: ["add_ping"], changes: true,
        returns: rowShape, example: "channel: #general every: 6h top: 5",
        place, every, .whole("top", "How many members are mentioned", 1...25, default: 5),
        .oneOf("period", "Which days make somebody active", default: Period.week), rule,
        .optional(.quietHours("quiet", "When it does not come, such as 22:00-08:00, or none")), zone,
        .optional(words)
    ) { turn, channel, every, top, period, rule, quiet, zone, text in
        let guild = try turn.requireGuild()
        let ping = Ping(
            guild: guild, channel: channel, rhythm: try Rhythm(every: every, rule: rule), zone: zone ?? turn.zone.name,
            quiet: quiet,
            since: turn.now, top: top, period: period, body: try checked(text)?.text)
        try checkPlace(ping, turn)
        let next = try firstTime(of: ping, turn)
        var added = ping
        added.id = try PingRows.insert(ping, in: turn.store)
        try turn.schedule(fire, key: added.key, added.id, at: next)
        turn.change(added.subject, from: .null, to: added.settings)
        let row = try row(of: added, turn)
        return .done(
            try PingText.added(added, turn), data: row,
            undo: Invocation(command: "pings.remove", arguments: ["id": .int(added.id)]))
    }

    // MARK: - Parameters

    static let number: Parameter<Int> = .whole("id", "Its number, as pings list shows it", 1...Int.max)
    static let place: Parameter<ID<Channel>> = .channel("channel", "Where the ping is posted")
    static let every: Parameter<Duration?> = .optional(
        .duration("every", "Time between two pings", 5.minutes...30.days, bare: .minutes))
    static let rule: Parameter<String?> = .optional(
        .recurrence("rule", "When it comes, instead of every: such as daily 18:00"))
    static let zone: Parameter<String?> = .optional(
        .zone("zone", "Whose clocks count; the server's when left out"))
    static let words: Parameter<Template> = .template(
        "text", "What it says; the server's text when left out", places: places, longest: longest)

    static let newTop: Parameter<Int?> = .optional(.whole("top", "How many members are mentioned", 1...25))
    static let newPeriod: Parameter<Period?> = .optional(.oneOf("period", "Which days make somebody active"))
    static let newQuiet: Parameter<String?> = .optional(
        ownOrServers(.quietHours("quiet", "When it does not come, none, or server for the server's hours")))
    static let newText: Parameter<String?> = .optional(
        ownOrServers(.text("text", "What it says, or server for the server's text", longest: longest)))

    static let edit = Command(
        "pings.edit", "Changes a ping", access: .manageGuild, changes: true, returns: rowShape, example: "id: 1 top: 3",
        number, .optional(place), every, newTop, newPeriod, rule, newQuiet, zone, newText
    ) { turn, id, channel, every, top, period, rule, quiet, zone, text in
        let old = try PingRows.require(id, turn)
        try turn.require(version: old.version)
        var new = old
        if let channel { new.channel = channel }
        if every != nil || rule != nil {
            new.rhythm = try Rhythm(every: every, rule: rule)
            new.since = turn.now
        }
        if let top { new.top = top }
        if let period { new.period = period }
        if let quiet { new.quiet = quiet.isEmpty ? nil : quiet }
        if let zone { new.zone = zone }
        if let text {
            new.body = text.isEmpty ? nil : try checked(Template(text, places: places, field: "text"))?.text
        }
        new.trouble = nil
        return try rewrite(old, as: new, turn)
    }

    /// Writes the new one in the old one's place, on its new schedule.
    static func rewrite(_ old: Ping, as new: Ping, _ turn: Turn) throws -> Reply {
        if new.state == .on {
            try checkPlace(new, turn)
            try turn.schedule(fire, key: new.key, new.id, at: try firstTime(of: new, turn))
        } else {
            turn.cancel(fire, key: new.key)
        }
        try PingRows.update(new, in: turn.store)
        turn.change(new.subject, from: old.settings, to: new.settings)
        let written = try PingRows.find(new.id, in: turn.store) ?? new
        let arguments = (["id": .int(old.id)] as JSON).joined(with: old.settings)
        return .done(
            try PingText.changed(written, turn), data: try row(of: written, turn),
            undo: Invocation(command: "pings.edit", arguments: arguments))
    }

    // MARK: - Checks

    private static func checked(_ text: Template?) throws(Refusal) -> Template? {
        guard let text, !text.mentions("members") else { return text }
        throw .invalid(
            "A ping whose text has no {members} mentions nobody.", field: "text", hint: "Write {members} where they belong.")
    }

    /// A ping that could not be posted is told before it fails.
    static func checkPlace(_ ping: Ping, _ turn: Turn) throws(Refusal) {
        try turn.requireOwn([.viewChannel, .sendMessages], in: ping.channel, of: ping.guild)
    }

    static func firstTime(of ping: Ping, _ turn: Turn) throws -> Instant {
        if let first = try ping.times(after: turn.now, count: 1, turn).first { return first }
        throw Refusal.invalid(
            "\(ping.rhythm.spelled) never comes, or only in the quiet hours.",
            field: ping.rhythm.rule == nil ? "every" : "rule",
            hint: "Rules come every hour at the most, and quiet hours are \(ping.quiet ?? turn[quiet]).")
    }

    /// The word "server" gives back what the server has; it is read as an empty text.
    private static func ownOrServers(_ inner: Parameter<String>) -> Parameter<String> {
        Parameter(inner.outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "server" ? "" : try inner.parse(raw, context)
        }
    }
}
