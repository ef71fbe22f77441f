import Kit
import Shared
import Testing
import Workbench

@Suite("Attendance of events")
struct AttendanceTests {
    private func bench(_ params: JSON = ["voice": .id(Town.channel(3)), "reminders": "none"]) throws -> Bench {
        let bench = try Bench.events()
        try bench.event(params)
        for member in [2, 3, 4] as [Int64] { try bench.answers(member) }
        bench.discordTakes()
        return bench
    }

    private func states(_ bench: Bench) throws -> [Int64: String] {
        (try bench.run("events.attendance", ["id": 1])["rows"]?.array ?? []).reduce(into: [:]) { all, row in
            all[(row["member"]?["id"]?.id(Member.self)?.number ?? 0) - 1000] = row["state"]?.text
        }
    }

    @Test func `EVT-09 who is in the voice channel long enough came; who was going and was not there did not`() throws {
        let bench = try bench()
        bench.hear(.voice(Town.voice(2, in: 3)), .voice(Town.voice(5, in: 3)))
        bench.pass(30.hours)
        bench.hear(.voice(Town.voice(3, in: 3)))
        bench.pass(5.minutes)
        #expect(try states(bench) == [2: "there now", 3: "there now", 5: "there now"])
        bench.hear(.voice(Town.voice(3, in: nil)), .voice(Town.voice(2, in: 3, muted: true)))
        bench.pass(20.minutes)
        bench.hear(.voice(Town.voice(5, in: nil)))
        bench.pass(2.hours)
        #expect(try states(bench) == [2: "attended", 3: "missed", 4: "missed", 5: "attended"])
        #expect(try bench.run("events.attendance", ["id": 1])["rows"]?[0]?["minutes"] == 120)
        #expect(try bench.measured("attended", days: 30) == [2: 1, 5: 1])
        #expect(try bench.measured("missed", days: nil) == [3: 1, 4: 1])
        bench.pass(31.days)
        #expect(try bench.measured("attended", days: 30).isEmpty)
        #expect(try bench.measured("attended", days: 365) == [2: 1, 5: 1])
    }

    @Test func `EVT-09 members are marked, several at once, and marks are taken back`() throws {
        let bench = try bench(["reminders": "none"])
        #expect(bench.refusal("events.attend", ["id": 1, "members": "1002"])?.kind == .conflict)
        bench.pass(33.hours, by: 30.minutes)
        #expect(try bench.run("events.attendance", ["id": 1])["rows"] == [])
        try bench.run("events.attend", ["id": 1, "members": "<@1002> person-5 1003=no"])
        #expect(try states(bench) == [2: "attended", 3: "missed", 4: "missed", 5: "attended"])
        let undo = try #require(try bench.undo(of: "events.attend"))
        try bench.run("events.attend", undo["arguments"] ?? .null)
        #expect(try states(bench) == [2: "missed", 3: "missed", 4: "missed", 5: "too short"])
        #expect(try bench.measured("missed", days: 7) == [2: 1, 3: 1, 4: 1])
        try bench.run("events.attend", ["id": 1, "members": "going"])
        #expect(try bench.measured("attended", days: 7) == [2: 1, 3: 1, 4: 1])
        #expect(bench.refusal("events.attend", ["id": 1, "members": "nobody-here"])?.field == "members")
        #expect(bench.refusal("events.attend", ["id": 1, "members": "1002=perhaps"])?.field == "members")
    }

    @Test func `a mark counts before what the voice channel says`() throws {
        let bench = try bench()
        bench.hear(.voice(Town.voice(2, in: 3)))
        bench.pass(31.hours)
        try bench.run("events.attend", ["id": 1, "members": "1002", "came": "no"])
        bench.pass(2.hours)
        #expect(try states(bench)[2] == "missed")
    }

    @Test func `an event that the bot slept through blames nobody`() throws {
        let bench = try bench()
        bench.clock.pass(40.hours)
        try bench.restart()
        bench.step()
        #expect(try bench.run("events.attendance", ["id": 1])["rows"] == [])
    }

    @Test func `after a session that could not be resumed, who is there is there from now on, and who is gone had left`() throws
    {
        let bench = try bench()
        bench.hear(.voice(Town.voice(2, in: 3)), .voice(Town.voice(3, in: 3)))
        bench.pass(30.hours, by: 30.minutes)
        bench.pass(20.minutes)
        bench.hear(
            Town.seen(
                channels: [Town.place(1), Town.place(2), Town.place(3, type: 2)],
                members: (1...9).map { Town.profile($0, named: "person-\($0)") },
                voice: [Town.voice(3, in: 3), Town.voice(5, in: 3)]))
        bench.pass(5.minutes)
        bench.hear(.voice(Town.voice(5, in: nil)))
        bench.pass(2.hours, by: 30.minutes)
        let rows = try bench.run("events.attendance", ["id": 1])["rows"]?.array ?? []
        let minutes = rows.reduce(into: [:]) { $0[$1["member"]?["name"]?.text ?? ""] = $1["minutes"]?.int }
        #expect(minutes == ["person-2": 20, "person-3": 120, "person-4": 0, "person-5": 5])
        #expect(try states(bench)[5] == "too short")
    }

    @Test func `who does not want to be counted is not`() throws {
        let bench = try bench()
        try bench.declines(2, "counting")
        bench.hear(.voice(Town.voice(2, in: 3)))
        bench.pass(33.hours, by: 30.minutes)
        #expect(try states(bench) == [3: "missed", 4: "missed"])
    }

    @Test func `the panels show the agenda, the answers and who came`() throws {
        let bench = try bench()
        let agenda = try bench.look("events.agenda", [:], in: Town.guild)
        #expect(agenda.map { $0.row["going"] } == [3] && agenda[0].row["where"] == "room-3")
        #expect(try bench.look("events.answers", ["id": "1"], in: Town.guild).count == 3)
        bench.hear(.voice(Town.voice(2, in: 3)))
        bench.pass(33.hours, by: 30.minutes)
        let came = try bench.look("events.attendance", ["id": "1"], in: Town.guild)
        #expect(came.map { $0.row["state"] } == ["attended", "missed", "missed"])
        #expect(try bench.look("events.agenda", ["what": "over"], in: Town.guild).count == 1)
    }
}
