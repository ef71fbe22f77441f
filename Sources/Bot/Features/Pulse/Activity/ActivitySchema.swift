internal import Kit

extension Activity {
    /// Facts are the truth, the ledger outlives them, standings and hours are folds kept for speed. Points are in
    /// thousandths, days count from 1970 in the guild's zone.
    static let schema = [
        Migration(
            "activity-001-facts",
            """
            CREATE TABLE activity_facts (message BIGINT PRIMARY KEY, guild BIGINT NOT NULL, channel BIGINT NOT NULL,
                author BIGINT NOT NULL, kinds BIGINT NOT NULL, points BIGINT NOT NULL, weights BIGINT NOT NULL,
                answered BIGINT NOT NULL, day BIGINT NOT NULL)
            """,
            """
            CREATE TABLE activity_weights (id BIGINT PRIMARY KEY, base BIGINT NOT NULL, reply BIGINT NOT NULL,
                starter BIGINT NOT NULL, further BIGINT NOT NULL)
            """,
            """
            CREATE TABLE activity_reactions (message BIGINT NOT NULL, giver BIGINT NOT NULL, emoji TEXT NOT NULL,
                guild BIGINT NOT NULL, channel BIGINT NOT NULL, author BIGINT NOT NULL, at BIGINT NOT NULL, day BIGINT NOT NULL,
                points BIGINT NOT NULL, PRIMARY KEY (message, giver, emoji))
            """,
            "CREATE INDEX activity_reactions_giver ON activity_reactions (guild, giver, day)"),
        Migration(
            "activity-002-ledger",
            """
            CREATE TABLE activity_ledger (guild BIGINT NOT NULL, day BIGINT NOT NULL, member BIGINT NOT NULL,
                channel BIGINT NOT NULL, points BIGINT NOT NULL, messages BIGINT NOT NULL, replies BIGINT NOT NULL,
                starters BIGINT NOT NULL, further BIGINT NOT NULL, reactions BIGINT NOT NULL, answered BIGINT NOT NULL,
                reacted BIGINT NOT NULL, voice BIGINT NOT NULL, voice_points BIGINT NOT NULL,
                PRIMARY KEY (guild, day, member, channel))
            """,
            "CREATE INDEX activity_ledger_member ON activity_ledger (guild, member, day)",
            """
            CREATE TABLE activity_standings (guild BIGINT NOT NULL, member BIGINT NOT NULL, points BIGINT NOT NULL,
                messages BIGINT NOT NULL, score DOUBLE PRECISION NOT NULL, score_day BIGINT NOT NULL,
                place DOUBLE PRECISION NOT NULL, streak BIGINT NOT NULL, best BIGINT NOT NULL, active_day BIGINT NOT NULL,
                momentum DOUBLE PRECISION NOT NULL, momentum_at BIGINT NOT NULL, influence DOUBLE PRECISION NOT NULL,
                influence_at BIGINT NOT NULL, last_at BIGINT NOT NULL, PRIMARY KEY (guild, member))
            """,
            "CREATE INDEX activity_standings_place ON activity_standings (guild, place DESC, member)",
            "CREATE TABLE activity_channels (channel BIGINT PRIMARY KEY, last BIGINT NOT NULL)",
            """
            CREATE TABLE activity_hours (guild BIGINT NOT NULL, hour BIGINT NOT NULL, messages BIGINT NOT NULL,
                PRIMARY KEY (guild, hour))
            """),
        Migration(
            "activity-003-voice-and-records",
            """
            CREATE TABLE activity_voice (guild BIGINT NOT NULL, member BIGINT NOT NULL, channel BIGINT NOT NULL,
                quiet BIGINT NOT NULL, counted BIGINT NOT NULL, PRIMARY KEY (guild, member))
            """,
            """
            CREATE TABLE activity_texts (message BIGINT PRIMARY KEY, guild BIGINT NOT NULL, author BIGINT NOT NULL,
                body TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE activity_snapshots (guild BIGINT NOT NULL, day BIGINT NOT NULL, board TEXT NOT NULL,
                PRIMARY KEY (guild, day))
            """),
        Migration(
            "activity-004-packed-days",
            """
            CREATE TABLE activity_days (guild BIGINT NOT NULL, day BIGINT NOT NULL, member BIGINT NOT NULL,
                points BIGINT NOT NULL, messages BIGINT NOT NULL, replies BIGINT NOT NULL, starters BIGINT NOT NULL,
                further BIGINT NOT NULL, reactions BIGINT NOT NULL, answered BIGINT NOT NULL, reacted BIGINT NOT NULL,
                voice BIGINT NOT NULL, voice_points BIGINT NOT NULL, places BYTEA NOT NULL, PRIMARY KEY (guild, day, member))
            """, then: packDays),
        Migration(
            "activity-005-one-row-a-day",
            "DROP TABLE activity_ledger",
            "ALTER TABLE activity_days RENAME TO activity_ledger",
            "CREATE INDEX activity_ledger_member ON activity_ledger (guild, member, day)",
            "CREATE TABLE activity_folded (message BIGINT NOT NULL)",
            "INSERT INTO activity_folded (message) SELECT COALESCE(MAX(message), 0) FROM activity_facts"),
        Migration(
            "activity-006-corrections",
            """
            CREATE TABLE activity_corrections (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, member BIGINT NOT NULL,
                day BIGINT NOT NULL, points BIGINT NOT NULL, streak BIGINT, reason TEXT NOT NULL, author TEXT NOT NULL,
                at BIGINT NOT NULL)
            """,
            "CREATE INDEX activity_corrections_member ON activity_corrections (guild, member, day)"),
        Migration(
            "activity-007-hours-in-full",
            "ALTER TABLE activity_hours ADD COLUMN points BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE activity_hours ADD COLUMN members BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE activity_hours ADD COLUMN reactions BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE activity_hours ADD COLUMN voice BIGINT NOT NULL DEFAULT 0",
            """
            INSERT INTO activity_hours (guild, hour, messages, points, members)
            SELECT guild, ((message >> 22) + 1420070400000) / 3600000, COUNT(*), SUM(points), COUNT(DISTINCT author)
            FROM activity_facts WHERE message <= (SELECT message FROM activity_folded)
            GROUP BY guild, ((message >> 22) + 1420070400000) / 3600000
            ON CONFLICT (guild, hour) DO UPDATE SET points = excluded.points, members = excluded.members
            """),
        Migration(
            "activity-008-batches",
            "ALTER TABLE activity_corrections ADD COLUMN batch BIGINT NOT NULL DEFAULT 0",
            "CREATE INDEX activity_corrections_batch ON activity_corrections (batch) WHERE batch > 0"),
    ]
}
