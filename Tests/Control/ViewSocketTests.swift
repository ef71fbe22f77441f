import Control
import Kit
import Machine
import Shared
import Testing

/// The second socket: everybody who reaches it may look, nobody may change anything.
@Suite struct ViewSocketTests {
    @Test func `an owner is a viewer there, and cannot become more`() throws {
        let booth = try Booth(hasView: true)
        booth.desk.notebook.put("tea", 1)
        let viewer = try Visitor(booth.viewPath)
        #expect(try viewer.call("hello")["result"]?["role"] == "viewer")
        #expect(try viewer.call("notes.list")["result"]?["rows"]?.array?.count == 1)
        #expect(try viewer.call("hello", ["role": "owner"]).errorName == "not_permitted")
        #expect(try viewer.call("notes.add", ["name": "salt"]).errorName == "not_permitted")
        #expect(booth.desk.notebook.notes.map(\.name) == ["tea"])
        #expect(booth.desk.refused.map(\.method) == ["hello", "notes.add"])
        #expect(try booth.connect().call("hello")["result"]?["role"] == "owner")
    }

    @Test(arguments: [4242, RoleBook.nobody]) func `an account that nobody knows may look there and nowhere else`(
        _ user: UInt32
    ) throws {
        let booth = try Booth(user: user, groups: [user], hasView: true)
        #expect(try Visitor(booth.viewPath).call("hello")["result"]?["role"] == "viewer")
        #expect(try booth.connect().next()?.errorName == "not_permitted")
    }

    @Test func `it is open to all, is watched live, and goes with the server`() throws {
        let booth = try Booth(hasView: true)
        #expect(try PathEntry(at: booth.viewPath)?.permissions == 0o666)
        #expect(try PathEntry(at: booth.path)?.permissions == 0o600)
        let viewer = try Visitor(booth.viewPath)
        viewer.send(#"{"id":1,"method":"sub.open","params":{"topic":"notes.board"}}"#)
        #expect(try viewer.lines(until: "live").count == 2)
        booth.server.stop()
        #expect(try viewer.next() == nil)
        #expect(try PathEntry(at: booth.viewPath) == nil && PathEntry(at: booth.path) == nil)
    }

    @Test func `where it cannot be opened there is no server at all`() throws {
        let nook = try Nook()
        try Files.write([1], to: nook.path + "/view.sock")
        let server = ControlServer(
            path: nook.path + "/control.sock", viewPath: nook.path + "/view.sock",
            roles: RoleBook(ownUser: Accounts.effectiveUser), desk: try NotebookDesk(), log: { _, _ in })
        #expect(throws: SocketTrouble.occupied(path: nook.path + "/view.sock", by: .file)) {
            try server.start(process: "a test")
        }
        #expect(try PathEntry(at: nook.path + "/control.sock") == nil)
    }
}
