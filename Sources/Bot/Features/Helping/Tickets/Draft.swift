internal import Kit
internal import Shared

/// What a member wrote and has not sent yet: kept for a day, so that a press of a button need not carry it.
struct Draft {
    var id: Int64
    var kind: Int64
    var answers: [Answer]

    static func save(_ answers: [Answer], _ kind: TicketKind, _ member: ID<Member>, _ turn: Turn) throws -> Int64 {
        try turn.store.first(
            """
            INSERT INTO tickets_drafts (guild, member, kind, answers, at)
            VALUES (\(kind.guild), \(member), \(kind.id), \(try JSON(encoding: answers)), \(turn.now)) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    static func require(_ id: Int64, of member: ID<Member>, _ turn: Turn) throws -> Draft {
        let guild = try turn.requireGuild()
        let found = try turn.store.first(
            "SELECT kind, answers FROM tickets_drafts WHERE id = \(id) AND guild = \(guild) AND member = \(member)"
        ) { (kind: $0.int(0), answers: $0.json(1)) }
        guard let found, let answers = try? found.answers.decoded(as: [Answer].self) else {
            throw Refusal(
                .notFound, "What you wrote is not here any more, or became a ticket already.",
                hint: "See your tickets with tickets list, or begin anew with tickets open.", field: "draft")
        }
        return Draft(id: id, kind: found.kind, answers: answers)
    }

    static func forget(_ id: Int64, _ turn: Turn) throws {
        try turn.store.run("DELETE FROM tickets_drafts WHERE id = \(id)")
    }
}
