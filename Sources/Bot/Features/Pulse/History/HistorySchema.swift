internal import Kit

extension History {
    /// Servers that have been seen since the bot joined them: only who is new has their history read unasked.
    static let schema = [
        Migration("history-001-servers", "CREATE TABLE history_servers (guild BIGINT PRIMARY KEY, seen BIGINT NOT NULL)")
    ]
}
