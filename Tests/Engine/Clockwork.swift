import Engine
import Kit
import Shared
import Workbench

/// A feature whose work comes round as it is wound up, and which writes down what came round when.
enum Clockwork {
    /// One timer to be wound: its key, and when it comes round.
    struct Spring: Sendable {
        var key: String
        var rule: Recurrence
    }

    static func feature(_ springs: [Spring] = [], every: Duration = 1.minutes) -> Feature {
        let wind = Command(
            "clockwork.wind", "Winds it up", access: .houseOwner, scope: .house, changes: true, returns: .nothing
        ) {
            turn in
            for spring in springs {
                try turn.schedule(
                    spring.key.hasPrefix("once") ? once : spring.key.hasPrefix("soon") ? soon : strike,
                    key: spring.key, spring.key, every: spring.rule)
            }
            return .done(Card(text: "wound"), data: .null)
        }
        let alarm = Command(
            "clockwork.alarms", "Sets alarms", access: .houseOwner, scope: .house, changes: true, returns: .nothing,
            .whole("count", "How many", 1...100_000), .whole("within", "Milliseconds", 0...100_000_000),
            .whole("after", "Milliseconds", 0...100_000_000, default: 0)
        ) { turn, count, within, after in
            for number in 0..<count {
                let due = turn.now + .milliseconds(after + number * within / count)
                try turn.schedule(strike, key: "alarm \(number)", "alarm", at: due)
            }
            return .done(Card(text: "set"), data: .null)
        }
        let tick = Routine("clockwork.tick", every: every) { turn in try note("tick", "house", turn) }
        return Feature(
            "clockwork", "Comes round", version: "1",
            schema: [
                Migration(
                    "clockwork-001-strikes",
                    "CREATE TABLE clockwork_strikes (job TEXT NOT NULL, item TEXT NOT NULL, due BIGINT NOT NULL, late BIGINT NOT NULL)"
                )
            ],
            commands: [wind, alarm], jobs: [strike.erased, once.erased, soon.erased, tick.erased],
            export: { _, _ in .null }, erase: { _, _ in 0 })
    }

    private static let strike = Job<String>("clockwork.strike", late: .always) { turn, _ in try note("strike", turn.key, turn) }
    private static let once = Job<String>("clockwork.once", late: .once) { turn, _ in try note("once", turn.key, turn) }
    private static let soon = Job<String>("clockwork.soon", late: .within(1.hours)) { turn, _ in
        try note("soon", turn.key, turn)
    }

    private static func note(_ job: String, _ item: String, _ turn: Turn) throws {
        try turn.store.run(
            """
            INSERT INTO clockwork_strikes (job, item, due, late)
            VALUES (\(job), \(item), \(turn.now), \(turn.late.milliseconds))
            """)
    }
}

extension Turn {
    fileprivate var key: String { if case .job(_, let key, _) = cause { key } else { "" } }
}

extension Bench {
    static func clockwork(
        _ springs: [Clockwork.Spring] = [], every: Duration = 1.minutes, at start: Instant = Bench.start
    ) throws -> Bench {
        let bench = try Bench([Clockwork.feature(springs, every: every)], at: start)
        if !springs.isEmpty { try bench.run("clockwork.wind", in: nil) }
        return bench
    }

    /// When the work of one kind came round, in the order in which it did.
    func strikes(_ job: String) throws -> [Instant] {
        try numbers("SELECT due FROM clockwork_strikes WHERE job = \(job) ORDER BY rowid").map(Instant.init(milliseconds:))
    }
}
