internal import Kit
internal import Shared

/// What the engine itself writes and reads of those who work in the console; the feature `house` shows it.
enum People {
    static func noteDeparture(of person: Asker.Operator, at now: Instant, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO house_visits (account, alias, name, departed)
            VALUES (\(Int64(person.user)), \(person.alias), \(person.name), \(now))
            ON CONFLICT (account, alias) DO UPDATE SET name = excluded.name, departed = excluded.departed
            """)
    }

    static func member(linkedWith person: Asker.Operator, in store: any Connection) throws -> ID<Member>? {
        try store.first(
            "SELECT member FROM house_links WHERE account = \(Int64(person.user)) AND alias = \(person.alias)"
        ) { $0.id(0) } ?? nil
    }
}
