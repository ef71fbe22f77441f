import Control
import Kit
import Machine
import Shared
import Testing

@Suite struct MethodTests {
    let booth: Booth
    let visitor: Visitor

    init() throws {
        booth = try Booth()
        visitor = try booth.connect()
    }

    @Test func `hello says with whom one speaks`() throws {
        let reply = try visitor.call("hello", ["proto": [1, 2], "client": "robot\u{7}", "tz": "Europe/Rome"])
        #expect(reply["jsonrpc"] == "2.0")
        let result = try #require(reply["result"])
        #expect(result["proto"] == 1 && result["version"] == "9.9" && result["boot_epoch"] == "e1" && result["role"] == "owner")
        #expect(result["guilds"] == [["id": "42", "name": "Tea House"]])
        #expect(booth.server.clients().map(\.client) == ["robot"])
    }

    @Test func `hello refuses a protocol that is not spoken`() throws {
        let reply = try visitor.call("hello", ["proto": [7]])
        #expect(reply.errorName == "invalid_value" && reply.errorField == "proto")
    }

    @Test func `hello lowers a role and never raises it again`() throws {
        #expect(try visitor.call("hello", ["role": "viewer"])["result"]?["role"] == "viewer")
        let raised = try visitor.call("hello", ["role": "owner"])
        #expect(raised.errorName == "not_permitted" && raised.errorField == "role")
        let refused = try visitor.call("notes.add", ["name": "tea"])
        #expect(refused.errorName == "not_permitted")
        #expect(refused["error"]?["code"] == -32010)
        #expect(refused["error"]?["message"]?.text?.contains("takes the role moderator, and yours is viewer") == true)
        #expect(booth.desk.notebook.notes.isEmpty)
        #expect(booth.desk.refused.map(\.method) == ["hello", "notes.add"])
        #expect(try visitor.call("hello", ["role": "king"]).hint?.contains("viewer, moderator, admin, owner") == true)
    }

    @Test func `a command answers with its data, and with a card for people who ask`() throws {
        let plain = try visitor.call("notes.add", ["name": "tea", "points": 3])
        #expect(plain["result"] == ["name": "tea", "points": 3] && plain["card"] == nil)
        let full = try visitor.ask(#"{"id":"x","method":"jot","params":{"name":"cup"},"card":true}"#)
        #expect(full["id"] == "x" && full["card"] == ["text": "a card", "lines": ["a line"]])
        #expect(booth.desk.notebook.notes.map(\.name) == ["tea", "cup"])
    }

    @Test func `pages go on where the last one ended`() throws {
        for name in ["a", "b", "c"] { booth.desk.notebook.put(name, 1) }
        let first = try visitor.call("notes.list")
        #expect(first["result"]?["rows"]?.array?.count == 2)
        let next = try #require(first["result"]?["next"])
        let second = try visitor.call("notes.list", ["cursor": next])
        #expect(second["result"] == ["rows": [["name": "c"]]])
    }

    @Test func `a dry run shows the plan and changes nothing`() throws {
        let reply = try visitor.call("notes.add", ["name": "tea", "points": 3, "dry_run": true])
        let result = try #require(reply["result"])
        #expect(result["dry_run"] == true && result["reply"] == ["name": "tea", "points": 3])
        #expect(result["changes"] == [["table": "note", "key": "tea", "before": nil, "after": 3]])
        #expect(result["effects"] == ["give role 1 to member 1 (a note)"])
        #expect(booth.desk.notebook.notes.isEmpty)
    }

    @Test func `what touches many must be confirmed with the plan's token`() throws {
        for name in ["a", "b", "c"] { booth.desk.notebook.put(name, 1) }
        let refused = try visitor.call("notes.clear")
        #expect(refused.errorName == "confirmation_needed")
        #expect(refused["error"]?["data"]?["plan"]?["changes"] == [])
        let token = try #require(refused["error"]?["data"]?["confirm"])
        #expect(booth.desk.notebook.count() == 3)
        #expect(try visitor.call("notes.clear", ["confirm": token])["result"] == .null)
        #expect(booth.desk.notebook.count() == 0)
    }

    @Test func `a key replays the stored answer and says so beside it`() throws {
        let first = try visitor.call("notes.add", ["name": "tea", "idem": "k1"])
        let again = try visitor.call("notes.add", ["name": "tea", "idem": "k1"])
        #expect(first["replayed"] == nil && again["replayed"] == true && again["result"] == first["result"])
        #expect(try visitor.call("notes.add", ["name": "cup", "idem": "k1"]).errorName == "conflict")
    }

    @Test func `a fault is told by its reference`() throws {
        let reply = try visitor.call("notes.fail")
        #expect(reply.errorName == "failed" && reply["error"]?["data"]?["reference"] == "F-1")
    }

    @Test func `an unknown method is answered with the nearest`() throws {
        #expect(try visitor.call("notes.ad").hint == "Did you mean \"notes.add\"?")
        #expect(try visitor.call("meta.panel").hint == "Did you mean \"meta.panels\"?")
        #expect(try visitor.call("xyzzy.plugh").errorName == "unknown_method")
    }

    @Test func `a member's command wants to know on whose behalf`() throws {
        #expect(try visitor.call("notes.mine", ["guild": "42"]).errorField == "as")
        #expect(try visitor.call("notes.mine", ["as": "7"]).errorField == "guild")
        #expect(try visitor.call("notes.mine", ["guild": "42", "as": "7"])["result"] == ["member": "7"])
        _ = try visitor.call("hello", ["role": "moderator"])
        #expect(try visitor.call("notes.mine", ["guild": "42", "as": "7"]).errorName == "not_permitted")
    }

    @Test func `ids as numbers are refused, since programs lose their digits`() throws {
        let envelope = try visitor.call("notes.mine", ["guild": 1_287_654_321_098_765_433, "as": "7"])
        #expect(envelope.errorField == "guild" && envelope.hint?.contains("quotation marks") == true)
        let own = try visitor.call("notes.mine", ["guild": "42", "as": "7", "of": 1_287_654_321_098_765_433])
        #expect(own.errorField == "of" && own.errorName == "invalid_value")
    }

    @Test(arguments: [
        (#"{"name":"a","dry_run":"yes"}"#, "dry_run"), (#"{"name":"a","idem":""}"#, "idem"),
        (#"{"name":"a","idem":7}"#, "idem"),
        (#"{"name":"a","if_version":"2"}"#, "if_version"), (#"{"name":"a","confirm":false}"#, "confirm"),
        (#"{"name":"a","guild":"x"}"#, "guild"), (#"{"name":"a","as":["7"]}"#, "as"), (#"{"name":"a","limit":5}"#, "limit"),
        (#"{"name":"a","nmae":"b"}"#, "nmae"), (#"{"points":5}"#, "name"), (#"{"name":"a","points":-1}"#, "points"),
    ])
    func `a wrong value names its field`(_ params: String, _ field: String) throws {
        let reply = try visitor.ask(#"{"id":1,"method":"notes.add","params":\#(params)}"#)
        #expect(reply.errorName == "invalid_value" && reply.errorField == field)
        #expect(booth.desk.notebook.notes.isEmpty)
    }

    @Test func `a change without an id is refused, a question is answered`() throws {
        #expect(try visitor.ask(#"{"method":"notes.add","params":{"name":"a"}}"#).errorName == "invalid_request")
        #expect(booth.desk.notebook.notes.isEmpty)
        #expect(try visitor.ask(#"{"method":"notes.list"}"#)["result"] == ["rows": []])
    }

    @Test func `many requests are in flight, and each answer carries its id`() throws {
        let release = booth.desk.pause()
        for id in 1...20 { visitor.send(#"{"id":\#(id),"method":"notes.list"}"#) }
        visitor.send(#"{"id":21,"method":"meta.methods"}"#)
        #expect(try visitor.next()?["id"] == 21)
        release()
        #expect(Set(try (1...20).map { _ in try visitor.next()?["id"]?.int }) == Set(1...20))
    }
}
