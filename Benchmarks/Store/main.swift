import Kit
import Machine
import Store

/// Rows per second and CPU per row of the hot path: counts kept by `repeated`, each batch one durable commit.
///
///     hearth-benchmarks FOLDER

/// 100 000 members' counts, written as the engine writes them.
struct CountingLoad {
    static let members: UInt64 = 100_000
    var seed: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func nextMember() -> Int64 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int64((seed >> 33) % Self.members)
    }

    /// Answers what one batch size reached.
    mutating func run(on writer: SQLiteWriter, batch: Int, rows: Int) throws -> String {
        let (start, cpu) = (MonotonicTime.now, processMicroseconds())
        var worst: Int64 = 0
        for _ in 0..<(rows / batch) {
            let members = (0..<batch).map { _ in nextMember() }
            let began = MonotonicTime.now
            try writer.begin()
            try writer.repeated(
                """
                INSERT INTO bench_counts (guild, member, points, messages) VALUES ($1, $2, $3, 1)
                ON CONFLICT (guild, member) DO UPDATE SET points = points + excluded.points, messages = messages + 1
                """, count: batch
            ) { index, binder in
                binder.bind(1, Int64(1))
                binder.bind(2, members[index])
                binder.bind(3, Int64(1250))
            }
            try writer.commit()
            worst = max(worst, MonotonicTime.now.nanoseconds - began.nanoseconds)
        }
        let done = rows / batch * batch
        let seconds = Double(MonotonicTime.now.nanoseconds - start.nanoseconds) / 1e9
        let perRow = Double(processMicroseconds() - cpu) / Double(done)
        return "\(batch)\t\(Int(Double(done) / seconds))\t\(Double(Int(perRow * 100)) / 100)\t\(Double(worst / 10_000) / 100)"
    }
}

func measure(in folder: String) throws {
    try Files.makeFolder(folder)
    let path = "\(folder)/benchmark.db"
    for suffix in ["", "-wal", "-shm"] where Files.exists(path + suffix) { try Files.remove(path + suffix) }
    let writer = try SQLiteLibrary(path: path).openWriter()
    try writer.run(
        """
        CREATE TABLE bench_counts (
            guild BIGINT NOT NULL, member BIGINT NOT NULL, points BIGINT NOT NULL, messages BIGINT NOT NULL,
            PRIMARY KEY (guild, member)
        )
        """)
    var load = CountingLoad()
    print("SQLite \(SQLiteLibrary.version), synchronous=FULL")
    print("rows per commit\trows/s\tCPU µs/row\tworst commit ms")
    for (batch, rows) in [(1, 5000), (100, 200_000), (300, 300_000), (1000, 500_000)] {
        print(try load.run(on: writer, batch: batch, rows: rows))
    }
}

if CommandLine.arguments.count == 2 {
    try measure(in: CommandLine.arguments[1])
} else {
    print("usage: hearth-benchmarks FOLDER")
}
