internal import Kit
internal import Shared

/// Something to talk about, and where it comes from.
struct ChosenTopic: Equatable {
    enum Source: String { case builtIn = "built-in", own, phrased }

    var category: String
    var source: Source
    /// What it is remembered by, so that it does not come again too soon.
    var key: String
    var text: String
    /// What is trending and takes the place of {word}.
    var word: String?

    var plain: String { word.map { text.replacing("{word}", with: $0) } ?? text }

    /// Only what came along is ours; what others wrote stays inert.
    var phrase: Phrase {
        guard source == .builtIn else { return "\(plain)" }
        let parts = text.split(separator: "{word}", omittingEmptySubsequences: false).map { "\(words: String($0))" as Phrase }
        guard let word, let first = parts.first else { return "\(words: text)" }
        return parts.dropFirst().reduce(first) { $0 + "\(strong: word)" + $1 }
    }
}

extension Topics {
    /// AI-02: phrased ones first, then what comes along or was added, and nothing that was said lately. When all was, what was
    /// said longest ago.
    static func choose(_ category: String?, _ turn: Turn) throws -> ChosenTopic {
        let guild = try turn.requireGuild()
        var name = try category ?? draw(from: categories(turn), turn)
        // What is trending is looked for only by who wants to know: it is a look at all words and all members.
        let words = name == Starters.trending ? try trendingWords(guild, turn) : []
        if name == Starters.trending, words.isEmpty {
            name = draw(from: try categories(turn).filter { $0 != Starters.trending }, turn)
        }
        let here = name ?? "icebreakers"
        if let phrased = try Stock.take(here, of: guild, turn) { return try note(phrased, guild, turn) }
        let word = here == Starters.trending ? words[Int(turn.dice.next() % UInt64(words.count))] : nil
        var candidates = (Starters.all[here] ?? []).map {
            ChosenTopic(category: here, source: .builtIn, key: "b" + key($0), text: $0, word: word)
        }
        candidates += try OwnTopic.all(of: guild, in: turn.store).filter { $0.category == here }.map {
            ChosenTopic(category: here, source: .own, key: "o\($0.id)", text: $0.text)
        }
        let said = try saidLately(guild, turn)
        let fresh = candidates.filter { said[$0.key].map { $0 <= turn.now - turn[again] } ?? true }
        if !fresh.isEmpty { return try note(fresh[Int(turn.dice.next() % UInt64(fresh.count))], guild, turn) }
        guard let oldest = candidates.min(by: { (said[$0.key] ?? turn.now) < (said[$1.key] ?? turn.now) }) else {
            throw Refusal.notFound("There is no topic about \(here).", hint: "Add one with topics add.")
        }
        return try note(oldest, guild, turn)
    }

    /// A few of the surest, from channels that everybody may read.
    static func trendingWords(_ guild: ID<Guild>, _ turn: Turn) throws -> [String] {
        let here = turn.inside(guild)
        let channels = OpenChannels.all(of: guild, here)
        return try Trends(in: channels, days: 3, limit: 5, here).found.map(\.word)
    }

    /// The same text has the same key in every version of the bot.
    static func key(_ text: String) -> String {
        var dice = Dice(seed: text)
        return String(dice.next(), radix: 36)
    }

    private static func draw(from names: [String], _ turn: Turn) -> String? {
        names.isEmpty ? nil : names[Int(turn.dice.next() % UInt64(names.count))]
    }

    private static func saidLately(_ guild: ID<Guild>, _ turn: Turn) throws -> [String: Instant] {
        Dictionary(
            try turn.store.all("SELECT topic, at FROM topics_said WHERE guild = \(guild)") { ($0.text(0), $0.instant(1)) }
        ) { $1 }
    }

    private static func note(_ topic: ChosenTopic, _ guild: ID<Guild>, _ turn: Turn) throws -> ChosenTopic {
        let at = turn.now + turn.late
        try turn.store.run(
            """
            INSERT INTO topics_said (guild, topic, category, at) VALUES (\(guild), \(topic.key), \(topic.category), \(at))
            ON CONFLICT (guild, topic) DO UPDATE SET at = excluded.at, category = excluded.category
            """)
        return topic
    }
}
