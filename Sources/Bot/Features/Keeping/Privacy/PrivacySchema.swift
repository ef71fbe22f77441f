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
    ]
}
