internal import Kit
internal import Shared

extension Faq {
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let questions = try turn.store.all(
            "SELECT number, question, at FROM faq_questions WHERE member = \(member) \(place) ORDER BY at"
        ) { row in
            JSON.fields([
                "ticket": .int(row.int(0)), "question": .string(row.text(1)), "at": .string(row.instant(2).rfc3339),
            ])
        }
        let thanks = try turn.store.all(
            "SELECT entry, at FROM faq_thanks WHERE member = \(member) \(place) ORDER BY at"
        ) { row in JSON.fields(["answer": .int(row.int(0)), "at": .string(row.instant(1).rfc3339)]) }
        let entries = try turn.store.all(
            "SELECT id, question FROM faq_entries WHERE (source = \(member) OR author = \(member)) \(place) ORDER BY id"
        ) { row in JSON.fields(["id": .int(row.int(0)), "question": .string(row.text(1))]) }
        return ["questions": .array(questions), "helped": .array(thanks), "entries": .array(entries)]
    }

    /// What they asked goes. An answer that still stands in their words is asked in somebody else's, or goes too.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let nobody: ID<Member>? = nil
        var rows = try turn.store.run("DELETE FROM faq_questions WHERE member = \(member) \(place)")
        let theirs = try turn.store.all(
            "SELECT id, guild, topic FROM faq_entries WHERE source = \(member) \(place)"
        ) { (id: $0.int(0), guild: $0.id(1, Guild.self), topic: $0.int(2)) }
        for one in theirs {
            guard let guild = one.guild else { continue }
            rows += 1
            if let other = central(try questions(of: one.topic, in: guild, turn)) {
                try turn.store.run(
                    """
                    UPDATE faq_entries SET question = \(other.title), source = \(other.member), version = version + 1
                    WHERE id = \(one.id)
                    """)
            } else {
                try turn.store.run("DELETE FROM faq_entries WHERE id = \(one.id)")
            }
        }
        rows += try turn.store.run("UPDATE faq_entries SET author = \(nobody) WHERE author = \(member) \(place)")
        return rows + (try turn.store.run("DELETE FROM faq_thanks WHERE member = \(member) \(place)"))
    }
}
