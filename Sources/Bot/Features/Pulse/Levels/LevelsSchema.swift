internal import Kit

extension Levels {
    /// No level lies here: only which was told of whom, so that each is told once, and from which points on somebody counts anew.
    static let schema = [
        Migration(
            "levels-001-told",
            """
            CREATE TABLE levels_told (guild BIGINT NOT NULL, member BIGINT NOT NULL, level BIGINT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (guild, member))
            """,
            """
            CREATE TABLE levels_starts (guild BIGINT NOT NULL, member BIGINT NOT NULL, points BIGINT NOT NULL, at BIGINT NOT NULL,
                reason TEXT NOT NULL, PRIMARY KEY (guild, member))
            """)
    ]
}
