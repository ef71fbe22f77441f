internal import Kit
internal import Shared

/// What members have answered to one occurrence: a row for each, so that nobody counts twice.
enum AnswerRows {
    struct Answer: Equatable {
        var member: ID<Member>
        var answer: String
        /// Is going as soon as there is a seat.
        var waits: Bool
        /// Who was first comes first.
        var rank: Int64
        var answered: Instant
        var via: String
    }

    private static let columns: SQL = "member, answer, waits, rank, answered, via"

    static func all(of key: Occurrence.Key, in store: any Connection) throws -> [Answer] {
        try store.all(
            "SELECT \(columns) FROM events_answers WHERE meeting = \(key.meeting) AND at = \(key.at) ORDER BY rank", read
        ).compactMap(\.self)
    }

    static func find(_ member: ID<Member>, to key: Occurrence.Key, in store: any Connection) throws -> Answer? {
        try store.first(
            """
            SELECT \(columns) FROM events_answers
            WHERE meeting = \(key.meeting) AND at = \(key.at) AND member = \(member)
            """, read
        ).flatMap(\.self)
    }

    static func write(_ answer: Answer, to one: Occurrence, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO events_answers (meeting, guild, at, member, answer, waits, rank, answered, via)
            VALUES (\(one.meeting), \(one.guild), \(one.at), \(answer.member), \(answer.answer), \(answer.waits),
                \(answer.rank), \(answer.answered), \(answer.via))
            ON CONFLICT (meeting, at, member) DO UPDATE SET answer = excluded.answer, waits = excluded.waits,
                rank = excluded.rank, answered = excluded.answered, via = excluded.via
            """)
    }

    static func delete(_ member: ID<Member>, from key: Occurrence.Key, in store: any Connection) throws {
        try store.run(
            "DELETE FROM events_answers WHERE meeting = \(key.meeting) AND at = \(key.at) AND member = \(member)")
    }

    /// Behind everybody who has answered.
    static func nextRank(of key: Occurrence.Key, in store: any Connection) throws -> Int64 {
        try store.first(
            "SELECT COALESCE(MAX(rank), 0) + 1 FROM events_answers WHERE meeting = \(key.meeting) AND at = \(key.at)"
        ) { $0.int(0) } ?? 1
    }

    private static func read(_ row: any Row) -> Answer? {
        guard let member: ID<Member> = row.id(0) else { return nil }
        return Answer(
            member: member, answer: row.text(1), waits: row.flag(2), rank: row.int(3), answered: row.instant(4),
            via: row.text(5))
    }
}

/// All answers to one occurrence, as its message and its replies show them.
struct AnswerSheet {
    let kinds: [AnswerKind]
    let answers: [AnswerRows.Answer]

    init(_ one: Occurrence, _ turn: Turn) throws {
        kinds = AnswerKind.all(turn)
        answers = try AnswerRows.all(of: one.key, in: turn.store)
    }

    var going: [ID<Member>] { members(AnswerKind.going.key) }
    var waiting: [ID<Member>] { answers.filter(\.waits).map(\.member) }
    func members(_ key: String) -> [ID<Member>] { answers.filter { $0.answer == key && !$0.waits }.map(\.member) }
    func place(of member: ID<Member>) -> Int? { waiting.firstIndex(of: member).map { $0 + 1 } }

    var counts: JSON {
        let counted = kinds.map { (key: $0.key, value: JSON.int(Int64(members($0.key).count))) }
        return .object(JSON.Object(counted + [(key: "waiting", value: .int(Int64(waiting.count)))]))
    }
}
