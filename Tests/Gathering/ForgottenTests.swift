import Engine
import Gathering
import Keeping
import Kit
import Machine
import Pulse
import Shared
import Store
import Testing
import Workbench

/// Who is forgotten leaves more than rows: a seat that somebody waits for, a message that names them.
@Suite("Members who are forgotten")
struct ForgottenTests {
    /// An event for one in autumn: member 2 has the seat and was last heard of today, member 3 waits.
    private func awaited(_ options: EngineOptions = EngineOptions()) throws -> Bench {
        let features = [
            HouseFeature.feature, AuditFeature.feature, Privacy.feature, Members.feature, Activity.feature, Templates.feature,
            Events.feature,
        ]
        let bench = try Bench(features + [Tuning.feature(over: features)], options: options)
        bench.hear(Town.seen(members: (1...9).map { Town.profile($0, named: "person-\($0)") }))
        bench.hear(Said(2, at: Bench.start).event)
        try bench.event(["start": "2026-10-01 18:00", "capacity": 1])
        bench.discordTakes()
        for member in [2, 3] as [Int64] { try bench.answers(member) }
        bench.pass(10.seconds)
        bench.journal.clear()
        return bench
    }

    private func seated(_ bench: Bench) throws -> [Int64] {
        try bench.numbers("SELECT member FROM events_answers WHERE waits = 0")
    }

    @Test func `MOD-07 whoever is purged gives up the seat, and who gets it hears of it`() throws {
        let bench = try awaited()
        bench.pass(40.days)
        bench.journal.clear()
        #expect(try bench.run("members.purge", ["days": 30])["total"] == 1)
        bench.pass(1.seconds)
        #expect(try seated(bench) == [1003])
        #expect(bench.deeds == ["writes to 3"])
        bench.pass(20.seconds)
        #expect(bench.deeds == ["writes to 3", "draws"])
        let kept = try bench.run("tune.export", ["member": .id(Town.member(3))])["privacy"]
        #expect(kept?["private_messages"]?[0]?["sent"] == 1)
    }

    @Test func `PRV-04 what an erasure sets off is done as well when a restored house repeats it`() throws {
        let library = try SQLiteLibrary.temporary()
        let path = library.path + ".erasures"
        let bench = try awaited(EngineOptions(erasures: path))
        let line: JSON = [
            "receipt": "r1", "guild": .id(Town.guild), "member": .id(Town.member(2)),
            "at_ms": .int(bench.clock.now.milliseconds),
        ]
        try Files.append(Array((line.line + "\n").utf8), to: path)
        try bench.restart()
        #expect(try seated(bench) == [1003])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_erasures") == [1])
        bench.pass(20.seconds)
        #expect(bench.deeds == ["writes to 3", "draws"])
    }

    @Test func `LEAD-06 what is a member's own choice only they take back`() throws {
        let bench = try awaited()
        try bench.answers(3, "maybe")
        let entry = try #require(
            try bench.texts("SELECT id FROM house_audit WHERE command = 'events.rsvp' ORDER BY id DESC").first)
        do {
            try bench.run("audit.undo", ["id": .string(entry)], as: 4)
            Issue.record("another member's answer was taken back")
        } catch let refusal as Refusal {
            #expect(refusal.kind == .forbidden && refusal.sentence.contains("theirs to take back"))
        }
        #expect(try bench.numbers("SELECT COUNT(*) FROM events_answers WHERE member = 1004") == [0])
        try bench.run("audit.undo", ["id": .string(entry)], as: 3)
        #expect(try bench.texts("SELECT answer FROM events_answers WHERE member = 1003") == ["going"])
    }
}
