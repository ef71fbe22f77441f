internal import Kit

extension Reminders {
    static let schema = [
        Migration(
            "reminders-001-reminders",
            """
            CREATE TABLE reminders_reminders (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, owner BIGINT, way TEXT NOT NULL,
                channel BIGINT, name TEXT NOT NULL, body TEXT NOT NULL, once BIGINT, ahead BIGINT NOT NULL, rule TEXT,
                since BIGINT NOT NULL, skipped TEXT NOT NULL, zone TEXT NOT NULL, call_minute BIGINT, place TEXT, role BIGINT,
                everyone BIGINT NOT NULL, snoozed BIGINT, origin_channel BIGINT, origin_message BIGINT, state TEXT NOT NULL,
                trouble TEXT, next BIGINT, changed BIGINT NOT NULL, version BIGINT NOT NULL)
            """,
            "CREATE INDEX reminders_reminders_guild ON reminders_reminders (guild, way, state)",
            "CREATE INDEX reminders_reminders_owner ON reminders_reminders (owner, guild)",
            "CREATE INDEX reminders_reminders_origin ON reminders_reminders (origin_message)",
            "CREATE INDEX reminders_reminders_state ON reminders_reminders (state, changed)",
            """
            CREATE TABLE reminders_fires (id BIGINT PRIMARY KEY, reminder BIGINT NOT NULL, guild BIGINT NOT NULL,
                due BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT,
                message BIGINT, UNIQUE (reminder, due, kind))
            """,
            "CREATE INDEX reminders_fires_at ON reminders_fires (at)",
            """
            CREATE TABLE reminders_zones (guild BIGINT NOT NULL, member BIGINT NOT NULL, zone TEXT NOT NULL,
                PRIMARY KEY (guild, member))
            """),
        Migration(
            "reminders-002-announcements",
            """
            CREATE TABLE reminders_announcements (message BIGINT PRIMARY KEY, guild BIGINT NOT NULL, channel BIGINT NOT NULL,
                state TEXT NOT NULL, reminder BIGINT, reading TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX reminders_announcements_guild ON reminders_announcements (guild, state)"),
    ]
}
