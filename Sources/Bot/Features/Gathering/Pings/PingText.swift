internal import Kit
internal import Shared

/// What pings say to people.
enum PingText {
    /// What a ping says, its places filled.
    static func body(of ping: Ping, _ members: [ID<Member>], _ turn: Turn) throws -> Phrase {
        let template = ping.body.flatMap { try? Template($0, places: Pings.places, field: "text") } ?? turn[Pings.text]
        let names = Phrase(
            members.enumerated().flatMap { index, member -> [Phrase.Piece] in
                index == 0 ? [.member(member)] : [.words(" "), .member(member)]
            })
        let next = try ping.times(after: turn.now + turn.late, count: 1, turn).first
        let server = turn.house.directory.guild(ping.guild)?.name ?? ""
        return template.filled([
            "members": names, "count": "\(members.count)", "period": "\(words: ping.period.title)",
            "channel": "\(ping.channel)", "server": "\(server)", "next": next.map { "\($0, .relative)" } ?? "not again",
        ])
    }

    static func added(_ ping: Ping, _ turn: Turn) throws -> Card {
        Card(
            "Ping \(ping.id) is set up", text: summary(ping), fields: try times(ping, turn),
            footer: "See what it would say: pings test \(words: ping.key).", tone: .good)
    }

    static func changed(_ ping: Ping, _ turn: Turn) throws -> Card {
        let state =
            switch ping.state {
            case .on: "comes"
            case .paused: "is paused"
            case .removed: "is removed"
            }
        return Card(
            "Ping \(ping.id) \(words: state)", text: summary(ping), fields: ping.state == .on ? try times(ping, turn) : [],
            footer: wayBack(ping), tone: .good)
    }

    private static func wayBack(_ ping: Ping) -> Phrase? {
        switch ping.state {
        case .on: nil
        case .paused: "pings resume \(words: ping.key) lets it come again."
        case .removed: "pings restore \(words: ping.key) brings it back."
        }
    }

    static func shown(_ ping: Ping, _ row: JSON, _ turn: Turn) throws -> Card {
        var fields = ping.state == .on ? try times(ping, turn) : [Card.Field("State", "\(words: ping.state.rawValue)")]
        fields.append(.init("Answers within the hour", "\(words: answers(row))"))
        if let last = row["last_ms"]?.int { fields.append(.init("Last", "\(Instant(milliseconds: last), .relative)")) }
        if let trouble = ping.trouble { fields.append(.init("Trouble", "\(trouble)", isInline: false)) }
        fields.append(.init("Says", "\(code: row["text"]?.text ?? "")", isInline: false))
        return Card("Ping \(ping.id)", text: summary(ping), fields: fields, tone: ping.trouble == nil ? .plain : .warning)
    }

    static func tested(_ ping: Ping, _ choice: MentionChoice, _ turn: Turn) throws -> Card {
        let passed = choice.passed.prefix(10).map { "\($0.member) \($0.reason)" as Phrase }
        var fields = try times(ping, turn)
        if !passed.isEmpty { fields.append(.init("Passed over", .lines(passed), isInline: false)) }
        return Card(
            "Ping \(ping.id) would say",
            text: choice.mentioned.isEmpty ? "Nothing: nobody is left to mention." : try body(of: ping, choice.mentioned, turn),
            fields: fields, footer: "Only you see this, and nobody is mentioned.")
    }

    static func fired(_ ping: Ping, _ choice: MentionChoice) -> Card {
        if choice.mentioned.isEmpty {
            return Card(text: "Nobody is left to mention: pings test \(words: ping.key) says why.", tone: .warning)
        }
        return Card(text: "Ping \(ping.id) goes out to \(choice.mentioned.count) in \(ping.channel).", tone: .good)
    }

    static func list(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let next: Phrase =
                row["next_ms"]?.int.map { "next \(Instant(milliseconds: $0), .relative)" }
                ?? "\(words: row["state"]?.text ?? "")"
            let place: Phrase = row["channel"]?["id"]?.id(Channel.self).map { "\($0)" } ?? "?"
            return """
                \(strong: row["id"]?.line ?? "")  \(place)  top \(row["top"]?.int ?? 0) of \(words: row["period"]?.text ?? ""), \
                \(row["rhythm"]?.text ?? ""), \(next), \(words: answers(row))
                """
        }
        return Card("Pings", text: lines.isEmpty ? "There are none. Set one up with pings add." : .lines(lines))
    }

    static func history(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let note: Phrase = row["note"]?.text.map { ": \($0)" } ?? ""
            return """
                \(Instant(milliseconds: row["at_ms"]?.int ?? 0), .moment)  ping \(row["ping"]?.int ?? 0)  \
                \(words: row["outcome"]?.text ?? ""), \(row["answered"]?.int ?? 0) of \(row["mentioned"]?.int ?? 0) answered\(note)
                """
        }
        return Card("Past pings", text: lines.isEmpty ? "No ping has come yet." : .lines(lines))
    }

    static func spared(_ role: ID<Role>, _ isSpared: Bool) -> Card {
        Card(text: isSpared ? "No ping mentions \(role) any more." : "Pings may mention \(role) again.", tone: .good)
    }

    static func spared(_ roles: [ID<Role>]) -> Card {
        Card(
            "Roles that no ping mentions",
            text: roles.isEmpty ? "None. Spare one with pings spare." : .lines(roles.map { "\($0)" }))
    }

    static func wished(_ mentions: Bool) -> Card {
        Card(
            text: mentions ? "Pings of this server may mention you again." : "No ping of this server mentions you any more.",
            tone: .good)
    }

    // MARK: - Pieces

    private static func summary(_ ping: Ping) -> Phrase {
        """
        Mentions the top \(ping.top) of \(words: ping.period.title) in \(ping.channel), \(ping.rhythm.spelled) \
        (\(words: ping.zone)).
        """
    }

    private static func times(_ ping: Ping, _ turn: Turn) throws -> [Card.Field] {
        let times = try ping.times(after: turn.now, count: 5, turn)
        return [.init("Next", .lines(times.map { "\($0, .moment)" }), isInline: false)]
    }

    private static func answers(_ row: JSON) -> String {
        guard let rate = row["hit_rate"]?.double else { return "nobody mentioned yet" }
        return "\(row["answered"]?.int ?? 0) of \(row["mentioned"]?.int ?? 0) answered (\(Int(rate.rounded())) %)"
    }
}
