internal import Kit

extension Pings {
    static let schema = [
        Migration(
            "pings-001-pings",
            """
            CREATE TABLE pings_pings (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, channel BIGINT NOT NULL, every BIGINT,
                rule TEXT, zone TEXT NOT NULL, quiet TEXT, since BIGINT NOT NULL, top BIGINT NOT NULL, period TEXT NOT NULL,
                body TEXT, state TEXT NOT NULL, trouble TEXT, version BIGINT NOT NULL)
            """,
            "CREATE INDEX pings_pings_guild ON pings_pings (guild, id)",
            """
            CREATE TABLE pings_fires (id BIGINT PRIMARY KEY, ping BIGINT NOT NULL, guild BIGINT NOT NULL, channel BIGINT NOT NULL,
                due BIGINT NOT NULL, at BIGINT NOT NULL, outcome TEXT NOT NULL, note TEXT, message BIGINT, UNIQUE (ping, due))
            """,
            "CREATE INDEX pings_fires_at ON pings_fires (at)",
            """
            CREATE TABLE pings_mentions (fire BIGINT NOT NULL, guild BIGINT NOT NULL, member BIGINT NOT NULL, at BIGINT NOT NULL,
                answered BIGINT, PRIMARY KEY (fire, member))
            """,
            "CREATE INDEX pings_mentions_member ON pings_mentions (guild, member, at)",
            "CREATE TABLE pings_spared (guild BIGINT NOT NULL, role BIGINT NOT NULL, PRIMARY KEY (guild, role))")
    ]
}
