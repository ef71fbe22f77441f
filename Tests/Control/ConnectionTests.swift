import Control
import Kit
import Machine
import Shared
import Testing

@Suite struct ConnectionTests {
    @Test func `half-closing means finish and hang up`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        let release = booth.desk.pause()
        visitor.send(#"{"id":1,"method":"notes.add","params":{"name":"tea"}}"#)
        visitor.send(#"{"id":2,"method":"notes.list"}"#)
        visitor.socket.finishWriting()
        release()
        #expect(try visitor.next()?["id"] == 1)
        #expect(try visitor.next()?["result"] == ["rows": [["name": "tea"]]])
        #expect(try visitor.next() == nil)
    }

    @Test func `a half-closed watcher gets its snapshot, then the end`() throws {
        let booth = try Booth()
        booth.desk.notebook.put("tea", 1)
        let visitor = try booth.connect()
        visitor.send(#"{"id":1,"method":"sub.open","params":{"topic":"notes.board"}}"#)
        visitor.socket.finishWriting()
        let lines = try visitor.lines(until: "live")
        #expect(lines.map { $0["op"]?.text } == [nil, "snapshot", "live"])
        #expect(try visitor.next() == nil)
    }

    @Test func `a last line without its line feed is not run, and says so`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        visitor.send(Array(#"{"id":1,"method":"notes.add","params":{"name":"tea"}}"#.utf8))
        visitor.socket.finishWriting()
        let line = try #require(try visitor.next())
        #expect(line.errorName == "invalid_request" && line.hint == "End every request with \\n.")
        #expect(try visitor.next() == nil && booth.desk.notebook.notes.isEmpty)
    }

    @Test func `a client killed in the middle of a line changes nothing and leaves nothing`() throws {
        let booth = try Booth()
        let witness = try booth.connect()
        do {
            let visitor = try booth.connect()
            #expect(try visitor.call("meta.info")["result"] != nil)
            visitor.send(#"{"id":1,"method":"notes.add","params":{"name":"whole"}}"#)
            visitor.send(Array(#"{"id":2,"method":"notes.add","params":{"name":"ha"#.utf8))
        }
        while booth.server.clients().count > 1 { #expect(try witness.call("meta.info")["result"] != nil) }
        #expect(booth.desk.notebook.notes.map(\.name) == ["whole"])
    }

    @Test func `garbage is answered and the connection goes on`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        for bytes in [
            [0xFF, 0xFE, 10], [0, 0, 10], Array("{\"id\":1\n".utf8), Array(repeating: UInt8(ascii: "["), count: 100_000) + [10],
            Array("{\"id\":\"\u{0}\",\"method\":\"hello\"}\n".utf8),
        ] as [[UInt8]] {
            visitor.send(bytes)
            let line = try #require(try visitor.next())
            #expect(line.errorName == "invalid_json" && line["id"] == .null)
        }
        visitor.send([10, 13, 10, 32, 10])
        #expect(try visitor.call("meta.info")["result"] != nil)
    }

    @Test func `an endless line is answered once and cut off`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        visitor.send([UInt8](repeating: 120, count: LineReader.longest + 1))
        let line = try #require(try visitor.next())
        #expect(line.errorName == "invalid_request" && line["error"]?["message"]?.text?.contains("1048576") == true)
        #expect(try visitor.next() == nil)
        #expect(try booth.connect().call("meta.info")["result"] != nil)
    }

    @Test func `a line must be complete within thirty seconds`() throws {
        let booth = try Booth()
        let (slow, idle) = (try booth.connect(), try booth.connect())
        for visitor in [slow, idle] { #expect(try visitor.call("meta.info")["result"] != nil) }
        let before = booth.server.clients().first?.received
        slow.send(Array(#"{"id":1,"#.utf8))
        while booth.server.clients().first?.received == before { #expect(try idle.call("meta.info")["result"] != nil) }
        booth.pass(29_999)
        #expect(try idle.call("meta.info")["result"] != nil)
        booth.pass(1)
        #expect(try slow.next()?.errorName == "timeout")
        #expect(try slow.next() == nil)
        #expect(try idle.call("meta.info")["result"] != nil)
    }

    @Test func `a user has sixty-four connections, the next is told so`() throws {
        let booth = try Booth()
        let visitors = try (0..<300).map { _ in try booth.connect() }
        for visitor in visitors { visitor.send(#"{"id":1,"method":"meta.info"}"#) }
        let answers = try visitors.map { try $0.next() }
        #expect(answers.filter { $0?["result"] != nil }.count == 64)
        #expect(answers.filter { $0?.errorName == "busy" }.count == 236)
        #expect(booth.server.counters.accepted == 64 && booth.server.counters.refused == 236)
    }

    @Test func `a place is free again when somebody goes`() throws {
        var limits = ControlLimits()
        limits.clients = 1
        let booth = try Booth(limits: limits)
        var first: Visitor? = try booth.connect()
        #expect(try first?.call("meta.info")["result"] != nil)
        #expect(try booth.connect().next()?.errorName == "busy")
        first = nil
        var answer = try booth.connect().call("meta.info")
        while answer.errorName == "busy" { answer = try booth.connect().call("meta.info") }
        #expect(answer["result"] != nil)
    }

    @Test func `nobody gets one of the last descriptors`() throws {
        let booth = try Booth(limits: ControlLimits(descriptors: 8))
        let visitor = try booth.connect()
        let line = try #require(try visitor.next())
        #expect(line.errorName == "busy" && line["error"]?["message"]?.text?.contains("descriptors") == true)
        #expect(try visitor.next() == nil)
    }

    @Test func `who hangs up while an answer is awaited costs nothing, and the change is made`() throws {
        let booth = try Booth()
        let release = booth.desk.pause()
        do {
            let visitor = try booth.connect()
            visitor.send(#"{"id":1,"method":"sub.open","params":{"topic":"notes.pulse"}}"#)
            visitor.send(#"{"id":2,"method":"notes.add","params":{"name":"tea"}}"#)
            #expect(try visitor.call("meta.info")["result"] != nil)
        }
        booth.pass(60_000)
        let witness = try booth.connect()
        #expect(try witness.call("meta.info")["result"] != nil)
        release()
        while booth.server.clients().count > 1 { #expect(try witness.call("meta.info")["result"] != nil) }
        #expect(booth.desk.notebook.notes.map(\.name) == ["tea"])
    }

    @Test func `who has no role is told so in one line, and it is written down`() throws {
        let booth = try Booth(user: 4242, groups: [9])
        let visitor = try booth.connect()
        let line = try #require(try visitor.next())
        #expect(line.errorName == "not_permitted" && line["error"]?["message"] == "User uid 4242 has no role on this socket.")
        #expect(try visitor.next() == nil)
        #expect(booth.desk.refused.map(\.user) == [4242] && booth.desk.refused.first?.method == "connect")
    }

    @Test func `a group gives a role, and no more than that`() throws {
        let booth = try Booth(roles: RoleBook(ownUser: 500, groups: [.moderator: [70]]), user: 601, groups: [9, 70])
        let visitor = try booth.connect()
        #expect(try visitor.call("hello")["result"]?["role"] == "moderator")
        #expect(try visitor.call("notes.add", ["name": "tea"])["result"] != nil)
        #expect(try visitor.call("notes.clear").errorName == "not_permitted")
        #expect(booth.server.clients().first?.name == "uid 601")
    }

    @Test func `the house sees its clients and can hang up on one`() throws {
        let booth = try Booth()
        let (first, second) = (try booth.connect(), try booth.connect())
        for visitor in [first, second] {
            #expect(try visitor.call("hello", ["client": "c", "role": "admin"])["result"] != nil)
        }
        for visitor in [first, second, first] { #expect(try visitor.call("meta.info")["result"] != nil) }
        booth.clock.pass(1_500)
        let clients = booth.server.clients()
        #expect(
            clients.count == 2 && clients.allSatisfy { $0.role == .admin && $0.ageMilliseconds == 1_500 && $0.process == 77 })
        #expect(clients.allSatisfy { $0.received > 50 && $0.sent > 100 && $0.name == "ann" })
        #expect(
            clients.first?.json["user"] == 500 && clients.first?.json["in_bytes"] == clients.first.map { .int($0.received) })
        #expect(booth.server.disconnect(clients[0].id) && !booth.server.disconnect("999") && !booth.server.disconnect("x"))
        #expect(try first.next()?["error"]?["message"]?.text?.contains("house.disconnect") == true)
        #expect(try first.next() == nil)
        #expect(try second.call("meta.info")["result"] != nil)
    }

    @Test func `a stop hangs up on everybody and forgets nothing that was said`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        #expect(try visitor.call("meta.info")["result"] != nil)
        booth.server.stop()
        #expect(try visitor.next() == nil)
        #expect(throws: SystemError.self) { try Sockets.connectToUnix(booth.path) }
    }

    @Test func `a client that pipelines a thousand requests gets a thousand answers`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        var batch: [UInt8] = []
        for id in 1...1000 { batch += Array(#"{"id":\#(id),"method":"notes.list"}"#.utf8) + [10] }
        visitor.send(batch)
        visitor.socket.finishWriting()
        var ids: Set<Int64> = []
        while let line = try visitor.next() { if let id = line["id"]?.int { ids.insert(id) } }
        #expect(ids == Set(1...1000))
    }
}
