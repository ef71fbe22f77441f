import Keeping
import Kit
import Shared
import Testing
import Workbench

@Suite("Silence")
struct SilenceTests {
    @Test func `MOD-07 the undo of a silence that took the place of another is the other, for as long as it had`() throws {
        let bench = try Bench([Privacy.feature, Silence.feature])
        bench.hear(Town.seen(members: (1...3).map { Town.profile($0, named: "person-\($0)") }))
        let who: JSON = .id(Town.member(2))
        func undo() throws {
            let back = try #require(try bench.undo(of: "silence.add"))
            try bench.run(back["command"]?.text ?? "", back["arguments"] ?? .null)
        }
        try bench.run("silence.add", ["member": who, "for": "2h", "reason": "spam"])
        bench.pass(30.minutes)
        try bench.run("silence.add", ["member": who, "reason": "more spam"])
        try undo()
        let standing = try bench.run("silence.list")["rows"]?.array ?? []
        #expect(standing.count == 1 && standing[0]["reason"] == "spam")
        #expect(standing[0]["ends_ms"]?.int == (Bench.start + 2.hours).milliseconds, "\(standing)")
        bench.pass(2.hours)
        try bench.run("silence.add", ["member": who])
        try undo()
        #expect(try bench.run("silence.list")["rows"] == [])
    }
}
