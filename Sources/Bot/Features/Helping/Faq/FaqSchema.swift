internal import Kit

extension Faq {
    static let schema = [
        Migration(
            "faq-001-faq",
            """
            CREATE TABLE faq_questions (ticket BIGINT PRIMARY KEY, guild BIGINT NOT NULL, number BIGINT NOT NULL, member BIGINT,
                question TEXT NOT NULL, summary TEXT NOT NULL, topic BIGINT NOT NULL, at BIGINT NOT NULL)
            """,
            "CREATE INDEX faq_questions_guild ON faq_questions (guild, at)",
            "CREATE INDEX faq_questions_topic ON faq_questions (guild, topic)",
            "CREATE INDEX faq_questions_member ON faq_questions (guild, member)",
            """
            CREATE TABLE faq_entries (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, topic BIGINT, question TEXT NOT NULL,
                answer TEXT NOT NULL, state TEXT NOT NULL, source BIGINT, author BIGINT, helped BIGINT NOT NULL,
                made BIGINT NOT NULL, changed BIGINT NOT NULL, version BIGINT NOT NULL)
            """,
            "CREATE INDEX faq_entries_guild ON faq_entries (guild, state, id)",
            """
            CREATE TABLE faq_thanks (entry BIGINT NOT NULL, guild BIGINT NOT NULL, member BIGINT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (entry, member))
            """)
    ]
}
