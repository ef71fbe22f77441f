internal import Kit

extension Topics {
    static let schema = [
        Migration(
            "topics-001-topics",
            """
            CREATE TABLE topics_words (guild BIGINT NOT NULL, channel BIGINT NOT NULL, day BIGINT NOT NULL, word TEXT NOT NULL,
                count BIGINT NOT NULL, voices BIGINT NOT NULL, PRIMARY KEY (guild, channel, day, word))
            """,
            "CREATE INDEX topics_words_word ON topics_words (guild, word, day)",
            """
            CREATE TABLE topics_days (guild BIGINT NOT NULL, channel BIGINT NOT NULL, day BIGINT NOT NULL,
                sampled BIGINT NOT NULL, words BIGINT NOT NULL, PRIMARY KEY (guild, channel, day))
            """,
            """
            CREATE TABLE topics_salts (guild BIGINT NOT NULL, day BIGINT NOT NULL, salt BIGINT NOT NULL,
                PRIMARY KEY (guild, day))
            """,
            """
            CREATE TABLE topics_own (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, category TEXT NOT NULL, text TEXT NOT NULL,
                removed BIGINT NOT NULL, version BIGINT NOT NULL)
            """,
            "CREATE INDEX topics_own_guild ON topics_own (guild, category, id)",
            """
            CREATE TABLE topics_said (guild BIGINT NOT NULL, topic TEXT NOT NULL, category TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (guild, topic))
            """,
            """
            CREATE TABLE topics_schedules (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, channel BIGINT NOT NULL, every BIGINT,
                rule TEXT, category TEXT, zone TEXT NOT NULL, quiet TEXT, since BIGINT NOT NULL, state TEXT NOT NULL,
                trouble TEXT, version BIGINT NOT NULL)
            """,
            "CREATE INDEX topics_schedules_guild ON topics_schedules (guild, id)",
            """
            CREATE TABLE topics_posts (id BIGINT PRIMARY KEY, schedule BIGINT NOT NULL, guild BIGINT NOT NULL,
                channel BIGINT NOT NULL, due BIGINT NOT NULL, at BIGINT NOT NULL, outcome TEXT NOT NULL, note TEXT,
                UNIQUE (schedule, due))
            """,
            """
            CREATE TABLE topics_stock (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, category TEXT NOT NULL,
                text TEXT NOT NULL, made BIGINT NOT NULL, UNIQUE (guild, category, text))
            """,
            """
            CREATE TABLE topics_supplies (guild BIGINT NOT NULL, category TEXT NOT NULL, asked BIGINT NOT NULL,
                waiting BIGINT NOT NULL, failures BIGINT NOT NULL, trouble TEXT, PRIMARY KEY (guild, category))
            """,
            """
            CREATE TABLE topics_spending (guild BIGINT NOT NULL, day BIGINT NOT NULL, requests BIGINT NOT NULL,
                tokens BIGINT NOT NULL, kept BIGINT NOT NULL, refused BIGINT NOT NULL, failed BIGINT NOT NULL,
                PRIMARY KEY (guild, day))
            """)
    ]
}
