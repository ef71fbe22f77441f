internal import Kit
internal import Shared

/// A server's words about privacy and who agreed to them. Nothing is rewritten: a version is a row, and so is each agreement.
enum ConsentRows {
    struct Words {
        var version: Int64
        var text: String
        /// Who agreed to this version or a later one is not asked again.
        var least: Int64

        /// As long as a server has published none of its own.
        static let standard = Words(version: 1, text: PrivacyText.standardConsent, least: 1)
    }

    static func words(of guild: ID<Guild>, in store: any Connection) throws -> Words {
        try store.first(
            "SELECT version, text, least FROM privacy_texts WHERE guild = \(guild) ORDER BY version DESC LIMIT 1", read)
            ?? .standard
    }

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [Words] {
        [.standard]
            + (try store.all("SELECT version, text, least FROM privacy_texts WHERE guild = \(guild) ORDER BY version", read))
    }

    private static func read(_ row: any Row) -> Words { Words(version: row.int(0), text: row.text(1), least: row.int(2)) }

    static func publish(_ words: Words, of guild: ID<Guild>, at: Instant, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO privacy_texts (guild, version, text, least, at)
            VALUES (\(guild), \(words.version), \(words.text), \(words.least), \(at))
            """)
    }

    static func withdraw(version: Int64, of guild: ID<Guild>, in store: any Connection) throws {
        try store.run("DELETE FROM privacy_texts WHERE guild = \(guild) AND version = \(version)")
    }

    static func standing(_ member: ID<Member>, in guild: ID<Guild>, _ store: any Connection) throws -> Consent? {
        let least = try words(of: guild, in: store).least
        return try store.first(
            """
            SELECT version, at, via FROM privacy_consents
            WHERE guild = \(guild) AND member = \(member) AND withdrawn IS NULL AND version >= \(least)
            ORDER BY version DESC, at DESC LIMIT 1
            """
        ) { Consent(version: $0.int(0), at: $0.instant(1), via: $0.text(2)) }
    }

    static func note(_ consent: Consent, of member: ID<Member>, in guild: ID<Guild>, _ store: any Connection) throws {
        try store.run(
            """
            INSERT INTO privacy_consents (guild, member, version, at, via)
            VALUES (\(guild), \(member), \(consent.version), \(consent.at), \(consent.via)) ON CONFLICT DO NOTHING
            """)
    }

    /// Answers how many stood.
    static func takeBack(_ member: ID<Member>, in guild: ID<Guild>, at: Instant, _ store: any Connection) throws -> Int {
        try store.run(
            """
            UPDATE privacy_consents SET withdrawn = \(at)
            WHERE guild = \(guild) AND member = \(member) AND withdrawn IS NULL
            """)
    }

    /// How many agree to a version now.
    static func count(_ version: Int64, of guild: ID<Guild>, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            SELECT COUNT(DISTINCT member) FROM privacy_consents
            WHERE guild = \(guild) AND version = \(version) AND withdrawn IS NULL
            """
        ) { $0.int(0) } ?? 0
    }
}
