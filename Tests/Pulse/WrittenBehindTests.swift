import Kit
import Pulse
import Shared
import Store
import Testing
import Workbench

@Suite("What is written behind")
struct WrittenBehindTests {
    private static let count: SQL = "SELECT COALESCE(SUM(messages), 0) FROM activity_standings"

    @Test func `P1: facts are on disk with their commit, and what is folded from them is there again after a crash`() throws {
        let bench = try Bench.activity()
        for number in Int64(1)...5 { bench.say(Said(number % 2 + 1, in: number % 3 + 1, at: .noon(.seconds(number)))) }
        #expect(try bench.numbers("SELECT COUNT(*) FROM activity_facts") == [5])
        #expect(try bench.numbers(Self.count) == [0])
        let peaceful = try Bench.activity()
        for number in Int64(1)...5 { peaceful.say(Said(number % 2 + 1, in: number % 3 + 1, at: .noon(.seconds(number)))) }
        try bench.restart()
        #expect(try bench.numbers(Self.count) == [5])
        for member in Int64(1)...2 {
            #expect(try bench.stood(member) == peaceful.stood(member))
            #expect(try bench.profile(member) == peaceful.profile(member))
            #expect(try bench.why(member) == peaceful.why(member))
        }
        #expect(try bench.numbers("SELECT messages FROM activity_hours") == [5])
    }

    @Test func `whoever asks reads all that was committed before`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon()), Said(1, at: .noon(1.seconds)))
        #expect(try bench.numbers(Self.count) == [0])
        #expect(try bench.profile(1)["messages"] == 2)
        #expect(try bench.board().map { $0["messages"] } == [2])
        bench.say(Said(2, at: .noon(2.seconds)))
        let lines = try bench.look("activity.leaderboard", ["period": "all"], in: Town.guild)
        #expect(lines.count == 2)
    }

    @Test func `rows are written behind some twenty commits at most`() throws {
        let bench = try Bench.activity()
        var seen: Set<Int64> = []
        for number in Int64(0)..<60 {
            bench.say(Said(1, at: .noon(.seconds(number)), extra: number))
            seen.formUnion(try bench.numbers(Self.count))
        }
        #expect(seen == [0, 20, 40, 60])
    }

    @Test func `P1: in a flood of many members rows wait for more facts, and a crash takes none of them`() throws {
        let bench = try Bench.activity()
        for batch in Int64(0)..<25 {
            bench.hear((1...100).map { Said($0 + 100 * batch, at: .noon(.seconds(batch)), extra: $0).event })
        }
        #expect(try bench.numbers(Self.count) == [0])
        try bench.restart()
        #expect(try bench.numbers(Self.count) == [2500])
        for batch in Int64(25)..<45 {
            bench.hear((1...100).map { Said($0 % 5 + 1, at: .noon(.seconds(batch)), extra: $0).event })
        }
        #expect(try bench.numbers(Self.count) == [4500])
    }

    @Test func `a message that is older than the mark is in the rows with its own commit`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, at: .noon(1.minutes)))
        bench.step()
        bench.say(Said(2, in: 2, at: .noon()))
        #expect(try bench.numbers(Self.count) == [2])
        try bench.restart()
        #expect(try bench.stood(2).messages == 1)
        #expect(try bench.stood(1).messages == 1)
    }

    @Test func `a failing neighbour takes nothing of what is only in memory with it`() throws {
        let clumsy = Feature(
            "clumsy", "Fails", version: "1",
            listeners: [
                .message("clumsy.stumble", order: 50) { _, message in
                    if message.contentText == "trip" { throw Refusal.unavailable("stumbled") }
                    return .passed
                }
            ], export: { _, _ in .null }, erase: { _, _ in 0 })
        let bench = try Bench([Activity.feature, clumsy])
        bench.hear(Town.seen())
        bench.say(Said(1, at: .noon()))
        bench.say(Said(1, "trip", at: .noon(1.seconds)), Said(2, at: .noon(2.seconds)))
        #expect(try bench.stood(1).messages == 2)
        #expect(try bench.stood(2).messages == 1)
    }

    @Test func `a ledger with a row for each channel is packed into one for each day`() throws {
        let library = try SQLiteLibrary.temporary()
        let schema = Activity.feature.schema
        func open(_ migrations: [Migration]) throws -> SQLiteWriter {
            try StoreOpening(path: library.path, features: [("activity", migrations)], version: "1", now: .noon()).open().writer
        }
        do {
            let old = try open(Array(schema.prefix { $0.name < "activity-004" }))
            for (day, member, channel, points) in [(1, 5, 70, 4000), (1, 5, 71, -1500), (1, 6, 70, 1000), (2, 5, 70, 2000)] {
                try old.run(
                    """
                    INSERT INTO activity_ledger VALUES (1, \(day), \(member), \(channel), \(points), 2, 0, 1, 0, 0, 0, 0, 60000, 7)
                    """)
            }
            try old.run("INSERT INTO activity_facts VALUES (900, 1, 70, 5, 0, 1000, 1, 0, 1)")
            try old.stop()
        }
        let new = try open(schema)
        let rows = try new.all(
            "SELECT day, member, points, messages, voice, LENGTH(places) FROM activity_ledger ORDER BY day, member"
        ) { row in (0..<6).map { row.int($0) } }
        #expect(rows.map { $0.prefix(5) } == [[1, 5, 2500, 4, 120_000], [1, 6, 1000, 2, 60000], [2, 5, 2000, 2, 60000]])
        #expect(rows[0][5] == rows[1][5] * 2)
        #expect(try new.all("SELECT message FROM activity_folded") { $0.int(0) } == [900])
    }
}
