internal import Kit
internal import Shared

/// What is due when. An occurrence is advanced in the transaction that runs it, so it runs once; and the row remembers which
/// have run, so that it runs once also when the clock is put back.
struct Timers {
    struct Due: Sendable {
        var job: String
        var key: String
        var guild: ID<Guild>?
        var payload: String
        var at: Instant
        var recurrence: Recurrence?
        var tries: Int
        /// The last occurrences that have run, the newest first.
        var fired: [Instant]
    }

    /// So many occurrences are remembered, and so many missed ones are made up for at most.
    static let memory = 16

    static func write(_ turn: Turn, to store: any Connection) throws {
        for (job, key) in turn.cancelled {
            try store.run("DELETE FROM house_timers WHERE job = \(job) AND item = \(key)")
        }
        for one in turn.scheduled { try write(one, of: turn.guild, to: store) }
        for one in turn.progress {
            try store.run(
                """
                INSERT INTO house_jobs (job, item, done, whole, outcome, changed)
                VALUES (\(one.job), \(one.key), \(one.done), \(one.of), \(one.outcome), \(turn.now))
                ON CONFLICT (job, item) DO UPDATE SET done = excluded.done, whole = excluded.whole, outcome = excluded.outcome,
                    changed = excluded.changed
                """)
        }
    }

    static func write(_ one: Appointment, of guild: ID<Guild>?, to store: any Connection) throws {
        let rule = try one.recurrence.map { try JSON(encoding: $0).line }
        try store.run(
            """
            INSERT INTO house_timers (job, item, guild, payload, due, wake, recurrence, tries)
            VALUES (\(one.job), \(one.key), \(guild), \(one.payload), \(one.due), \(one.due), \(rule), 0)
            ON CONFLICT (job, item) DO UPDATE SET guild = excluded.guild, payload = excluded.payload, due = excluded.due,
                wake = excluded.wake, recurrence = excluded.recurrence, tries = 0, newest = NULL, fired = ''
            """)
    }

    static func next(in store: any Connection) throws -> Instant? {
        try store.first("SELECT MIN(wake) FROM house_timers") { $0.optionalInt(0).map(Instant.init(milliseconds:)) } ?? nil
    }

    static func recur(in store: any Connection) throws -> Bool {
        try store.first("SELECT 1 FROM house_timers WHERE recurrence IS NOT NULL LIMIT 1") { _ in true } ?? false
    }

    static func due(at now: Instant, limit: Int, in store: any Connection) throws -> [Due] {
        try rows(where: "wake <= \(now) ORDER BY wake, job, item LIMIT \(limit)", in: store)
    }

    /// Occurrences that ran, or were put off, by a clock that was ahead of this one.
    static func ahead(of now: Instant, by patience: Duration, in store: any Connection) throws -> [Due] {
        try rows(where: "newest > \(now) OR (tries > 0 AND wake > \(now + patience))", in: store)
    }

    private static func rows(where condition: SQL, in store: any Connection) throws -> [Due] {
        try store.all("SELECT job, item, guild, payload, due, recurrence, tries, fired FROM house_timers WHERE \(condition)") {
            row in
            Due(
                job: row.text(0), key: row.text(1), guild: row.id(2), payload: row.text(3), at: row.instant(4),
                recurrence: row.optionalText(5).flatMap { try? JSON(parsing: $0).decoded(as: Recurrence.self) },
                tries: Int(row.int(6)),
                fired: row.text(7).split(separator: " ").compactMap { Int64($0) }.map(Instant.init(milliseconds:)))
        }
    }

    /// Is this occurrence still to be run? An earlier turn of the same batch may have moved or cancelled it.
    static func stands(_ due: Due, in store: any Connection) throws -> Bool {
        try store.first("SELECT due FROM house_timers WHERE job = \(due.job) AND item = \(due.key)") { $0.instant(0) } == due.at
    }

    /// Forgets an occurrence, or moves on to the next one and remembers the one that ran.
    static func advance(_ due: Due, to next: Instant?, ran: Instant?, in store: any Connection) throws {
        guard let next else {
            try store.run("DELETE FROM house_timers WHERE job = \(due.job) AND item = \(due.key) AND due = \(due.at)")
            return
        }
        let fired = Array(((ran.map { [$0] } ?? []) + due.fired).prefix(memory))
        let words = fired.map { "\($0.milliseconds)" }.joined(separator: " ")
        try store.run(
            """
            UPDATE house_timers SET due = \(next), wake = \(next), tries = 0, newest = \(fired.max()), fired = \(words)
            WHERE job = \(due.job) AND item = \(due.key) AND due = \(due.at)
            """)
    }

    /// After a fault: later and later, and given up after the eighth time. The occurrence stays the one that it is.
    static func postpone(_ due: Due, now: Instant, in store: any Connection) throws -> Bool {
        guard due.tries < 8 else { return false }
        try store.run(
            """
            UPDATE house_timers SET wake = \(now + wait(after: due.tries)), tries = tries + 1
            WHERE job = \(due.job) AND item = \(due.key)
            """)
        return true
    }

    /// Tries an occurrence at another time than was said.
    static func wake(_ due: Due, at moment: Instant, in store: any Connection) throws {
        try store.run("UPDATE house_timers SET wake = \(moment) WHERE job = \(due.job) AND item = \(due.key)")
    }

    static func wait(after tries: Int) -> Duration { .seconds(30 << min(tries, 7)) }
}
