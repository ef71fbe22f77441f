internal import Kit
internal import Shared

extension Pings {
    /// PNG-02: an occurrence is a row with its time as its key, so it comes once, whatever happens to the process.
    static let fire: Job<Int64> = Job("pings.fire", late: .always) { turn, id in
        guard let ping = try PingRows.find(id, in: turn.store), ping.state == .on else { return }
        let now = turn.now + turn.late
        if turn.late > turn[patience] {
            try note(ping, .missed, "the bot was not there, and \(turn.late.spelled) later was too late", turn)
        } else if try turn.inside(ping.guild).declines(ping.channel, .pings) {
            try note(ping, .missed, "the channel is silenced", turn)
        } else {
            _ = try post(ping, turn)
        }
        if let next = try ping.times(after: now, count: 1, turn).first {
            try turn.schedule(fire, key: ping.key, ping.id, at: next)
        } else {
            var over = ping
            over.state = .paused
            over.trouble = "It does not come any more: its rule is over, or the quiet hours leave it no time."
            try PingRows.update(over, in: turn.store)
        }
    }

    static let fireNow = Command(
        "pings.fire", "Posts a ping now, beside its schedule", access: .manageGuild, changes: true, returns: fireShape,
        example: "1",
        number
    ) { turn, id in
        let ping = try PingRows.require(id, turn)
        try checkPlace(ping, turn)
        let choice = try post(ping, turn)
        turn.change(ping.subject, from: .null, to: ["fired": .array(choice.mentioned.map { .id($0) })])
        return .done(PingText.fired(ping, choice), data: fireRow(ping, choice, turn))
    }

    enum Outcome: String { case posted, nobody, missed, refused }

    /// Emits the message, and remembers who was mentioned when.
    private static func post(_ ping: Ping, _ turn: Turn) throws -> MentionChoice {
        let choice = try MentionChoice(for: ping, turn)
        guard !choice.mentioned.isEmpty else {
            try note(ping, .nobody, nil, turn)
            return choice
        }
        guard let id = try note(ping, .posted, nil, turn) else { return choice }
        let at = turn.now + turn.late
        for member in choice.mentioned {
            try turn.store.run(
                "INSERT INTO pings_mentions (fire, guild, member, at) VALUES (\(id), \(ping.guild), \(member), \(at))")
        }
        let card = Card(text: try PingText.body(of: ping, choice.mentioned, turn))
        try turn.emit(
            .post(channel: .known(ping.channel), Post(card, mentions: Mentions(members: choice.mentioned))),
            receiptTo: posted, id)
        turn.hot(OpenFires.self).add(id, in: ping.channel, at: at, Set(choice.mentioned.map(\.number)))
        return choice
    }

    /// Nil when this occurrence has been dealt with already.
    @discardableResult
    private static func note(_ ping: Ping, _ outcome: Outcome, _ words: String?, _ turn: Turn) throws -> Int64? {
        try turn.store.first(
            """
            INSERT INTO pings_fires (ping, guild, channel, due, at, outcome, note)
            VALUES (\(ping.id), \(ping.guild), \(ping.channel), \(turn.now), \(turn.now + turn.late), \(outcome.rawValue), \(words))
            ON CONFLICT DO NOTHING RETURNING id
            """
        ) { $0.int(0) }
    }

    /// What Discord said of the message. One that it will not take again stops the ping, with the reason.
    static let posted: Job<Int64> = Job("pings.posted", late: .always) { turn, id in
        switch turn.receipt?.outcome {
        case .done(let made?):
            try turn.store.run("UPDATE pings_fires SET message = \(made) WHERE id = \(id)")
            turn.hot(OpenFires.self).name(id, made)
        case .refused(let code, let message):
            try turn.store.run("UPDATE pings_fires SET outcome = 'refused', note = \(message) WHERE id = \(id)")
            try stop(afterFire: id, "Discord refused it (\(code)): \(message)", turn)
        case .uncertain(let words), .expired(let words):
            try turn.store.run("UPDATE pings_fires SET note = \(words) WHERE id = \(id)")
        case .done(nil), nil: break
        }
    }

    private static func stop(afterFire id: Int64, _ trouble: String, _ turn: Turn) throws {
        let number = try turn.store.first("SELECT ping FROM pings_fires WHERE id = \(id)") { $0.int(0) }
        guard var ping = try number.flatMap({ try PingRows.find($0, in: turn.store) }), ping.state == .on else { return }
        ping.state = .paused
        ping.trouble = trouble
        try PingRows.update(ping, in: turn.store)
        turn.cancel(fire, key: ping.key)
    }
}
