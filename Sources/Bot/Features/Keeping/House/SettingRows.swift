internal import Kit
internal import Shared

/// What is set, as it lies in the store. Versions come from one count of the house, so that a value which was taken back and
/// set again never looks like the one before.
enum SettingRows {
    struct Found {
        var value: JSON
        var version: Int64
        var place: SettingPlace
    }

    /// The value that counts at a place: its own, else the next one it inherits.
    static func nearest(_ name: String, at place: SettingPlace, in store: any Connection) throws -> Found? {
        for one in place.chain {
            if let found = try own(name, at: one, in: store) { return found }
        }
        return nil
    }

    static func own(_ name: String, at place: SettingPlace, in store: any Connection) throws -> Found? {
        try store.first(
            """
            SELECT value, version FROM house_settings
            WHERE scope = \(place.scope.rawValue) AND target = \(place.target) AND name = \(name)
            """
        ) { Found(value: $0.json(0), version: $0.int(1), place: place) }
    }

    /// Writes the value and answers its version.
    static func write(_ name: String, _ value: JSON, at place: SettingPlace, _ turn: Turn) throws -> Int64 {
        let version = try nextVersion(in: turn.store)
        try turn.store.run(
            """
            INSERT INTO house_settings (scope, target, name, value, version, changed, author)
            VALUES (\(place.scope.rawValue), \(place.target), \(name), \(value), \(version), \(turn.now), \(author(turn)))
            ON CONFLICT (scope, target, name) DO UPDATE SET value = excluded.value, version = excluded.version,
                changed = excluded.changed, author = excluded.author
            """)
        tell(name, place, turn)
        return version
    }

    static func remove(_ name: String, at place: SettingPlace, _ turn: Turn) throws {
        try turn.store.run(
            "DELETE FROM house_settings WHERE scope = \(place.scope.rawValue) AND target = \(place.target) AND name = \(name)")
        tell(name, place, turn)
    }

    /// Who is written down as a setting's author.
    static func author(member: ID<Member>) -> String { "member \(member)" }

    private static func author(_ turn: Turn) -> String {
        switch turn.asker {
        case .member(let member): author(member: member.id)
        case .unix(let person): "\(person.name) (uid \(person.user))"
        case .job(let job): "job \(job)"
        }
    }

    private static func tell(_ name: String, _ place: SettingPlace, _ turn: Turn) {
        turn.house.settingsChanged()
        guard let guild = place.guild ?? turn.guild ?? turn.house.directory.guilds().first?.id else { return }
        turn.announce(SettingChanged(name: name, place: place.guild, toldIn: guild))
    }

    private static func nextVersion(in store: any Connection) throws -> Int64 {
        try store.run(
            """
            INSERT INTO house_state (key, value) VALUES ('settings_version', '1')
            ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(house_state.value AS BIGINT) + 1 AS TEXT)
            """)
        return try store.first("SELECT value FROM house_state WHERE key = 'settings_version'") { Int64($0.text(0)) ?? 1 } ?? 1
    }
}
