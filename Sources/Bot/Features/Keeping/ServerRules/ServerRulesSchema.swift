internal import Kit

extension ServerRules {
    static let schema = [
        Migration(
            "rules-001-books",
            """
            CREATE TABLE rules_books (guild BIGINT PRIMARY KEY, rules TEXT NOT NULL, version BIGINT NOT NULL,
                revision BIGINT NOT NULL, changed BIGINT NOT NULL, author BIGINT)
            """)
    ]
}
