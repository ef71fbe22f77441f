import Kit
import Pulse
import Shared
import Testing
import Workbench

@Suite("What activity keeps")
struct RecordTests {
    @Test func `ACT-10 no text is kept until a server switches it on, and none anywhere else`() throws {
        let bench = try Bench.activity()
        bench.say(Said(1, "a very private word", at: .noon()))
        #expect(try bench.numbers("SELECT COUNT(*) FROM activity_texts") == [0])
        #expect(try Self.everything(bench).contains { $0.contains("private") } == false)
    }

    @Test func `ACT-10 kept text is truncated, goes with its message, and ages`() throws {
        let bench = try Bench.activity()
        try bench.tune("activity.keep_text", true)
        try bench.tune("activity.text_length", 5)
        try bench.tune("activity.text_age", "2 d")
        let said = Said(1, "\"né\u{301}e\" and more", at: .noon())
        bench.say(said, Said(1, "gone", at: .noon(1.seconds)), Said(2, "stays", at: .noon(1.days)))
        #expect(
            try bench.texts("SELECT body FROM activity_texts ORDER BY message") == [
                "\"né\u{301}e\"".prefix(5) + "", "gone", "stays",
            ])
        bench.hear(.messagesDeleted([Said(1, at: .noon(1.seconds)).id], channel: Town.channel(1), guild: Town.guild))
        #expect(try bench.numbers("SELECT COUNT(*) FROM activity_texts") == [2])
        bench.pass(2.days + 1.hours, by: 1.hours)
        #expect(try bench.texts("SELECT body FROM activity_texts") == ["stays"])
        #expect(try bench.stood(1).messages == 2)
    }

    @Test func `an erased member is in no table, the others stay, and counting goes on`() throws {
        let bench = try Bench.activity()
        try Self.live(bench)
        let id = Town.member(1).description
        #expect(try Self.everything(bench).contains { $0.contains(id) })
        let others = try bench.stood(2)
        try bench.run("tune.erase", ["member": .string(id)])
        #expect(try Self.everything(bench).filter { $0.contains(id) } == [])
        #expect(try bench.stood(2) == others)
        bench.say(Said(1, at: bench.clock.now, extra: 9))
        #expect(try bench.stood(1) == Stood(points: 4000, messages: 1, streak: 1, best: 1))
        try bench.restart()
        bench.say(Said(1, at: bench.clock.now, extra: 10))
        #expect(try bench.stood(1) == Stood(points: 5000, messages: 2, streak: 1, best: 1))
    }

    @Test func `an export has every row that is about a member, and nobody else's`() throws {
        let bench = try Bench.activity()
        try Self.live(bench)
        let member = Town.member(1)
        let data = try #require(try bench.run("tune.export", ["member": .id(member)])["activity"])
        let kept: [(String, SQL)] = [
            ("messages", "SELECT COUNT(*) FROM activity_facts WHERE author = \(member)"),
            ("reactions", "SELECT COUNT(*) FROM activity_reactions WHERE giver = \(member)"),
            ("days", "SELECT COUNT(*) FROM activity_ledger WHERE member = \(member)"),
            ("standings", "SELECT COUNT(*) FROM activity_standings WHERE member = \(member)"),
            ("voice", "SELECT COUNT(*) FROM activity_voice WHERE member = \(member)"),
            ("texts", "SELECT COUNT(*) FROM activity_texts WHERE author = \(member)"),
        ]
        for (name, sql) in kept {
            let rows = try bench.numbers(sql)[0]
            #expect(rows > 0, "\(name) has nothing to export")
            #expect(data[name]?.array?.count == Int(rows), "\(name)")
        }
        let nobody = try #require(try bench.run("tune.export", ["member": .id(Town.member(77))])["activity"]?.object)
        #expect(nobody.members.allSatisfy { $0.value == .array([]) })
    }

    /// Two members, who leave something in every table.
    private static func live(_ bench: Bench) throws {
        try bench.tune("activity.keep_text", true)
        try bench.tune("activity.voice", 1)
        let first = Said(1, at: .noon())
        bench.say(first, Said(2, at: .noon(1.seconds), replyTo: (first.id, 1)))
        bench.hear(.reactionAdded(Town.reaction(2, on: first.id, of: 1)))
        bench.hear(.reactionAdded(Town.reaction(1, on: Said(2, at: .noon(1.seconds)).id, of: 2)))
        bench.hear(.voice(Town.voice(1, in: 1)), .voice(Town.voice(2, in: 1)))
        bench.pass(1.days, by: 1.hours)
    }

    /// Every row of every table of activity, as text.
    private static func everything(_ bench: Bench) throws -> [String] {
        try bench.texts("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'activity_%' ORDER BY name")
            .flatMap { table -> [String] in
                let columns = try bench.texts("SELECT name FROM pragma_table_info(\(table))")
                let all = columns.map { "COALESCE(CAST(\($0) AS TEXT), '')" }.joined(separator: " || '|' || ")
                return try bench.texts(SQL(stringLiteral: "SELECT '\(table)|' || \(all) FROM \(table)"))
            }
    }
}
