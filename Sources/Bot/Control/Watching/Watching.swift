/// The bounds of watching a live table.
enum Watching {
    static let mostRows = 500
    /// Changes a second, unless a watcher asks for another pace.
    static let usualRate = 2.0
    static let rates = 0.01...10.0
    static let tick = 10_000
    /// How long a table that nobody watches is kept, so that a reconnect can go on.
    static let memory = 300_000
    /// How many such tables.
    static let mostIdle = 16
    /// A row must leave room for others in a client's queue.
    static let longestRow = 256 << 10
}
