internal import Kit

extension Tickets {
    static let schema = [
        Migration(
            "tickets-001-tickets",
            """
            CREATE TABLE tickets_kinds (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, name TEXT NOT NULL, label TEXT NOT NULL,
                place TEXT NOT NULL, parent BIGINT, role BIGINT, preset TEXT NOT NULL, questions TEXT NOT NULL, greeting TEXT,
                priority TEXT NOT NULL, removed BIGINT NOT NULL, version BIGINT NOT NULL, UNIQUE (guild, name))
            """,
            """
            CREATE TABLE tickets_panels (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, channel BIGINT NOT NULL, message BIGINT,
                kinds TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL, trouble TEXT)
            """,
            "CREATE INDEX tickets_panels_guild ON tickets_panels (guild, id)",
            """
            CREATE TABLE tickets_tickets (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, number BIGINT NOT NULL,
                kind BIGINT NOT NULL, opener BIGINT, channel BIGINT, place TEXT NOT NULL, state TEXT NOT NULL, claimant BIGINT,
                escalated TEXT, priority TEXT NOT NULL, subject TEXT NOT NULL, opened BIGINT NOT NULL, answered BIGINT,
                member_at BIGINT, staff_at BIGINT, warned BIGINT, told BIGINT NOT NULL, left_at BIGINT, closed BIGINT,
                closer BIGINT, reason TEXT, rating BIGINT, remark TEXT, reopened BIGINT NOT NULL, renames TEXT NOT NULL,
                control BIGINT, trouble TEXT, summary TEXT, rename_to TEXT, version BIGINT NOT NULL, UNIQUE (guild, number))
            """,
            "CREATE INDEX tickets_tickets_state ON tickets_tickets (guild, state, number)",
            "CREATE INDEX tickets_tickets_opener ON tickets_tickets (guild, opener)",
            "CREATE INDEX tickets_tickets_channel ON tickets_tickets (channel)",
            """
            CREATE TABLE tickets_lines (id BIGINT PRIMARY KEY, ticket BIGINT NOT NULL, guild BIGINT NOT NULL, message BIGINT,
                at BIGINT NOT NULL, author BIGINT, voice TEXT NOT NULL, head TEXT, body TEXT, edited BIGINT, deleted BIGINT,
                UNIQUE (ticket, message))
            """,
            "CREATE INDEX tickets_lines_ticket ON tickets_lines (ticket, at, id)",
            "CREATE INDEX tickets_lines_author ON tickets_lines (guild, author)",
            "CREATE INDEX tickets_lines_at ON tickets_lines (guild, at)",
            """
            CREATE TABLE tickets_drafts (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, member BIGINT NOT NULL,
                kind BIGINT NOT NULL, answers TEXT NOT NULL, at BIGINT NOT NULL)
            """,
            """
            CREATE TABLE tickets_replies (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, ticket BIGINT NOT NULL, due BIGINT NOT NULL,
                author BIGINT, body TEXT NOT NULL, state TEXT NOT NULL)
            """,
            "CREATE INDEX tickets_replies_ticket ON tickets_replies (ticket, due)",
            """
            CREATE TABLE tickets_snapshots (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, scope TEXT NOT NULL, figures TEXT NOT NULL,
                asker BIGINT, at BIGINT NOT NULL)
            """,
            "CREATE INDEX tickets_snapshots_guild ON tickets_snapshots (guild, at)",
            """
            CREATE TABLE tickets_inquiries (guild BIGINT NOT NULL, day BIGINT NOT NULL, asked BIGINT NOT NULL,
                tokens BIGINT NOT NULL, PRIMARY KEY (guild, day))
            """)
    ]
}
