internal import Kit

extension Seasons {
    static let schema = [
        Migration(
            "seasons-001-seasons",
            """
            CREATE TABLE seasons_seasons (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, name TEXT NOT NULL, first BIGINT NOT NULL,
                last BIGINT, state TEXT NOT NULL, closed BIGINT, messages BIGINT NOT NULL, points BIGINT NOT NULL,
                members BIGINT NOT NULL, reactions BIGINT NOT NULL, voice BIGINT NOT NULL, version BIGINT NOT NULL)
            """,
            "CREATE INDEX seasons_seasons_guild ON seasons_seasons (guild, first)",
            """
            CREATE TABLE seasons_places (season BIGINT NOT NULL, guild BIGINT NOT NULL, rank BIGINT NOT NULL,
                member BIGINT NOT NULL, points BIGINT NOT NULL, messages BIGINT NOT NULL, PRIMARY KEY (season, rank))
            """,
            "CREATE INDEX seasons_places_member ON seasons_places (member, season)")
    ]
}
