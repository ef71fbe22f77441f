import Kit
import Machine
import Store

/// The hot path of the store: counts of 100 000 members kept by `repeated`, each batch one durable commit.
struct CountingLoad {
    static let members: UInt64 = 100_000
    var seed: UInt64 = 0x9E37_79B9_7F4A_7C15
    let writer: SQLiteWriter

    static func measure(in folder: String) throws {
        let writer = try SQLiteLibrary(path: "\(folder)/benchmark.db").openWriter()
        try writer.run(
            """
            CREATE TABLE bench_counts (
                guild BIGINT NOT NULL, member BIGINT NOT NULL, points BIGINT NOT NULL, messages BIGINT NOT NULL,
                PRIMARY KEY (guild, member)
            )
            """)
        var load = CountingLoad(writer: writer)
        for (batch, rows) in [(1, 5000), (100, 200_000), (300, 300_000), (1000, 500_000)] {
            try load.run(batch: batch, rows: rows)
        }
    }

    private mutating func run(batch: Int, rows: Int) throws {
        let (start, cpu) = (MonotonicTime.now, processMicroseconds())
        var worst: Int64 = 0
        for _ in 0..<(rows / batch) {
            let members = (0..<batch).map { _ in nextMember() }
            let began = MonotonicTime.now
            try commit(members)
            worst = max(worst, MonotonicTime.now.nanoseconds - began.nanoseconds)
        }
        let done = Double(rows / batch * batch)
        let seconds = Double(MonotonicTime.now.nanoseconds - start.nanoseconds) / 1e9
        let name = "rows, \(batch) a commit"
        Measure(name, done / seconds, "/s").say()
        Measure("\(name), CPU each", Double(processMicroseconds() - cpu) / done, "µs").say()
        Measure("\(name), slowest commit", Double(worst) / 1e6, "ms").say()
    }

    private func commit(_ members: [Int64]) throws {
        try writer.begin()
        try writer.repeated(
            """
            INSERT INTO bench_counts (guild, member, points, messages) VALUES ($1, $2, $3, 1)
            ON CONFLICT (guild, member) DO UPDATE SET points = points + excluded.points, messages = messages + 1
            """, count: members.count
        ) { index, binder in
            binder.bind(1, Int64(1))
            binder.bind(2, members[index])
            binder.bind(3, Int64(1250))
        }
        try writer.commit()
    }

    private mutating func nextMember() -> Int64 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int64((seed >> 33) % Self.members)
    }
}
