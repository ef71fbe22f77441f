internal import Kit

extension Silence {
    /// A silence that is over stays: what was said in it is not counted, also when it is fetched back later.
    static let schema = [
        Migration(
            "silence-001-spans",
            """
            CREATE TABLE silence_spans (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, target BIGINT NOT NULL,
                kind TEXT NOT NULL, began BIGINT NOT NULL, ends BIGINT, reason TEXT NOT NULL)
            """,
            "CREATE INDEX silence_spans_target ON silence_spans (guild, target, began)")
    ]
}
