internal import Kit

extension Templates {
    static let schema = [
        Migration(
            "templates-001-texts",
            """
            CREATE TABLE templates_texts (guild BIGINT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, author BIGINT,
                changed BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (guild, name))
            """)
    ]
}
