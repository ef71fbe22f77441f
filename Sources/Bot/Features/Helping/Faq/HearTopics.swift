internal import Kit
internal import Shared

extension Faq {
    /// What is compared: the newest of a server's questions.
    private static let most = 1000

    /// TKT-07: a closed ticket's question joins those that it is like; what was asked often enough is proposed, once.
    static let hearTickets = Listener.news("faq.tickets", TicketSummarised.self) { turn, story in
        let guild = story.guild
        let earlier = try turn.store.all(
            """
            SELECT question, topic FROM faq_questions WHERE guild = \(guild) AND ticket <> \(story.ticket)
            ORDER BY at DESC, ticket DESC LIMIT \(most)
            """
        ) { (question: $0.text(0), topic: $0.int(1)) }
        var clustering = Clustering(Likeness(earlier.map(\.question) + [story.question]))
        for one in earlier.reversed() { clustering.add(one.question, to: one.topic) }
        let topic = clustering.group(of: story.question) ?? story.ticket
        try turn.store.run(
            """
            INSERT INTO faq_questions (ticket, guild, number, member, question, summary, topic, at)
            VALUES (\(story.ticket), \(guild), \(story.number), \(story.member), \(story.question), \(story.summary), \(topic),
                \(turn.now))
            ON CONFLICT (ticket) DO UPDATE SET question = excluded.question, summary = excluded.summary, topic = excluded.topic
            """)
        try propose(topic, in: guild, turn)
    }

    private static func propose(_ topic: Int64, in guild: ID<Guild>, _ turn: Turn) throws {
        let asked = try questions(of: topic, in: guild, turn)
        guard asked.count >= turn[repeats], try !FaqRows.has(topic: topic, of: guild, in: turn.store) else { return }
        guard let central = central(asked) else { return }
        let answer = central.answer ?? asked.lazy.compactMap(\.answer).first
        var entry = FaqEntry(
            guild: guild, topic: topic, question: central.title, answer: answer ?? "", state: .proposed, source: central.member,
            made: turn.now, changed: turn.now)
        entry.id = try FaqRows.insert(entry, in: turn.store)
        guard let channel = turn[channel], turn.whyNotPost(in: channel) == nil else { return }
        turn.emit(.post(channel: .known(channel), Post(FaqText.proposal(entry, asked.map(\.number)))))
    }

    /// A question as a ticket asked it.
    struct Asked {
        var number: Int64
        var member: ID<Member>?
        var question: String
        var summary: String

        /// Its first line, short enough for a title.
        var title: String {
            let line = question.split(whereSeparator: \.isNewline).first.map(String.init) ?? question
            return String(trimmed(line).prefix(200))
        }

        var answer: String? {
            guard let start = summary.range(of: "Answered:") else { return nil }
            let rest = trimmed(summary[start.upperBound...])
            return rest.isEmpty ? nil : rest
        }
    }

    static func questions(of topic: Int64, in guild: ID<Guild>, _ turn: Turn) throws -> [Asked] {
        try turn.store.all(
            """
            SELECT number, member, question, summary FROM faq_questions WHERE guild = \(guild) AND topic = \(topic)
            ORDER BY at, ticket
            """
        ) { Asked(number: $0.int(0), member: $0.id(1), question: $0.text(2), summary: $0.text(3)) }
    }

    /// The one that the others are most like: what nearly everybody meant.
    static func central(_ asked: [Asked]) -> Asked? {
        let some = Array(asked.suffix(50))
        let likeness = Likeness(some.map(\.question))
        let vectors = some.map { likeness.vector($0.question) }
        let worth = vectors.map { one in vectors.reduce(0.0) { $0 + $1.cosine(one) } }
        return some.indices.max { (worth[$0], $1) < (worth[$1], $0) }.map { some[$0] }
    }
}

extension String {
    /// Where a part stands in it.
    fileprivate func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}
