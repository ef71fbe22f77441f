internal import Kit
internal import Shared

/// The rules of a server. Their version grows with every change that matters, which members may be asked to accept anew; their
/// revision grows with every change.
struct RuleBook: Equatable {
    var guild: ID<Guild>
    var rules: [String] = []
    var version: Int64 = 0
    var revision: Int64 = 0
    var changed: Instant?

    static func read(_ turn: Turn) throws -> RuleBook {
        let guild = try turn.requireGuild()
        return try turn.store.first("SELECT rules, version, revision, changed FROM rules_books WHERE guild = \(guild)") { row in
            RuleBook(
                guild: guild, rules: (row.json(0).array ?? []).compactMap(\.text), version: row.int(1), revision: row.int(2),
                changed: row.instant(3))
        } ?? RuleBook(guild: guild)
    }

    /// Puts this one in its place, and tells who shows it.
    func write(isMinor: Bool, _ turn: Turn) throws -> RuleBook {
        var next = self
        next.version += isMinor && version > 0 ? 0 : 1
        next.revision += 1
        next.changed = turn.now
        try turn.store.run(
            """
            INSERT INTO rules_books (guild, rules, version, revision, changed, author)
            VALUES (\(guild), \(JSON.array(rules.map(JSON.string))), \(next.version), \(next.revision), \(turn.now),
                \(turn.asker.member))
            ON CONFLICT (guild) DO UPDATE SET rules = excluded.rules, version = excluded.version,
                revision = excluded.revision, changed = excluded.changed, author = excluded.author
            """)
        turn.announce(RulesChanged(guild: guild, version: next.version))
        return next
    }

    /// The place of the rule of this number.
    func index(of number: Int, field: String = "n") throws(Refusal) -> Int {
        guard rules.indices.contains(number - 1) else {
            throw Refusal(
                .notFound, rules.isEmpty ? "There are no rules here yet." : "There is no rule \(number) here.",
                hint: rules.isEmpty ? "Write the first with rules add." : "They are numbered from 1 to \(rules.count).",
                field: field)
        }
        return number - 1
    }
}
