internal import Kit

extension Analytics {
    /// Days and channels are folded from activity's ledger and can be folded again; moves and arrivals are written when they are
    /// heard.
    static let schema = [
        Migration(
            "analytics-001-rollups",
            """
            CREATE TABLE analytics_days (guild BIGINT NOT NULL, day BIGINT NOT NULL, messages BIGINT NOT NULL,
                points BIGINT NOT NULL, members BIGINT NOT NULL, reactions BIGINT NOT NULL, voice BIGINT NOT NULL,
                week BIGINT, month BIGINT, PRIMARY KEY (guild, day))
            """,
            """
            CREATE TABLE analytics_channels (guild BIGINT NOT NULL, day BIGINT NOT NULL, channel BIGINT NOT NULL,
                messages BIGINT NOT NULL, points BIGINT NOT NULL, members BIGINT NOT NULL, reactions BIGINT NOT NULL,
                voice BIGINT NOT NULL, PRIMARY KEY (guild, day, channel))
            """,
            "CREATE TABLE analytics_folds (guild BIGINT PRIMARY KEY, through BIGINT NOT NULL)",
            "CREATE TABLE analytics_dirty (guild BIGINT NOT NULL, day BIGINT NOT NULL, PRIMARY KEY (guild, day))",
            """
            CREATE TABLE analytics_moves (guild BIGINT NOT NULL, hour BIGINT NOT NULL, joins BIGINT NOT NULL,
                leaves BIGINT NOT NULL, PRIMARY KEY (guild, hour))
            """,
            """
            CREATE TABLE analytics_arrivals (guild BIGINT NOT NULL, member BIGINT NOT NULL, joined BIGINT NOT NULL, gone BIGINT,
                PRIMARY KEY (guild, member, joined))
            """,
            "CREATE INDEX analytics_arrivals_joined ON analytics_arrivals (guild, joined)"),
        Migration(
            "analytics-002-snapshots",
            """
            CREATE TABLE analytics_snapshots (guild BIGINT NOT NULL, span TEXT NOT NULL, first BIGINT NOT NULL, at BIGINT NOT NULL,
                data TEXT NOT NULL, PRIMARY KEY (guild, span, first))
            """,
            """
            CREATE TABLE analytics_exports (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, asker BIGINT NOT NULL, at BIGINT NOT NULL,
                format TEXT NOT NULL, what TEXT NOT NULL, lines BIGINT NOT NULL, bytes BIGINT NOT NULL, state TEXT NOT NULL)
            """,
            """
            CREATE TABLE analytics_parts (export BIGINT NOT NULL, part BIGINT NOT NULL, body TEXT NOT NULL,
                PRIMARY KEY (export, part))
            """),
    ]
}
