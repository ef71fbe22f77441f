internal import Kit

extension Imports {
    /// A batch; what it booked for whom are corrections of activity that name it.
    static let schema = [
        Migration(
            "imports-001-batches",
            """
            CREATE TABLE imports_batches (id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, source TEXT NOT NULL, day BIGINT NOT NULL,
                members BIGINT NOT NULL, points BIGINT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL, state TEXT NOT NULL)
            """,
            "CREATE INDEX imports_batches_guild ON imports_batches (guild, id)")
    ]
}
