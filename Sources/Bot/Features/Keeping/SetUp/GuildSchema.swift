internal import Kit

extension GuildFeature {
    static let schema = [
        Migration(
            "guild-001-states",
            """
            CREATE TABLE guild_states (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, at BIGINT NOT NULL, author BIGINT,
                who TEXT NOT NULL, command TEXT NOT NULL, changes BIGINT NOT NULL, body TEXT NOT NULL)
            """,
            "CREATE INDEX guild_states_guild ON guild_states (guild, id)",
            // What is being applied in slices, and what who asked for it may do on the way.
            """
            CREATE TABLE guild_works (guild BIGINT PRIMARY KEY, begun BIGINT NOT NULL, wanted TEXT NOT NULL,
                commands TEXT NOT NULL, steps BIGINT NOT NULL)
            """)
    ]
}
