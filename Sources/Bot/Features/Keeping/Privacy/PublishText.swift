internal import Kit
internal import Shared

extension Privacy {
    static let publish = Command(
        "privacy.publish", "Says in the server's own words what is kept and why; members agree to it", access: .manageGuild,
        changes: true, returns: textShape, example: "text: What you write in tickets is kept for a year.",
        .text("text", "What members agree to", longest: 3000),
        .yesNo("again", "Whether those who agreed to earlier words are asked again", default: true)
    ) { turn, text, again in
        let guild = try turn.requireGuild()
        let old = try ConsentRows.words(of: guild, in: turn.store)
        try turn.require(version: old.version)
        let version = old.version + 1
        let new = ConsentRows.Words(version: version, text: text, least: again ? version : old.least)
        try ConsentRows.publish(new, of: guild, at: turn.now, in: turn.store)
        turn.change("privacy text", from: .string(old.text), to: .string(new.text))
        return .done(
            PrivacyText.published(new.version, again), data: try row(of: new, guild, turn),
            undo: Invocation(command: "privacy.unpublish", arguments: ["version": .int(version)]))
    }

    static let unpublish = Command(
        "privacy.unpublish", "Takes back the newest words, as long as nobody has agreed to them", access: .manageGuild,
        changes: true, returns: textShape, example: "version: 2",
        .whole("version", "The newest version, as privacy texts shows it", 1...Int.max)
    ) { turn, version in
        let guild = try turn.requireGuild()
        let now = try ConsentRows.words(of: guild, in: turn.store)
        guard version > 1, now.version == Int64(version) else {
            throw Refusal(
                .conflict, "Only the newest words can be taken back, and the first never.",
                hint: "The newest are version \(now.version).", field: "version")
        }
        let agreed = try ConsentRows.count(now.version, of: guild, in: turn.store)
        guard agreed == 0 else {
            throw Refusal(
                .conflict, "\(agreed) \(agreed == 1 ? "member has" : "members have") agreed to these words already.",
                hint: "Publish new ones instead.", field: "version")
        }
        try ConsentRows.withdraw(version: now.version, of: guild, in: turn.store)
        let old = try ConsentRows.words(of: guild, in: turn.store)
        turn.change("privacy text", from: .string(now.text), to: .string(old.text))
        return .done(
            PrivacyText.published(old.version, false), data: try row(of: old, guild, turn),
            undo: Invocation(
                command: "privacy.publish",
                arguments: ["text": .string(now.text), "again": .bool(now.least == now.version)]))
    }

    static let texts = Command(
        "privacy.texts", "All words that this server has published, and how many agreed to each", access: .manageGuild,
        changes: false, returns: .record(["rows": .list(textShape)])
    ) { turn in
        let guild = try turn.requireGuild()
        let rows = try ConsentRows.all(of: guild, in: turn.store).map { try row(of: $0, guild, turn) }
        return .done(PrivacyText.texts(rows), data: ["rows": .array(rows)])
    }

    static let textsPanel = Panel(
        "privacy.texts", "Privacy texts", "What members agree to, and how many do", access: .manageGuild,
        tables: ["privacy_texts", "privacy_consents"],
        columns: [
            .init("version", "Version", .number), .init("counts", "Counts", .state), .init("agreed", "Agree", .number),
            .init("text", "Text", .text),
        ],
        actions: [.init("privacy.unpublish", "Take back", ["version": "version"])]
    ) { turn in
        let guild = try turn.requireGuild()
        return try ConsentRows.all(of: guild, in: turn.store).reversed().map {
            Panel.Line(String($0.version), try row(of: $0, guild, turn))
        }
    }

    private static let textShape = Shape.record([
        "version": .whole, "text": .text, "agreed": .whole, "counts": .text,
    ])

    private static func row(of words: ConsentRows.Words, _ guild: ID<Guild>, _ turn: Turn) throws -> JSON {
        let now = try ConsentRows.words(of: guild, in: turn.store)
        return [
            "version": .int(words.version), "text": .string(words.text),
            "agreed": .int(try ConsentRows.count(words.version, of: guild, in: turn.store)),
            "counts": .string(words.version == now.version ? "now" : words.version >= now.least ? "still" : "no more"),
        ]
    }
}
