package import Kit
internal import Shared

/// Keys with which programs read over the web. Their text is shown once and kept by nobody; what lies in the store is its
/// digest.
package enum Keys {
    package static let feature = Feature(
        "keys", "Keys with which programs read statistics and events over the web", version: "1.0", needs: ["house"],
        schema: schema,
        commands: [create, list, revoke],
        panels: [panel],
        readings: [reading],
        export: { _, _ in .null },
        erase: { _, _ in 0 })

    static let schema = [
        Migration(
            "keys-001-keys",
            """
            CREATE TABLE keys_keys (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, digest TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL, role TEXT NOT NULL, features TEXT NOT NULL, most BIGINT NOT NULL, made BIGINT NOT NULL,
                author TEXT NOT NULL, ends BIGINT, revoked BIGINT)
            """,
            "CREATE INDEX keys_keys_guild ON keys_keys (guild, id)")
    ]

    /// Who is let in on the web door.
    static let reading: AccessKeyReading = AccessKeyReading { turn, digest in
        let row = try KeyRow.find(digest, at: turn.now, in: turn.store)
        guard let row, turn.house.isOn(feature, row.guild) else { return nil }
        return AccessKey(
            id: row.id, name: row.name, guild: row.guild, role: row.sees.role, features: Set(row.features), limit: row.limit)
    }
}
