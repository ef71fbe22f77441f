import Control
import Kit
import Machine
import Shared
import Testing

/// What somebody says of themselves beside what the kernel says of their account.
@Suite struct NameTests {
    @Test func `LEAD-30: a name stands beside the account, is told to the house, and gives no right`() throws {
        let booth = try Booth(roles: RoleBook(ownUser: 1, users: [.viewer: [500]]))
        let visitor = try booth.connect()
        let hello = try visitor.call("hello", ["name": "root", "client": "console"])["result"]
        #expect(hello?["account"] == "ann" && hello?["name"] == "root" && hello?["role"] == "viewer")
        #expect(booth.server.clients().first?.json["alias"] == "root")
        #expect(booth.server.clients().first?.json["since_ms"] == 1_060_000)
        #expect(try visitor.call("notes.add", ["name": "tea"]).errorName == "not_permitted")
        #expect(try visitor.call("hello", ["name": "root", "role": "owner"]).errorName == "not_permitted")
    }

    @Test func `LEAD-30: a name is said once: whom sshd has named stays so`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        #expect(try visitor.call("hello")["result"]?["name"] == "")
        #expect(try visitor.call("hello", ["name": "mo"])["result"]?["name"] == "mo")
        let again = try visitor.call("hello", ["name": "ayla"])
        #expect(again.errorName == "not_permitted" && again.errorField == "name")
        #expect(try visitor.call("hello", ["name": "mo"])["result"]?["name"] == "mo")
        #expect(try visitor.call("hello")["result"]?["name"] == "mo")
        #expect(booth.desk.refused.map(\.sentence) == ["This connection is mo's; a name is said once."])
    }

    @Test(arguments: ["", "two words", "-as", "mo\u{202E}", "naïve", "a/b", String(repeating: "a", count: 33), "\u{0}"])
    func `a name is a plain word`(_ name: String) throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        let answer = try visitor.call("hello", ["name": .string(name)])
        #expect(answer.errorName == "invalid_value" && answer.errorField == "name", "\(name.debugDescription)")
        #expect(try visitor.call("hello", ["name": 7]).errorName == "invalid_value")
        #expect(try visitor.call("hello")["result"]?["name"] == "")
    }

    @Test func `LEAD-29: who leaves the console is written down, programs are not`() throws {
        let booth = try Booth()
        let witness = try booth.connect()
        do {
            let console = try booth.connect()
            #expect(try console.call("hello", ["client": "console", "name": "mo"])["result"] != nil)
            let program = try booth.connect()
            #expect(try program.call("hello", ["client": "hearth"])["result"] != nil)
        }
        while booth.server.clients().count > 1 { #expect(try witness.call("meta.info")["result"] != nil) }
        #expect(booth.desk.departed == ["mo (ann)"])
        let second = try booth.connect()
        #expect(try second.call("hello", ["client": "console"])["result"] != nil)
        booth.server.stop()
        #expect(booth.desk.departed == ["mo (ann)", "ann"])
    }

    @Test func `every method says the role that it takes`() throws {
        let booth = try Booth()
        let rows = try booth.connect().call("meta.methods")["result"]?["rows"]?.array ?? []
        #expect(!rows.isEmpty && rows.allSatisfy { Access.Role(rawValue: $0["role"]?.text ?? "") != nil })
        #expect(rows.first { $0["method"] == "notes.add" }?["role"] == "moderator")
    }
}
