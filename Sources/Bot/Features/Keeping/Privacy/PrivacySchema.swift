internal import Kit

extension Privacy {
    static let schema = [
        Migration(
            "privacy-001-wishes",
            """
            CREATE TABLE privacy_wishes (guild BIGINT NOT NULL, member BIGINT NOT NULL, wish TEXT NOT NULL, at BIGINT NOT NULL,
                PRIMARY KEY (guild, wish, member))
            """,
            """
            CREATE TABLE privacy_letters (guild BIGINT NOT NULL, member BIGINT NOT NULL, day BIGINT NOT NULL,
                sent BIGINT NOT NULL, PRIMARY KEY (guild, member))
            """),
        Migration(
            "privacy-002-consents",
            """
            CREATE TABLE privacy_texts (guild BIGINT NOT NULL, version BIGINT NOT NULL, text TEXT NOT NULL,
                least BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (guild, version))
            """,
            """
            CREATE TABLE privacy_consents (guild BIGINT NOT NULL, member BIGINT NOT NULL, version BIGINT NOT NULL,
                at BIGINT NOT NULL, via TEXT NOT NULL, withdrawn BIGINT, PRIMARY KEY (guild, member, version, at))
            """),
        Migration(
            "privacy-003-notices",
            """
            CREATE TABLE privacy_notices (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, member BIGINT NOT NULL,
                at BIGINT NOT NULL, topic TEXT NOT NULL, outcome TEXT NOT NULL, channel BIGINT, reason TEXT)
            """,
            "CREATE INDEX privacy_notices_member ON privacy_notices (guild, member, id)",
            "CREATE INDEX privacy_notices_at ON privacy_notices (at)",
            """
            CREATE TABLE privacy_hours (guild BIGINT NOT NULL, member BIGINT NOT NULL, hours TEXT NOT NULL,
                PRIMARY KEY (guild, member))
            """),
    ]
}
