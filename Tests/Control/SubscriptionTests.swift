import Control
import Kit
import Machine
import Shared
import Testing

/// A reader of a subscription's lines that keeps the table as the protocol says it.
struct Mirror {
    private(set) var rows: [(key: String, row: JSON)] = []
    private(set) var epoch = ""
    private(set) var seq: Int64 = -1

    mutating func apply(_ line: JSON) throws {
        let key = line["key"]?.text ?? ""
        let place = Int(line["at"]?.int ?? 0)
        switch line["op"]?.text {
        case "snapshot":
            if place == 0 { rows = [] }
            #expect(place == rows.count)
            rows.append((key, line["row"] ?? .null))
        case "live":
            epoch = line["epoch"]?.text ?? ""
            seq = line["seq"]?.int ?? -1
        case "upsert", "delete", "move":
            #expect(line["epoch"]?.text == epoch)
            #expect(line["seq"] == .int(seq + 1))
            seq += 1
            let old = rows.first { $0.key == key }
            rows.removeAll { $0.key == key }
            if line["op"] != "delete" { rows.insert((key, try #require(line["row"] ?? old?.row)), at: place) }
        default: break
        }
    }

    var names: String { rows.map(\.key).joined(separator: " ") }
}

@Suite struct SubscriptionTests {
    let booth: Booth

    init() throws {
        booth = try Booth()
        for (name, points) in [("a", 3), ("b", 2), ("c", 1)] { booth.desk.notebook.put(name, points) }
    }

    private func open(_ visitor: Visitor, _ more: JSON = [:], topic: String = "notes.board") throws -> (JSON, [JSON]) {
        var params = more.object ?? JSON.Object()
        params["topic"] = .string(topic)
        let reply = try visitor.call("sub.open", .object(params))
        return (reply, reply["result"] == nil ? [] : try visitor.lines(until: "live"))
    }

    @Test func `a snapshot comes in order, then live, then only what changed`() throws {
        let visitor = try booth.connect()
        let (reply, snapshot) = try open(visitor)
        #expect(reply["result"]?["sub"] == "1" && reply["result"]?["columns"]?[1]?["key"] == "points")
        #expect(snapshot.count == 4 && snapshot[0]["row"]?["who"] == ["id": "7", "name": "Ann"])
        #expect(snapshot[3] == ["sub": "1", "op": "live", "epoch": "e1.1", "seq": 0])
        booth.clock.pass(500)
        #expect(try visitor.ask(#"{"id":2,"method":"notes.add","params":{"name":"a","points":9}}"#)["id"] == 2)
        let change = try #require(try visitor.next())
        #expect(change["op"] == "upsert" && change["key"] == "a" && change["at"] == 2 && change["row"]?["points"] == 9)
        #expect(change["epoch"] == "e1.1" && change["seq"] == 1)
    }

    @Test func `a watcher who applies every line has the panel's rows`() throws {
        let (visitor, writer) = (try booth.connect(), try booth.connect())
        var mirror = Mirror()
        for line in try open(visitor, ["sort": "-points", "rate_hz": 10]).1 { try mirror.apply(line) }
        #expect(mirror.names == "a b c")
        var dice = Dice(seed: 7)
        for _ in 0..<60 {
            let notes = "abcdefgh".shuffled(using: &dice).prefix(5).map {
                Notebook.Note(name: String($0), points: Int.random(in: 0...9, using: &dice))
            }
            booth.desk.notebook.notes = notes
            booth.pass(100)
            booth.desk.commit()
            let wanted = notes.enumerated().sorted { ($1.element.points, $0.offset) < ($0.element.points, $1.offset) }
            let expected = wanted.map(\.element.name).joined(separator: " ")
            #expect(try writer.call("meta.info")["result"] != nil)
            while mirror.names != expected
                || !mirror.rows.allSatisfy({ row in
                    notes.contains { $0.name == row.key && .int(Int64($0.points)) == row.row["points"] }
                })
            {
                try mirror.apply(try #require(try visitor.next()))
            }
        }
        #expect(mirror.seq > 60)
    }

    @Test func `a reconnect goes on from its bookmark, on another connection too`() throws {
        do {
            let first = try booth.connect()
            #expect(try open(first).1.last?["seq"] == 0)
        }
        booth.desk.notebook.put("d", 4)
        booth.desk.notebook.notes.removeFirst()
        let second = try booth.connect()
        let reply = try second.call("sub.open", ["topic": "notes.board", "from": ["epoch": "e1.1", "seq": 0]])
        #expect(reply["result"]?["sub"] == "1")
        let lines = try second.lines(until: "tick")
        #expect(lines.map { $0["op"] } == ["delete", "upsert", "tick"])
        #expect(lines.map { $0["seq"] } == [1, 2, 2] && lines[1]["key"] == "d" && lines[1]["at"] == 2)
    }

    @Test(arguments: [["epoch": "e0.1", "seq": 0], ["epoch": "e1.1", "seq": 99]] as [JSON])
    func `a bookmark that is not known any more is gone, and a snapshot follows`(_ from: JSON) throws {
        let visitor = try booth.connect()
        let (_, lines) = try open(visitor, ["from": from])
        #expect(lines.map { $0["op"] } == ["gone", "snapshot", "snapshot", "snapshot", "live"])
    }

    @Test func `changes come at most at the rate that was asked for, and all of them`() throws {
        let visitor = try booth.connect()
        _ = try open(visitor, ["rate_hz": 0.5])
        let before = booth.desk.lookCount
        booth.desk.notebook.put("x", 1)
        booth.desk.notebook.put("y", 1)
        booth.desk.commit()
        booth.pass(1_999)
        #expect(try visitor.call("notes.list")["id"] == 1 && booth.desk.lookCount == before)
        booth.pass(1)
        #expect(try visitor.next()?["key"] == "x")
        #expect(try visitor.next()?["key"] == "y")
        #expect(booth.desk.lookCount == before + 1)
    }

    @Test func `who watches gets a tick every ten seconds, and an idle table is not run`() throws {
        let visitor = try booth.connect()
        _ = try open(visitor)
        let before = booth.desk.lookCount
        for _ in 0..<3 {
            booth.pass(10_000)
            #expect(try visitor.next() == ["sub": "1", "op": "tick", "epoch": "e1.1", "seq": 0])
        }
        #expect(booth.desk.lookCount == before)
    }

    @Test func `a panel of the running process is run by time, while somebody watches`() throws {
        let visitor = try booth.connect()
        _ = try open(visitor, topic: "notes.pulse")
        booth.desk.notebook.put("d", 1)
        booth.pass(999)
        #expect(try visitor.call("notes.list")["result"] != nil && booth.desk.lookCount == 1)
        booth.pass(1)
        #expect(try visitor.next()?["row"] == ["count": 4])
        #expect(try visitor.call("sub.close", ["sub": "1"])["result"] == ["sub": "1"])
        booth.pass(60_000)
        #expect(try visitor.call("notes.list")["result"] != nil && booth.desk.lookCount == 2)
        #expect(try visitor.call("sub.close", ["sub": "1"]).errorName == "not_found")
    }

    @Test func `two who watch the same share one look and one numbering`() throws {
        let (one, two) = (try booth.connect(), try booth.connect())
        _ = try open(one)
        booth.clock.pass(500)
        booth.desk.notebook.put("d", 1)
        booth.desk.commit()
        #expect(try one.next()?["seq"] == 1)
        let looks = booth.desk.lookCount
        let late = try open(two).1
        #expect(late.last?["seq"] == 1 && late.count == 5 && booth.desk.lookCount == looks)
        #expect(try open(two, ["limit": 2]).1.last?["epoch"] == "e1.2")
    }

    @Test func `a filter, a sort and a limit choose the rows`() throws {
        let visitor = try booth.connect()
        func keys(_ params: JSON) throws -> [String?] { try open(visitor, params).1.dropLast().map { $0["key"]?.text } }
        #expect(try keys(["sort": "points", "limit": 2]) == ["c", "b"])
        #expect(try keys(["filter": "name:B"]) == ["b"])
        #expect(try keys(["params": ["least": 2]]) == ["a", "b"])
    }

    @Test(arguments: [
        (#"{"topic":"notes.bord"}"#, "not_found", "topic"), (#"{}"#, "invalid_value", "topic"),
        (#"{"topic":"notes.board","limit":501}"#, "invalid_value", "limit"),
        (#"{"topic":"notes.board","rate_hz":11}"#, "invalid_value", "rate_hz"),
        (#"{"topic":"notes.board","rate_hz":0}"#, "invalid_value", "rate_hz"),
        (#"{"topic":"notes.board","sort":"poins"}"#, "invalid_value", "sort"),
        (#"{"topic":"notes.board","from":{"seq":1}}"#, "invalid_value", "from"),
        (#"{"topic":"notes.board","params":{"lest":1}}"#, "invalid_value", "lest"),
        (#"{"topic":"notes.board","params":{"least":-1}}"#, "invalid_value", "least"),
        (#"{"topic":"notes.board","params":7}"#, "invalid_value", "params"),
        (#"{"topic":"notes.local"}"#, "invalid_value", "guild"),
        (#"{"topic":"notes.local","params":{"guild":42}}"#, "invalid_value", "guild"),
        (#"{"topic":"notes.board","every":1}"#, "invalid_value", "every"),
    ])
    func `what cannot be opened is refused with its field`(_ params: String, _ name: String, _ field: String) throws {
        let visitor = try booth.connect()
        let reply = try visitor.ask(#"{"id":1,"method":"sub.open","params":\#(params)}"#)
        #expect(reply.errorName == name && reply.errorField == field)
        #expect(try visitor.call("meta.info")["result"] != nil)
        #expect(booth.server.clients().first?.subscriptions == 0)
    }

    @Test func `a panel has its access too`() throws {
        let visitor = try booth.connect()
        #expect(try open(visitor, ["params": ["guild": "42"]], topic: "notes.local").1.first?["row"] == ["name": "42"])
        _ = try visitor.call("hello", ["role": "viewer"])
        #expect(try open(visitor, ["params": ["guild": "42"]], topic: "notes.local").0.errorName == "not_permitted")
    }

    @Test func `a client has thirty-two subscriptions, the next is told so`() throws {
        let visitor = try booth.connect()
        for number in 1...32 { #expect(try open(visitor).0["result"]?["sub"] == .string(String(number))) }
        #expect(try open(visitor).0.errorName == "busy")
        #expect(try visitor.call("sub.close", ["sub": "3"])["result"] != nil)
        #expect(try open(visitor).0["result"]?["sub"] == "33")
    }
}
