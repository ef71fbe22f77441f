internal import Kit

extension Events {
    static let schema = [
        Migration(
            "events-001-events",
            """
            CREATE TABLE events_meetings (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL,
                start BIGINT NOT NULL, length BIGINT NOT NULL, zone TEXT NOT NULL, rule TEXT, channel BIGINT NOT NULL,
                voice BIGINT, place TEXT, capacity BIGINT, cutoff BIGINT, role BIGINT, ladder TEXT, template TEXT,
                creator BIGINT, uid TEXT NOT NULL, state TEXT NOT NULL, trouble TEXT, version BIGINT NOT NULL,
                UNIQUE (guild, uid))
            """,
            """
            CREATE TABLE events_occurrences (meeting BIGINT NOT NULL, guild BIGINT NOT NULL, at BIGINT NOT NULL,
                starts BIGINT NOT NULL, ends BIGINT NOT NULL, state TEXT NOT NULL, channel BIGINT NOT NULL, message BIGINT,
                space BIGINT, space_kind TEXT, native BIGINT, native_repeats BIGINT NOT NULL, stale BIGINT NOT NULL,
                PRIMARY KEY (meeting, at))
            """,
            "CREATE INDEX events_occurrences_message ON events_occurrences (message)",
            "CREATE INDEX events_occurrences_guild ON events_occurrences (guild, state, starts)",
            """
            CREATE TABLE events_answers (meeting BIGINT NOT NULL, guild BIGINT NOT NULL, at BIGINT NOT NULL,
                member BIGINT NOT NULL, answer TEXT NOT NULL, waits BIGINT NOT NULL, rank BIGINT NOT NULL,
                answered BIGINT NOT NULL, via TEXT NOT NULL, PRIMARY KEY (meeting, at, member))
            """,
            "CREATE INDEX events_answers_member ON events_answers (guild, member)",
            """
            CREATE TABLE events_reminders (meeting BIGINT NOT NULL, guild BIGINT NOT NULL, at BIGINT NOT NULL,
                ahead BIGINT NOT NULL, sent BIGINT NOT NULL, outcome TEXT NOT NULL, PRIMARY KEY (meeting, at, ahead))
            """,
            """
            CREATE TABLE events_presence (guild BIGINT NOT NULL, member BIGINT NOT NULL, channel BIGINT NOT NULL,
                PRIMARY KEY (guild, member))
            """,
            """
            CREATE TABLE events_attendance (meeting BIGINT NOT NULL, guild BIGINT NOT NULL, at BIGINT NOT NULL,
                member BIGINT NOT NULL, starts BIGINT NOT NULL, held BIGINT NOT NULL, since BIGINT, expected BIGINT NOT NULL,
                mark BIGINT, came BIGINT NOT NULL, PRIMARY KEY (meeting, at, member))
            """,
            "CREATE INDEX events_attendance_member ON events_attendance (guild, member, starts)",
            "CREATE INDEX events_attendance_since ON events_attendance (guild, since)")
    ]
}
