import Engine
import Kit
import Shared
import Testing
import Workbench

@Suite("The socket's requests")
struct SocketTests {
    @Test func `a dry run shows the plan and changes nothing, in rows or in memory`() throws {
        let bench = try Bench.toy()
        let tables: [SQL] = ["SELECT mark FROM toy_marks", "SELECT command FROM house_audit", "SELECT nonce FROM house_outbox"]
        guard case .planned(let plan, let confirm, _) = try bench.request("toy.note", ["mark": "x"], { $0.isDryRun = true })
        else {
            Issue.record("no plan")
            return
        }
        #expect(plan.changes == [Change("note", before: .null, after: "x")])
        #expect(confirm == nil)
        _ = try bench.request("toy.stumble", ["refuses": true]) { $0.isDryRun = true }
        for table in tables { #expect(try bench.texts(table) == []) }
        #expect(try bench.memory(1) == 0)
    }

    @Test func `a confirmation is bound to its plan`() throws {
        let bench = try Bench.toy()
        guard case .refused(let refusal) = try bench.request("toy.crowd", ["members": 26]) else {
            Issue.record("not asked")
            return
        }
        #expect(refusal.kind == .unconfirmed)
        #expect(try bench.marks() == [])
        let token = try #require(refusal.confirmation?.token)
        guard case .planned(_, let planned, _) = try bench.request("toy.crowd", ["members": 26], { $0.isDryRun = true }) else {
            Issue.record("no plan")
            return
        }
        #expect(planned == token)
        try bench.tune("toy.greeting", "changed")
        guard case .refused(let again) = try bench.request("toy.crowd", ["members": 26], { $0.confirm = token }) else {
            Issue.record("the old token was taken")
            return
        }
        #expect(again.confirmation?.token != token)
        guard case .reply = try bench.request("toy.crowd", ["members": 26], { $0.confirm = again.confirmation?.token }) else {
            Issue.record("the new token was refused")
            return
        }
        #expect(try bench.marks() == ["crowd"])
        guard case .reply = try bench.request("toy.crowd", ["members": 25]) else { Issue.record("a few need none"); return }
    }

    @Test func `the same key and request get the stored answer, another request is refused`() throws {
        let bench = try Bench.toy()
        for turn in 0..<3 {
            let answer = try bench.request("toy.note", ["mark": "x"]) { $0.idem = "k" }
            switch answer {
            case .reply(let data, _, _, _): #expect(turn == 0 && data == 1)
            case .replayed(let data): #expect(turn > 0 && data == 1)
            default: Issue.record("\(answer)")
            }
            if turn == 1 { try bench.restart() }
        }
        #expect(try bench.marks() == ["x"])
        guard case .refused(let refusal) = try bench.request("toy.note", ["mark": "y"], { $0.idem = "k" }) else {
            Issue.record("taken")
            return
        }
        #expect(refusal.kind == .conflict)
        bench.pass(25.hours)
        guard case .reply = try bench.request("toy.note", ["mark": "y"], { $0.idem = "k" }) else {
            Issue.record("kept"); return
        }
    }

    @Test func `the nearest setting counts`() throws {
        let bench = try Bench.toy()
        try bench.run("tune.set", ["name": "toy.greeting", "value": "\"house\"", "scope": "house"])
        #expect(try bench.run("toy.greet") == "house")
        try bench.tune("toy.greeting", "guild")
        #expect(try bench.run("toy.greet") == "guild")
        try bench.restart()
        #expect(try bench.run("toy.greet") == "guild")
    }

    @Test func `each entry of the audit covers the one before it, and erasing details breaks nothing`() throws {
        let bench = try Bench.toy()
        for word in ["a", "no", "b"] { _ = try bench.request("toy.note", ["mark": .string(word)]) }
        let entries = try bench.store.all(
            "SELECT id, at, door, guild, command, outcome, digest, previous, hash FROM house_audit ORDER BY id"
        ) { row in
            (
                text: [row.text(7)] + (0...6).map { row.isNull($0) ? "0" : row.text($0) }, previous: row.text(7),
                hash: row.text(8)
            )
        }
        #expect(entries.map { $0.text[6] } == ["done", "refused: That is no note.", "done"])
        var before = ""
        for entry in entries {
            #expect(entry.previous == before)
            #expect(entry.hash == SHA256.hex(of: entry.text.joined(separator: "\n").utf8))
            before = entry.hash
        }
        let details = try bench.store.all(
            "SELECT d.salt, d.asker, d.detail, a.digest FROM house_audit_details d JOIN house_audit a ON a.id = d.id"
        ) { row in (0...3).map { row.text($0) } }
        for one in details { #expect(SHA256.hex(of: "\(one[0])\n\(one[1])\n\(one[2])".utf8) == one[3]) }
    }
}
