import Kit
import Shared
import Testing
import Workbench

@Suite("Consent")
struct ConsentTests {
    @Test func `PRV-02 somebody agrees to a version at a time, and takes it back`() throws {
        let bench = try Bench.helping()
        #expect(try bench.run("privacy.text", [:], as: 2)["agreed_version"] == nil)
        let agreed = try bench.run("privacy.agree", ["agree": 1], as: 2)
        #expect(
            agreed["agreed_version"] == 1 && agreed["agreed_ms"] == .int(Bench.start.milliseconds) && agreed["via"] == "command"
        )
        try bench.run("privacy.agree", [:], as: 2)
        #expect(try bench.numbers("SELECT COUNT(*) FROM privacy_consents") == [1])
        #expect(try bench.run("privacy.withdraw", [:], as: 2)["agreed_version"] == nil)
        bench.pass(1.minutes)
        #expect(try bench.run("privacy.agree", [:], as: 2)["agreed_version"] == 1)
        #expect(try bench.numbers("SELECT COUNT(*) FROM privacy_consents") == [2], "what was taken back is not rewritten")
    }

    @Test func `PRV-02 new words are agreed to anew, unless a server says that little has changed`() throws {
        let bench = try Bench.helping()
        try bench.run("privacy.agree", [:], as: 2)
        try bench.run("privacy.publish", ["text": "A comma more.", "again": false])
        #expect(try bench.run("privacy.text", [:], as: 2)["agreed_version"] == 1)
        try bench.run("privacy.publish", ["text": "Now kept for ever."])
        #expect(try bench.run("privacy.text", [:], as: 2)["agreed_version"] == nil)
        #expect(bench.refusal("privacy.agree", ["agree": 1], as: 2)?.kind == .conflict)
        #expect(bench.refusal("privacy.agree", ["agree": 9], as: 2)?.kind == .conflict)
        #expect(try bench.run("privacy.agree", ["agree": 3], as: 2)["agreed_version"] == 3)
        #expect(bench.refusal("privacy.unpublish", ["version": 3])?.sentence == "1 member has agreed to these words already.")
        #expect(bench.refusal("privacy.unpublish", ["version": 2])?.kind == .conflict)
        #expect(
            try bench.run("privacy.texts")["rows"]?.array?.map { $0["counts"]?.text ?? "" } == ["no more", "no more", "now"])
    }

    @Test func `PRV-02 words that nobody has agreed to can be taken back`() throws {
        let bench = try Bench.helping()
        try bench.run("privacy.publish", ["text": "Mistyped"])
        try bench.undone("privacy.publish")
        #expect(try bench.run("privacy.text", [:], as: 2)["version"] == 1)
        try bench.undone("privacy.unpublish")
        #expect(try bench.run("privacy.text", [:], as: 2)["text"] == "Mistyped")
        #expect(try bench.look("privacy.texts", [:], in: Town.guild).map(\.key) == ["2", "1"])
    }

    @Test func `PRV-03 it is exported and forgotten with the rest, and asked again`() throws {
        let bench = try Bench.helping()
        try bench.run("privacy.agree", [:], as: 2)
        let all = try bench.run("tune.export", ["member": .id(Town.member(2))])
        #expect(all["privacy"]?["consents"]?.array?.count == 1)
        try bench.run("tune.erase", ["member": .id(Town.member(2))])
        #expect(try bench.run("tickets.open", ["description": "help"], as: 2)["wants"] == "consent")
    }
}
