internal import Kit
internal import Shared

extension Privacy {
    /// PRV-02: asked by whatever wants to keep more of a member than counts.
    static let consents = ConsentReading(
        text: { turn in
            let words = try ConsentRows.words(of: try turn.requireGuild(), in: turn.store)
            return ConsentText(version: words.version, text: words.text)
        },
        standing: { turn, member in try ConsentRows.standing(member, in: try turn.requireGuild(), turn.store) },
        agree: { turn, member, version, via in try agree(member, to: version, via: via, turn) })

    private static func agree(_ member: ID<Member>, to version: Int64, via: String, _ turn: Turn) throws -> Consent {
        let guild = try turn.requireGuild()
        let words = try ConsentRows.words(of: guild, in: turn.store)
        if let standing = try ConsentRows.standing(member, in: guild, turn.store) { return standing }
        guard version >= words.least, version <= words.version else {
            throw Refusal(
                .conflict, "The text has changed since you saw it.", hint: "Read the new one: privacy text.", field: "agree")
        }
        let consent = Consent(version: version, at: turn.now, via: via)
        try ConsentRows.note(consent, of: member, in: guild, turn.store)
        turn.change("consent of member \(member)", from: .null, to: .int(version))
        return consent
    }

    static let text = Command(
        "privacy.text", "What this server says about what I keep, and whether you agreed to it", isPrivate: true,
        changes: false, returns: consentShape
    ) { turn in
        let row = try consentRow(turn.asker.member, turn)
        var card = PrivacyText.consent(row)
        if turn.asker.member != nil, row["agreed_version"] == nil {
            card.buttons = try turn.consentCard(runs: "privacy.agree").buttons
        }
        return .done(card, data: row)
    }

    static let agree = Command(
        "privacy.agree", "Agrees to what this server says about what I keep", isPrivate: true, isForMembers: true,
        changes: true, returns: consentShape, example: "agree: 1",
        .optional(Parameter<Int>.whole("agree", "The version that you read; the newest when left out", 1...Int.max))
    ) { turn, version in
        let member = try turn.requireMember()
        try turn.agree(member, to: version.map { Int64($0) } ?? turn.consentText().version, via: "command")
        let row = try consentRow(member, turn)
        return .done(
            PrivacyText.consent(row), data: row,
            undo: turn.changes.isEmpty ? nil : Invocation(command: "privacy.withdraw", arguments: [:]))
    }

    static let withdraw = Command(
        "privacy.withdraw", "Takes back that you agreed: nothing more than counts is kept of you from now on",
        isPrivate: true, isForMembers: true, changes: true, returns: consentShape
    ) { turn in
        let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
        let standing = try ConsentRows.standing(member, in: guild, turn.store)
        var undo: Invocation?
        if try ConsentRows.takeBack(member, in: guild, at: turn.now, turn.store) > 0 {
            turn.change("consent of member \(member)", from: standing.map { .int($0.version) } ?? .null, to: .null)
            undo = Invocation(command: "privacy.agree", arguments: [:])
        }
        let row = try consentRow(member, turn)
        return .done(PrivacyText.consent(row), data: row, undo: undo)
    }

    private static let consentShape = Shape.record([
        "version": .whole, "text": .text, "agreed_version": .whole, "agreed_ms": .instant, "via": .text,
    ])

    private static func consentRow(_ member: ID<Member>?, _ turn: Turn) throws -> JSON {
        let text = try turn.consentText()
        let standing = try member.flatMap { try turn.consent(of: $0) }
        return .fields([
            "version": .int(text.version), "text": .string(text.text),
            "agreed_version": standing.map { .int($0.version) }, "agreed_ms": standing.map { .int($0.at.milliseconds) },
            "via": standing.map { .string($0.via) },
        ])
    }
}
