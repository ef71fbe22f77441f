import CLinux
import Control
import Kit
import Machine
import Shared
import Testing

@Suite struct SocketPlaceTests {
    let nook: Nook
    let desk: NotebookDesk
    var path: String { nook.path + "/control.sock" }

    init() throws {
        nook = try Nook()
        desk = try NotebookDesk()
    }

    private func server(_ path: String? = nil, access: SocketAccess? = nil) -> ControlServer {
        ControlServer(
            path: path ?? self.path, roles: RoleBook(ownUser: Accounts.effectiveUser), desk: desk, access: access,
            log: { _, _ in })
    }

    private func trouble(_ server: ControlServer) -> SocketTrouble? {
        do throws(SocketTrouble) {
            try server.start(process: "process 1")
            server.stop()
            return nil
        } catch {
            return error
        }
    }

    @Test func `a link, a pipe, a file or a folder at the path is refused and left alone`() throws {
        let kinds: [(PathEntry.Kind, () throws -> Void)] = [
            (.link, { #expect(symlink(nook.path + "/elsewhere", path) == 0) }), (.pipe, { #expect(mkfifo(path, 0o600) == 0) }),
            (.file, { try Files.write([1, 2], to: path) }),
        ]
        for (kind, make) in kinds {
            try make()
            #expect(trouble(server()) == .occupied(path: path, by: kind))
            #expect(try PathEntry(at: path)?.kind == kind)
            try Files.remove(path)
        }
        try Files.makePrivateFolder(path)
        #expect(trouble(server()) == .occupied(path: path, by: .folder))
        try Files.removeFolder(path)
    }

    @Test func `a link to a live socket is refused too`() throws {
        let other = server(nook.path + "/other.sock")
        try other.start(process: "other")
        defer { other.stop() }
        #expect(symlink(nook.path + "/other.sock", path) == 0)
        #expect(trouble(server()) == .occupied(path: path, by: .link))
    }

    @Test(arguments: [0o777, 0o775, 0o1777, 0o722] as [UInt32])
    func `a folder that others may write to is refused`(_ mode: UInt32) throws {
        try Files.setMode(mode, of: nook.path)
        #expect(trouble(server()) == .folderWritable(path: nook.path, mode: String(mode, radix: 8)))
        try Files.setMode(0o700, of: nook.path)
        #expect(trouble(server()) == nil)
    }

    @Test func `a folder that is a link or a file is refused`() throws {
        let link = nook.path + "/link"
        #expect(symlink(nook.path, link) == 0)
        #expect(trouble(server(link + "/control.sock")) == .folderIs(path: link, .link))
        try Files.write([], to: nook.path + "/file")
        #expect(trouble(server(nook.path + "/file/control.sock")) == .folderIs(path: nook.path + "/file", .file))
    }

    @Test func `a missing folder is made for us and our group, a missing tree is not`() throws {
        let folder = nook.path + "/new"
        let server = server(folder + "/control.sock")
        try server.start(process: "test")
        #expect(try PathEntry(at: folder)?.permissions == 0o750)
        server.stop()
        for name in try Files.names(in: folder) { try Files.remove(folder + "/" + name) }
        try Files.removeFolder(folder)
        #expect(trouble(self.server(nook.path + "/a/b/control.sock")) != nil)
    }

    @Test func `the socket has the mode of whom it is for, and goes when the daemon stops`() throws {
        let first = server()
        try first.start(process: "test")
        let group = try #require(try Sockets.peer(of: Sockets.connectToUnix(path)).groups.first)
        first.stop()
        for (access, mode) in [(.owner, 0o600), (.group(group), 0o660), (.everyone, 0o666)] as [(SocketAccess, UInt32)] {
            let server = server(access: access)
            try server.start(process: "test")
            let entry = try #require(try PathEntry(at: path))
            #expect(entry.kind == .socket && entry.permissions == mode)
            #expect(try Files.names(in: nook.path) == ["control.sock", "control.sock.lock"])
            server.stop()
            #expect(try PathEntry(at: path) == nil)
        }
    }

    @Test func `a second daemon is told who lives here, and the first goes on`() throws {
        let first = server()
        try first.start(process: "process 4711")
        defer { first.stop() }
        let before = try PathEntry(at: path)?.identity
        let refused = try #require(trouble(server()))
        #expect(refused == .held(by: "process 4711", lock: path + ".lock"))
        #expect("\(refused)".contains("Another hearthd (process 4711)"))
        #expect(try PathEntry(at: path)?.identity == before)
        #expect(try Visitor(path).call("meta.info")["result"]?["version"] == "9.9")
    }

    @Test func `of fifty that start at once exactly one wins`() throws {
        let servers = (0..<50).map { _ in server() }
        let outcomes = Mailbox<Bool>()
        let threads = servers.map { one in
            Thread("starter", stack: 1 << 20) {
                do throws(SocketTrouble) {
                    try one.start(process: "one of fifty")
                    outcomes.send(true)
                } catch {
                    outcomes.send(false)
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(outcomes.receive()?.filter { $0 }.count == 1)
        #expect(try Visitor(path).call("meta.info")["result"] != nil)
        for one in servers { one.stop() }
        #expect(try PathEntry(at: path) == nil)
    }

    @Test func `what a dead daemon left behind is replaced, what answers is not`() throws {
        var stale: Descriptor? = try Sockets.listenOnUnix(path)
        #expect(trouble(server()) == .answered(path: path))
        #expect(stale != nil)
        stale = nil
        try Files.makePrivateFolder(path + ".d")
        try Files.write([], to: path + ".d/s")
        #expect(trouble(server()) == nil)
    }

    @Test func `a path that is too long is told so`() {
        let long = nook.path + "/" + String(repeating: "x", count: 100)
        #expect(trouble(server(long)) == .tooLong(path: long))
    }
}
