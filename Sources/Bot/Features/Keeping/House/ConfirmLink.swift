internal import Kit
internal import Shared

extension HouseFeature {
    /// Who may moderate here is worth being known by name in the audit; for all others a code would only be there to be guessed.
    static let confirm = Command(
        "house.confirm", "Says that the one in the console who shows you this code is you", access: .moderate,
        isPrivate: true, isForMembers: true, changes: true, returns: .record(["person": .text, "member": .id]),
        example: "code: K7QD-M2XP",
        .text("code", "The code that house link shows in the console", longest: 20)
    ) { turn, typed in
        guard case .member(let asker) = turn.asker else {
            throw Refusal.forbidden(
                "A code is confirmed in Discord, by the member themselves.", hint: "There it is /house confirm.")
        }
        let guild = try turn.requireGuild()
        try refuseGuessing(asker.id, turn)
        let now = turn.now + turn.late
        let found = try turn.store.first(
            """
            SELECT account, alias, name FROM house_link_codes WHERE digest = \(LinkCode(typed: typed).digest) AND expires > \(now)
            """
        ) { LinkedPerson(account: $0.int(0), alias: $0.text(1), name: $0.text(2)) }
        guard let person = found else { throw Refusal(.notFound, wrongCode, hint: wrongCodeHint, field: "code") }
        let before = try person.member(turn.store)
        try turn.store.run("DELETE FROM house_link_codes WHERE account = \(person.account) AND alias = \(person.alias)")
        try turn.store.run(
            """
            INSERT INTO house_links (account, alias, name, member, guild, at)
            VALUES (\(person.account), \(person.alias), \(person.name), \(asker.id), \(guild), \(now))
            ON CONFLICT (account, alias) DO UPDATE SET name = excluded.name, member = excluded.member,
                guild = excluded.guild, at = excluded.at
            """)
        turn.change("link of \(person.spelled)", from: before.map { .id($0) } ?? .null, to: .id(asker.id))
        return .done(
            PeopleText.linked(person, asker.id),
            data: .fields(["person": .string(person.spelled), "member": .id(asker.id)]))
    }

    private static let wrongCode = "That is no code that counts now."
    private static let wrongCodeHint = "Codes count once and for ten minutes: run house link in the console for a new one."
    private static let mostGuesses: (ofOne: Int64, ofAll: Int64) = (5, 20)

    /// Wrong codes are remembered by the audit: what a refused turn writes would be gone with it.
    private static func refuseGuessing(_ member: ID<Member>, _ turn: Turn) throws {
        let since = turn.now + turn.late - 1.hours
        let wrong: SQL = "a.command = 'house.confirm' AND a.at > \(since) AND a.outcome = \("refused: " + wrongCode)"
        func count(_ more: SQL) throws -> Int64 {
            try turn.store.first(
                """
                SELECT COUNT(*) FROM house_audit a LEFT JOIN house_audit_details d ON d.id = a.id WHERE \(wrong) \(more)
                """
            ) { $0.int(0) } ?? 0
        }
        guard try count("AND d.member = \(member)") < mostGuesses.ofOne, try count("") < mostGuesses.ofAll else {
            throw Refusal(
                .limited, "There were too many wrong codes in the last hour.", hint: "Try again later, with a new code.")
        }
    }
}

/// Somebody in the console: an account of the machine, and the name they go by where several share it.
struct LinkedPerson: Hashable {
    var account: Int64
    var alias: String
    var name: String

    var spelled: String { Asker.Operator.spell(alias: alias, account: name) }

    init(account: Int64, alias: String, name: String) {
        self.account = account
        self.alias = alias
        self.name = name
    }

    init(_ person: Asker.Operator) { self.init(account: Int64(person.user), alias: person.alias, name: person.name) }

    func member(_ store: any Connection) throws -> ID<Member>? {
        try store.first("SELECT member FROM house_links WHERE account = \(account) AND alias = \(alias)") { $0.id(0) }
            ?? nil
    }
}
