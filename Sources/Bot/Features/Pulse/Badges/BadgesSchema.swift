internal import Kit

extension Badges {
    static let schema = [
        Migration(
            "badges-001-badges",
            """
            CREATE TABLE badges_badges (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, name TEXT NOT NULL, emoji TEXT NOT NULL,
                body TEXT NOT NULL, occasion TEXT, state TEXT NOT NULL, version BIGINT NOT NULL)
            """,
            "CREATE INDEX badges_badges_guild ON badges_badges (guild, id)",
            """
            CREATE TABLE badges_held (badge BIGINT NOT NULL, guild BIGINT NOT NULL, member BIGINT NOT NULL, at BIGINT NOT NULL,
                giver BIGINT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (badge, member))
            """,
            "CREATE INDEX badges_held_member ON badges_held (guild, member, at)")
    ]
}
