package import Kit

/// The tables of the house itself: sessions, what goes out, what is due, what was set, who did what, and what Discord told
/// us of guilds.
package enum HouseSchema {
    package static let migrations = [
        Migration(
            "house-001-sessions",
            """
            CREATE TABLE house_sessions (shard BIGINT PRIMARY KEY, shards BIGINT NOT NULL, session TEXT NOT NULL,
                resume_url TEXT NOT NULL, sequence BIGINT NOT NULL)
            """,
            """
            CREATE TABLE house_gaps (id BIGINT PRIMARY KEY, shard BIGINT NOT NULL, began BIGINT NOT NULL, ended BIGINT,
                reason TEXT NOT NULL)
            """),
        Migration(
            "house-002-outbox",
            """
            CREATE TABLE house_outbox (id BIGINT PRIMARY KEY, lane BIGINT NOT NULL, cause TEXT NOT NULL, step BIGINT NOT NULL,
                guild BIGINT, effect TEXT NOT NULL, nonce TEXT NOT NULL, caused BIGINT NOT NULL, created BIGINT NOT NULL,
                state TEXT NOT NULL,
                tries BIGINT NOT NULL, first_tried BIGINT, made BIGINT, note TEXT, job TEXT, payload TEXT, settled BIGINT,
                UNIQUE (cause, step))
            """,
            "CREATE INDEX house_outbox_open ON house_outbox (id) WHERE state = 'waiting'",
            "CREATE INDEX house_outbox_settled ON house_outbox (settled) WHERE settled IS NOT NULL",
            """
            CREATE TABLE house_buttons (id BIGINT PRIMARY KEY, guild BIGINT, command TEXT NOT NULL, arguments TEXT NOT NULL,
                argument TEXT, created BIGINT NOT NULL)
            """),
        Migration(
            "house-003-timers",
            """
            CREATE TABLE house_timers (job TEXT NOT NULL, item TEXT NOT NULL, guild BIGINT, payload TEXT NOT NULL,
                due BIGINT NOT NULL, recurrence TEXT, tries BIGINT NOT NULL, PRIMARY KEY (job, item))
            """,
            "CREATE INDEX house_timers_due ON house_timers (due)",
            """
            CREATE TABLE house_jobs (job TEXT NOT NULL, item TEXT NOT NULL, done BIGINT NOT NULL, whole BIGINT NOT NULL,
                outcome TEXT, changed BIGINT NOT NULL, PRIMARY KEY (job, item))
            """),
        Migration(
            "house-004-settings",
            """
            CREATE TABLE house_settings (scope TEXT NOT NULL, target BIGINT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
                version BIGINT NOT NULL, changed BIGINT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (scope, target, name))
            """,
            """
            CREATE TABLE house_uses (cause TEXT PRIMARY KEY, member BIGINT NOT NULL, command TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX house_uses_member ON house_uses (member, at)",
            """
            CREATE TABLE house_replies (person BIGINT NOT NULL, idem TEXT NOT NULL, digest TEXT NOT NULL, reply TEXT NOT NULL,
                at BIGINT NOT NULL, PRIMARY KEY (person, idem))
            """),
        Migration(
            "house-005-audit",
            """
            CREATE TABLE house_audit (id BIGINT PRIMARY KEY, at BIGINT NOT NULL, door TEXT NOT NULL, guild BIGINT,
                command TEXT NOT NULL, outcome TEXT NOT NULL, digest TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)
            """,
            """
            CREATE TABLE house_audit_details (id BIGINT PRIMARY KEY, salt TEXT NOT NULL, asker TEXT NOT NULL, member BIGINT,
                detail TEXT NOT NULL)
            """,
            "CREATE INDEX house_audit_member ON house_audit_details (member)",
            """
            CREATE TABLE house_faults (reference TEXT PRIMARY KEY, handler TEXT NOT NULL, message TEXT NOT NULL,
                guild BIGINT, first BIGINT NOT NULL, last BIGINT NOT NULL, times BIGINT NOT NULL)
            """),
        Migration(
            "house-006-projection",
            """
            CREATE TABLE house_guilds (guild BIGINT PRIMARY KEY, name TEXT NOT NULL, owner BIGINT NOT NULL, locale TEXT NOT NULL,
                afk BIGINT, members BIGINT NOT NULL, joined BIGINT, state TEXT NOT NULL)
            """,
            """
            CREATE TABLE house_channels (channel BIGINT PRIMARY KEY, guild BIGINT NOT NULL, name TEXT NOT NULL,
                kind BIGINT NOT NULL, parent BIGINT, position BIGINT NOT NULL, overwrites TEXT NOT NULL)
            """,
            "CREATE INDEX house_channels_guild ON house_channels (guild)",
            """
            CREATE TABLE house_roles (role BIGINT PRIMARY KEY, guild BIGINT NOT NULL, name TEXT NOT NULL,
                position BIGINT NOT NULL, permissions BIGINT NOT NULL, managed BIGINT NOT NULL)
            """,
            "CREATE INDEX house_roles_guild ON house_roles (guild)",
            """
            CREATE TABLE house_members (guild BIGINT NOT NULL, member BIGINT NOT NULL, username TEXT NOT NULL, global_name TEXT,
                nick TEXT, roles TEXT NOT NULL, bot BIGINT NOT NULL, joined BIGINT, pending BIGINT NOT NULL,
                PRIMARY KEY (guild, member))
            """),
        // What was a row for each member is taken over when the engine opens.
        Migration(
            "house-007-rosters",
            """
            CREATE TABLE house_rosters (guild BIGINT NOT NULL, first BIGINT NOT NULL, members BYTEA NOT NULL,
                PRIMARY KEY (guild, first))
            """),
        Migration(
            "house-008-backfill",
            "ALTER TABLE house_sessions ADD COLUMN newest BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE house_sessions ADD COLUMN handled BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE house_gaps ADD COLUMN state TEXT NOT NULL DEFAULT 'missed'",
            "ALTER TABLE house_gaps ADD COLUMN newest BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE house_gaps ADD COLUMN filled BIGINT",
            "ALTER TABLE house_gaps ADD COLUMN messages BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE house_gaps ADD COLUMN unread BIGINT NOT NULL DEFAULT 0",
            """
            CREATE TABLE house_backfill (guild BIGINT NOT NULL, channel BIGINT NOT NULL, shard BIGINT NOT NULL,
                gap BIGINT NOT NULL, cursor BIGINT NOT NULL, until BIGINT NOT NULL, PRIMARY KEY (guild, channel))
            """),
        Migration(
            "house-009-clocks",
            "ALTER TABLE house_timers ADD COLUMN wake BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE house_timers ADD COLUMN newest BIGINT",
            "ALTER TABLE house_timers ADD COLUMN fired TEXT NOT NULL DEFAULT ''",
            "UPDATE house_timers SET wake = due",
            "DROP INDEX house_timers_due",
            "CREATE INDEX house_timers_wake ON house_timers (wake)",
            "CREATE INDEX house_timers_newest ON house_timers (newest) WHERE newest IS NOT NULL"),
        Migration(
            "house-010-rolls",
            "CREATE TABLE house_rolls (guild BIGINT PRIMARY KEY, shard BIGINT NOT NULL)"),
        Migration(
            "house-011-erasures",
            """
            CREATE TABLE house_erasures (receipt TEXT PRIMARY KEY, guild BIGINT NOT NULL, member BIGINT NOT NULL,
                at BIGINT NOT NULL)
            """,
            "CREATE INDEX house_erasures_member ON house_erasures (guild, member)"),
        Migration(
            "house-012-hints",
            "CREATE TABLE house_hints (member BIGINT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (member, name))"),
        // Somebody in the console is an account of the machine and, where several share one, the name that they say.
        Migration(
            "house-013-people",
            """
            CREATE TABLE house_links (account BIGINT NOT NULL, alias TEXT NOT NULL, name TEXT NOT NULL, member BIGINT NOT NULL,
                guild BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (account, alias))
            """,
            "CREATE INDEX house_links_member ON house_links (member)",
            """
            CREATE TABLE house_link_codes (account BIGINT NOT NULL, alias TEXT NOT NULL, name TEXT NOT NULL,
                digest TEXT NOT NULL, expires BIGINT NOT NULL, PRIMARY KEY (account, alias))
            """,
            """
            CREATE TABLE house_visits (account BIGINT NOT NULL, alias TEXT NOT NULL, name TEXT NOT NULL,
                departed BIGINT NOT NULL, PRIMARY KEY (account, alias))
            """,
            "CREATE INDEX house_audit_command ON house_audit (command, at)"),
        Migration(
            "house-014-past",
            """
            CREATE TABLE house_past (guild BIGINT NOT NULL, channel BIGINT NOT NULL, since BIGINT NOT NULL,
                cursor BIGINT NOT NULL, until BIGINT NOT NULL, covers BIGINT NOT NULL, state TEXT NOT NULL,
                messages BIGINT NOT NULL, note TEXT, PRIMARY KEY (guild, channel))
            """),
        Migration(
            "house-015-fault-places",
            """
            CREATE TABLE house_fault_places (reference TEXT NOT NULL, guild BIGINT NOT NULL, first BIGINT NOT NULL,
                last BIGINT NOT NULL, times BIGINT NOT NULL, told BIGINT, PRIMARY KEY (reference, guild))
            """,
            """
            INSERT INTO house_fault_places (reference, guild, first, last, times, told)
            SELECT reference, COALESCE(guild, 0), first, last, times, last FROM house_faults
            """),
    ]
}
