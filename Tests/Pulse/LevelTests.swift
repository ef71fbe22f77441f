import Kit
import Pulse
import Shared
import Testing
import Workbench

extension Bench {
    /// A server where points become levels, badges and seasons.
    static func standing(members count: Int64 = 6, at start: Instant = Bench.start) throws -> Bench {
        let features = [Activity.feature, Levels.feature, Badges.feature, Seasons.feature, Analytics.feature]
        let bench = try Bench(features + [Tuning.feature(over: features)], at: start)
        bench.hear(
            Town.seen(
                roles: [Town.everyone([.viewChannel, .sendMessages])],
                members: (1...count).map { Town.profile($0, named: "person-\($0)") }))
        return bench
    }

    /// So many messages, a minute apart, in one batch.
    func chat(_ member: Int64, _ count: Int, from moment: Instant, in place: Int64 = 1) {
        hear((0..<count).map { Said(member, in: place, at: moment + Int($0).minutes, extra: member * 100 + Int64($0)).event })
    }

    func refusing(_ command: String, _ params: JSON, in guild: ID<Guild>? = Town.guild) -> Refusal? {
        do { try run(command, params, in: guild) } catch { return error as? Refusal }
        return nil
    }

    /// What was posted since the journal was cleared.
    var posted: [Card] { journal.cards }

    /// What was posted in a channel, each once: what was not received is carried again after a restart.
    func posts(in place: Int64) -> [Post] {
        var seen: Set<Int64> = []
        return journal.parcels.compactMap { parcel in
            guard case .post(.known(Town.channel(place)), let post) = parcel.effect, seen.insert(parcel.id).inserted else {
                return nil
            }
            return post
        }
    }
}

@Suite("Levels")
struct LevelTests {
    @Test func `RWD-07 the known curves cost what they are known to cost`() throws {
        let bench = try Bench.standing()
        func costs(_ params: JSON) throws -> [Double] {
            try bench.run("levels.curve", params)["rows"]?.array?.compactMap { $0["points"]?.double } ?? []
        }
        // A level takes 5·L² + 50·L + 100 experience more than the one before it.
        #expect(try costs(["curve": "mee6", "per_point": 1, "limit": 5]) == [100, 255, 475, 770, 1150])
        #expect(try costs(["curve": "amari", "per_point": 1, "limit": 4]) == [35, 55, 115, 215])
        #expect(try costs(["curve": "lurkr", "per_point": 1, "limit": 3]) == [100, 150, 300])
        #expect(try costs(["curve": "linear", "per_point": 20, "limit": 3]) == [5, 10, 15])
        #expect(try costs(["own": "1 0 2", "per_point": 1, "limit": 3]) == [3, 6, 11])
    }

    @Test func `RWD-07 a level follows from points, is told once as news, and goes back with them`() throws {
        let bench = try Bench.standing()
        try bench.tune("levels.curve", "linear")
        try bench.run("badges.add", ["name": "Talker", "emoji": "🗣️", "occasion": "level 1"])
        bench.chat(1, 1, from: .noon())
        #expect(try bench.run("levels.show", ["member": .id(Town.member(1))])["level"] == 0)
        bench.chat(1, 1, from: .noon(5.minutes))
        let shown = try bench.run("levels.show", ["member": .id(Town.member(1))])
        #expect(shown["level"] == 1 && shown["points"] == 5 && shown["missing"] == 5 && shown["percent"] == 0)
        #expect(try bench.numbers("SELECT member FROM badges_held") == [Town.member(1).number])
        // Points go and come again: the level goes and comes, the news does not.
        let said = Said(2, at: .noon(6.minutes), extra: 7)
        bench.say(said)
        bench.hear(.reactionAdded(Town.reaction(1, on: said.id, of: 2)), .reactionRemoved(Town.reaction(1, on: said.id, of: 2)))
        #expect(try bench.numbers("SELECT COUNT(*) FROM levels_told") == [1])
        #expect(try bench.numbers("SELECT level FROM levels_told WHERE member = \(Town.member(1))") == [1])
    }

    @Test func `RWD-07 what the level would be on another curve is shown, and nothing is changed`() throws {
        let bench = try Bench.standing()
        for member in Int64(1)...3 { bench.chat(member, Int(member) * 5, from: .noon(Int(member).hours)) }
        bench.step()
        let rows = try bench.run("levels.curve", ["curve": "linear", "per_point": 10, "limit": 3])["rows"]?.array
        // 8, 13 and 18 points: a level takes ten of them.
        #expect(rows?.map { $0["members"] } == [2, 0, 0])
        #expect(
            try bench.run("levels.show", ["member": .id(Town.member(3))])["level"] != 1, "the server's own curve is another")
    }

    @Test func `RWD-07 nothing is said of levels unless a setting says where, and nobody is pinged`() throws {
        let bench = try Bench.standing()
        try bench.tune("levels.curve", "linear")
        bench.journal.clear()
        bench.chat(1, 3, from: .noon())
        #expect(bench.posted.isEmpty)
        try bench.tune("levels.tell", "here")
        try bench.tune("levels.text", "{member}: {level} in {server}, {points}")
        bench.chat(1, 5, from: .noon(1.hours))
        #expect(
            bench.posted.last?.text.pieces == [
                .member(Town.member(1)), .words(": "), .words("2"), .words(" in "), .quoted("Town"), .words(", "),
                .points(10_000),
            ])
        try bench.tune("levels.tell", "channel")
        try bench.tune("levels.channel", .id(Town.channel(3)))
        bench.chat(1, 5, from: .noon(2.hours))
        guard case .post(.known(let place), let post)? = bench.journal.parcels.last?.effect else { throw Bench.Silence() }
        #expect(place == Town.channel(3) && post.mentions == .nobody)
    }

    @Test func `RWD-07 who leaves begins anew where that is set, keeps the points, and can be given the level back`() throws {
        let bench = try Bench.standing()
        try bench.tune("levels.curve", "linear")
        try bench.tune("levels.reset_on_leave", true)
        bench.chat(1, 20, from: .noon())
        bench.hear(.memberLeft(Town.member(1), guild: Town.guild))
        let shown = try bench.run("levels.show", ["member": .id(Town.member(1))])
        #expect(shown["level"] == 0 && shown["points"] == 23 && shown["earned"] == 0)
        try bench.restart()
        bench.chat(1, 5, from: .noon(3.hours))
        #expect(try bench.run("levels.show", ["member": .id(Town.member(1))])["level"] == 1, "also after a restart")
        #expect(try bench.run("levels.restore", ["member": .id(Town.member(1))])["level"] == 6)
        #expect(bench.refusing("levels.restore", ["member": .id(Town.member(1))])?.kind == .conflict)
        #expect(try bench.run("levels.reset", ["member": .id(Town.member(1))])["level"] == 0)
    }

    @Test(
        arguments: [
            ("levels.curve", ["own": "1"]), ("levels.curve", ["own": "-1 0"]), ("levels.curve", ["own": "0 0"]),
            ("levels.curve", ["own": "x y"]), ("levels.curve", ["own": "1 2 3 4 5 6"]), ("levels.curve", ["curve": "mee7"]),
            ("levels.curve", ["per_point": 0]), ("levels.show", ["member": "nobody"]), ("levels.show", ["member": "12345678"]),
            ("levels.reset", ["member": "person-2"]), ("levels.show", ["membr": "person-2"]),
        ] as [(String, JSON)])
    func `what levels cannot do is refused with what to do instead`(_ command: String, _ params: JSON) throws {
        let bench = try Bench.standing()
        let refusal = try #require(bench.refusing(command, params))
        #expect(refusal.field != nil || refusal.kind == .conflict || refusal.kind == .notFound)
        #expect(refusal.sentence.count > 15)
    }

    @Test func `levels are exported and erased`() throws {
        let bench = try Bench.standing()
        try bench.tune("levels.curve", "linear")
        bench.chat(1, 8, from: .noon())
        try bench.run("levels.reset", ["member": .id(Town.member(1))])
        bench.chat(1, 8, from: .noon(1.hours))
        let export = try bench.run("tune.export", ["member": .id(Town.member(1))])["levels"]
        #expect(export?["told"]?[0]?["level"] == 2 && export?["starts"]?[0]?["points"] == 11)
        try bench.run("tune.erase", ["member": .id(Town.member(1))])
        for table in ["levels_told", "levels_starts"] as [StaticString] {
            #expect(try bench.numbers("SELECT COUNT(*) FROM \(words: table)") == [0])
        }
        bench.chat(1, 2, from: .noon(3.hours))
        #expect(try bench.run("levels.show", ["member": .id(Town.member(1))])["level"] == 1, "points count from nought again")
    }

    @Test func `the level is a measure for rules, of everybody or of one`() throws {
        let bench = try Bench.standing()
        try bench.tune("levels.curve", "linear")
        for member in Int64(1)...3 { bench.chat(member, Int(member) * 5, from: .noon(Int(member).hours)) }
        let rows = try bench.look("levels.list", [:], in: Town.guild).map(\.row)
        #expect(rows.map { $0["level"] } == [3, 2, 1])
        let spread = try bench.look("levels.spread", [:], in: Town.guild).map { $0.row["members"] }
        #expect(spread == [0, 1, 1, 1])
    }
}
