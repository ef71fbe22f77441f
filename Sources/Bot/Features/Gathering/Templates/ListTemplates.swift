internal import Kit
internal import Shared

extension Templates {
    static let list = Command(
        "templates.list", "The texts of this server", changes: false, returns: .record(["rows": .list(rowShape)])
    ) { turn in
        let all = try TemplateRows.all(of: try turn.requireGuild(), in: turn.store)
        return .done(TemplateText.list(all), data: ["rows": .array(all.map(row))])
    }

    static let show = Command(
        "templates.show", "A text as it is written", changes: false, returns: rowShape, example: "party", name
    ) { turn, name in
        let found = try TemplateRows.require(name, turn)
        return .done(TemplateText.shown(found), data: row(of: found))
    }

    static let preview = Command(
        "templates.preview", "Shows only you how a text looks with an example filled in", access: .manageEvents,
        isPrivate: true, changes: false, returns: rowShape, example: "party",
        name, .optional(body)
    ) { turn, name, draft in
        var found = try TemplateRows.require(name, turn)
        if let draft { found.body = draft.text }
        let template = try Template(found.body, places: TemplateReading.places, field: "text")
        return .done(TemplateText.previewed(found, sample(template, turn)), data: row(of: found))
    }

    static let post = Command(
        "templates.post", "Posts a text in a channel", access: .manageEvents, changes: true, returns: rowShape,
        example: "name: party channel: #general",
        name, .channel("channel", "Where it is posted"), .text("title", "What stands for {title}", longest: 200, default: ""),
        .text("description", "What stands for {description}", longest: 1500, default: "")
    ) { turn, name, channel, title, description in
        let guild = try turn.requireGuild()
        let found = try TemplateRows.require(name, turn)
        try checkPlace(channel, guild, turn)
        let template = try Template(found.body, places: TemplateReading.places, field: "text")
        let text = template.filled([
            "title": "\(title)", "description": "\(description)", "channel": "\(channel)", "when": "\(turn.now)",
            "server": "\(turn.house.directory.guild(guild)?.name ?? "")", "relative": "\(turn.now, .relative)",
        ])
        turn.emit(.post(channel: .known(channel), Post(Card(text: text))))
        turn.change("post of text \(found.name)", from: .null, to: .id(channel))
        return .done(TemplateText.posted(found, channel), data: row(of: found))
    }

    private static func checkPlace(_ channel: ID<Channel>, _ guild: ID<Guild>, _ turn: Turn) throws(Refusal) {
        let place = turn.house.directory.channels(in: guild).first { $0.id == channel }
        guard place?.holdsMessages == true else {
            throw .invalid("channel is a text channel of this server.", field: "channel")
        }
        try turn.requireOwn([.viewChannel, .sendMessages], in: channel, of: guild)
    }

    /// Filled with an event that might be.
    static func sample(_ template: Template, _ turn: Turn) -> Phrase {
        let guild = turn.guild
        let when = turn.now + 1.days
        return template.filled([
            "title": "Game night", "description": "Bring snacks.", "when": "\(when)", "until": "\(when + 2.hours)",
            "relative": "\(when, .relative)", "where": "the lounge", "going": "3", "capacity": "10", "number": "1",
            "server": "\(guild.flatMap { turn.house.directory.guild($0)?.name } ?? "")",
            "channel": turn.channel.map { "\($0)" } ?? "#events", "member": turn.asker.member.map { "\($0)" } ?? "somebody",
        ])
    }

    // MARK: - Rows

    static let rowShape = Shape.record([
        "name": .text, "text": .text, "author": .id, "changed_ms": .instant, "version": .whole,
    ])

    static func row(of text: NamedText) -> JSON {
        .fields([
            "name": .string(text.name), "text": .string(text.body), "author": text.author.map { .id($0) },
            "changed_ms": .int(text.changed.milliseconds), "version": .int(text.version),
        ])
    }

    static let reading = TemplateReading(
        named: { turn, name in
            let found = try TemplateRows.find(name, of: try turn.requireGuild(), in: turn.store)
            return try found.map { try Template($0.body, places: TemplateReading.places, field: "text") }
        },
        names: { turn in try TemplateRows.all(of: try turn.requireGuild(), in: turn.store).map(\.name) })

    static let panel = Panel(
        "templates.list", "Texts", "What announcements say, by name", tables: ["templates_texts"],
        columns: [
            .init("name", "Name", .text), .init("text", "Text", .text), .init("changed_ms", "Changed", .time),
            .init("version", "Version", .number),
        ],
        actions: [
            .init("templates.preview", "Preview", ["name": "name"]),
            .init("templates.set", "Edit", ["name": "name", "text": "text"]),
            .init("templates.post", "Post", ["name": "name"]), .init("templates.remove", "Remove", ["name": "name"]),
        ],
        empty: "No texts yet. templates set writes one."
    ) { turn in
        try TemplateRows.all(of: try turn.requireGuild(), in: turn.store).map { Panel.Line($0.name, row(of: $0)) }
    }
}
