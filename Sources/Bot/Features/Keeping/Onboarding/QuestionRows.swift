internal import Kit
internal import Shared

/// Questions as they lie in the store; those that were removed stay, so that they can be had back.
enum QuestionRows {
    private static let columns: SQL = "id, guild, place, body, removed, version"

    /// In the order in which they are asked.
    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [Question] {
        try store.all(
            "SELECT \(columns) FROM onboarding_questions WHERE guild = \(guild) AND removed = 0 ORDER BY place, id", read
        ).compactMap(\.self)
    }

    /// The question of this number in the turn's server; a removed one only when it is asked for.
    static func require(_ id: Int, _ turn: Turn, removed: Bool = false, field: String = "question") throws -> Question {
        let guild = try turn.requireGuild()
        let found = try turn.store.first(
            "SELECT \(columns) FROM onboarding_questions WHERE guild = \(guild) AND id = \(id)", read
        ).flatMap(\.self)
        guard let found, removed || !found.isRemoved else {
            throw Refusal(
                .notFound, "There is no question \(id) here.", hint: "See them all with onboarding questions.", field: field)
        }
        return found
    }

    /// Answers its number.
    static func insert(_ question: Question, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO onboarding_questions (guild, place, body, removed, version)
            VALUES (\(question.guild), \(question.place), \(try JSON(encoding: question.body)), 0, 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    /// Writes it back, one version on.
    static func update(_ question: Question, in store: any Connection) throws {
        try store.run(
            """
            UPDATE onboarding_questions SET place = \(question.place), body = \(try JSON(encoding: question.body)),
                removed = \(question.isRemoved), version = version + 1 WHERE id = \(question.id)
            """)
    }

    /// Gives them the places of this order.
    static func order(_ questions: [Question], in store: any Connection) throws {
        for (index, question) in questions.enumerated() where question.place != index + 1 {
            try store.run("UPDATE onboarding_questions SET place = \(index + 1) WHERE id = \(question.id)")
        }
    }

    private static func read(_ row: any Row) throws -> Question? {
        guard let guild: ID<Guild> = row.id(1) else { return nil }
        return Question(
            id: row.int(0), guild: guild, place: row.int(2), body: try row.json(3).decoded(), isRemoved: row.flag(4),
            version: row.int(5))
    }
}

/// What members answered, a row for each question.
enum AnswerRows {
    static func all(of member: ID<Member>, in guild: ID<Guild>, _ store: any Connection) throws -> [Int64: GivenAnswer] {
        let rows = try store.all(
            "SELECT question, answer FROM onboarding_answers WHERE guild = \(guild) AND member = \(member)"
        ) { (id: $0.int(0), answer: try $0.json(1).decoded(as: GivenAnswer.self)) }
        return Dictionary(rows.map { ($0.id, $0.answer) }) { $1 }
    }

    static func write(
        _ answer: GivenAnswer, to question: Question, of member: ID<Member>, at: Instant, in store: any Connection
    ) throws {
        try store.run(
            """
            INSERT INTO onboarding_answers (guild, member, question, answer, at)
            VALUES (\(question.guild), \(member), \(question.id), \(try JSON(encoding: answer)), \(at))
            ON CONFLICT (guild, member, question) DO UPDATE SET answer = excluded.answer, at = excluded.at
            """)
    }

    @discardableResult
    static func forget(_ member: ID<Member>, in guild: ID<Guild>?, _ store: any Connection) throws -> Int {
        let place: SQL = guild.map { "AND guild = \($0)" } ?? ""
        return try store.run("DELETE FROM onboarding_answers WHERE member = \(member) \(place)")
    }
}
