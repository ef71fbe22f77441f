internal import Kit
internal import Shared

extension HouseFeature {
    /// LEAD-30: whoever sees the code sits at the console, and whoever confirms it is that member of Discord.
    static let link = Command(
        "house.link", "Makes a code that links you, here in the console, with the member of Discord who confirms it",
        access: .moderate, scope: .house, isPrivate: true, changes: true,
        returns: .record(["code": .text, "expires_ms": .instant, "person": .text])
    ) { turn in
        let person = try requireOperator(turn)
        let code = LinkCode(turn.house.vitals.secret())
        let expires = turn.now + LinkCode.life
        try turn.store.run(
            """
            INSERT INTO house_link_codes (account, alias, name, digest, expires)
            VALUES (\(Int64(person.user)), \(person.alias), \(person.name), \(code.digest), \(expires))
            ON CONFLICT (account, alias) DO UPDATE SET name = excluded.name, digest = excluded.digest,
                expires = excluded.expires
            """)
        turn.change("link code of \(person.spelled)", from: .null, to: .fields(["expires": .string(expires.rfc3339)]))
        return .done(
            PeopleText.code(code, until: expires),
            data: .fields([
                "code": .string(code.text), "expires_ms": .int(expires.milliseconds), "person": .string(person.spelled),
            ]))
    }

    /// What concerns whoever sits at the console.
    static func requireOperator(_ turn: Turn) throws(Refusal) -> Asker.Operator {
        guard case .unix(let person) = turn.asker else {
            throw .invalid("This is for the console: it is about the account that somebody uses there.")
        }
        return person
    }
}

/// Forty bits that are read from one screen and typed at another: no letter that looks like a digit.
struct LinkCode {
    static let life = 10.minutes
    private static let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789")

    private let plain: String

    init(_ secret: UInt64) {
        plain = String((0..<8).map { Self.letters[Int(secret >> (UInt64($0) * 5) & 31)] })
    }

    /// As somebody types it: small letters, with or without the dash.
    init(typed: String) { plain = String(typed.uppercased().filter { Self.letters.contains($0) }.prefix(20)) }

    var text: String { plain.prefix(4) + "-" + plain.dropFirst(4) }
    /// The code itself is kept nowhere.
    var digest: String { SHA256.hex(of: plain.utf8) }
}
