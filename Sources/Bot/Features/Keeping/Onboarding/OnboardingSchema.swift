internal import Kit

extension Onboarding {
    static let schema = [
        Migration(
            "onboarding-001-journeys",
            // What a server shows everybody: the message with the button, and since when joins are looked at.
            """
            CREATE TABLE onboarding_notices (guild BIGINT PRIMARY KEY, since BIGINT NOT NULL, channel BIGINT, message BIGINT,
                state TEXT NOT NULL, stale BIGINT NOT NULL, greeted BIGINT NOT NULL, trouble TEXT, version BIGINT NOT NULL)
            """,
            "CREATE INDEX onboarding_notices_message ON onboarding_notices (message)",
            """
            CREATE TABLE onboarding_questions (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, place BIGINT NOT NULL,
                body TEXT NOT NULL, removed BIGINT NOT NULL, version BIGINT NOT NULL)
            """,
            "CREATE INDEX onboarding_questions_guild ON onboarding_questions (guild, place)",
            // How far each member has come.
            """
            CREATE TABLE onboarding_journeys (guild BIGINT NOT NULL, member BIGINT NOT NULL, joined BIGINT NOT NULL,
                stage TEXT NOT NULL, question BIGINT, moved BIGINT NOT NULL, greeting TEXT NOT NULL, started BIGINT,
                accepted BIGINT, rules BIGINT, finished BIGINT, roles TEXT NOT NULL, reminded BIGINT, reminders BIGINT NOT NULL,
                left_at BIGINT, PRIMARY KEY (guild, member))
            """,
            "CREATE INDEX onboarding_journeys_greeting ON onboarding_journeys (guild, greeting, joined)",
            "CREATE INDEX onboarding_journeys_stage ON onboarding_journeys (guild, stage, joined)",
            """
            CREATE TABLE onboarding_answers (guild BIGINT NOT NULL, member BIGINT NOT NULL, question BIGINT NOT NULL,
                answer TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (guild, member, question))
            """,
            "CREATE INDEX onboarding_answers_question ON onboarding_answers (guild, question)",
            // Who was removed from the server for never finishing.
            """
            CREATE TABLE onboarding_removals (guild BIGINT NOT NULL, member BIGINT NOT NULL, at BIGINT NOT NULL,
                outcome TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (guild, member, at))
            """)
    ]
}
