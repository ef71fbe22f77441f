internal import Kit
internal import Shared

/// Phrased topics that lie ready, so that nobody waits for a language model.
enum Stock {
    /// With fewer of a category, more are asked for.
    static let low = 3
    /// What is trending is soon old; other questions keep.
    static func lasts(_ category: String) -> Duration { category == Starters.trending ? 1.days : 60.days }

    static func count(_ category: String, of guild: ID<Guild>, in store: any Connection) throws -> Int {
        Int(
            try store.first("SELECT COUNT(*) FROM topics_stock WHERE guild = \(guild) AND category = \(category)") {
                $0.int(0)
            } ?? 0)
    }

    /// The oldest one, which then lies there no more; nil when there is none or none is wanted.
    static func take(_ category: String, of guild: ID<Guild>, _ turn: Turn) throws -> ChosenTopic? {
        guard turn.inside(guild)[Topics.phrasing] else { return nil }
        let forbidden = Topics.forbiddenWords(turn.inside(guild))
        let since = turn.now - lasts(category)
        let lying = try turn.store.all(
            """
            SELECT id, text FROM topics_stock WHERE guild = \(guild) AND category = \(category) AND made > \(since)
            ORDER BY made, id
            """
        ) { (id: $0.int(0), text: $0.text(1)) }
        for one in lying {
            try turn.store.run("DELETE FROM topics_stock WHERE id = \(one.id)")
            // Forbidden words may have been added since.
            guard PhraseFilter.fault(in: one.text, forbidden: forbidden) == nil else { continue }
            return ChosenTopic(category: category, source: .phrased, key: "s" + Topics.key(one.text), text: one.text)
        }
        return nil
    }

    /// Answers how many were new.
    static func add(_ texts: [String], _ category: String, of guild: ID<Guild>, _ turn: Turn) throws -> Int {
        var added = 0
        for text in texts {
            let said = try turn.store.first(
                "SELECT COUNT(*) FROM topics_said WHERE guild = \(guild) AND topic = \("s" + Topics.key(text))"
            ) { $0.int(0) }
            guard said == 0 else { continue }
            added += try turn.store.run(
                """
                INSERT INTO topics_stock (guild, category, text, made) VALUES (\(guild), \(category), \(text), \(turn.now))
                ON CONFLICT DO NOTHING
                """)
        }
        return added
    }
}
