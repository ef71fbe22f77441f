internal import Kit

extension Rewards {
    /// A holding says that a role is the house's to take back: who has a role without one was given it by hand. A change is one
    /// role given or taken, with what became of it; those of one run belong together.
    static let schema = [
        Migration(
            "rewards-001-rewards",
            """
            CREATE TABLE rewards_rewards (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, role BIGINT NOT NULL, name TEXT NOT NULL,
                ladder TEXT NOT NULL, tier BIGINT NOT NULL, rule TEXT NOT NULL, lasts BIGINT, grace BIGINT NOT NULL,
                stays BIGINT NOT NULL, state TEXT NOT NULL, trouble TEXT, last_at BIGINT, version BIGINT NOT NULL)
            """,
            "CREATE INDEX rewards_rewards_guild ON rewards_rewards (guild, id)",
            """
            CREATE TABLE rewards_holdings (guild BIGINT NOT NULL, member BIGINT NOT NULL, role BIGINT NOT NULL,
                reward BIGINT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, since BIGINT NOT NULL, until BIGINT,
                failing BIGINT, changed BIGINT NOT NULL, PRIMARY KEY (guild, member, role))
            """,
            "CREATE INDEX rewards_holdings_member ON rewards_holdings (member)",
            """
            CREATE TABLE rewards_runs (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, at BIGINT NOT NULL, cause TEXT NOT NULL,
                state TEXT NOT NULL, gains BIGINT NOT NULL, losses BIGINT NOT NULL, keeps BIGINT NOT NULL,
                blocked BIGINT NOT NULL, note TEXT)
            """,
            "CREATE INDEX rewards_runs_guild ON rewards_runs (guild, id)",
            """
            CREATE TABLE rewards_changes (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, run BIGINT NOT NULL, at BIGINT NOT NULL,
                member BIGINT NOT NULL, role BIGINT NOT NULL, reward BIGINT NOT NULL, deed TEXT NOT NULL, why TEXT NOT NULL,
                after TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT)
            """,
            "CREATE INDEX rewards_changes_run ON rewards_changes (run, outcome, id)",
            "CREATE INDEX rewards_changes_member ON rewards_changes (guild, member, id)",
            "CREATE INDEX rewards_changes_at ON rewards_changes (at)",
            """
            CREATE TABLE rewards_channels (reward BIGINT NOT NULL, guild BIGINT NOT NULL, channel BIGINT NOT NULL,
                allowed BIGINT, denied BIGINT, trouble TEXT, PRIMARY KEY (reward, channel))
            """,
            """
            CREATE TABLE rewards_hopefuls (guild BIGINT NOT NULL, member BIGINT NOT NULL, hinted BIGINT,
                PRIMARY KEY (guild, member))
            """)
    ]
}
