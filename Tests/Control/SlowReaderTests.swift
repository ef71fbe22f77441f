import Control
import Kit
import Machine
import Shared
import Testing

/// Who does not read cannot make the daemon wait or hoard.
@Suite struct SlowReaderTests {
    private let long = String(repeating: "x", count: 60_000)

    /// Until the server holds this much for its first client. Another client's answers show that it goes on serving.
    private func fill(_ booth: Booth, _ witness: Visitor, to wanted: Int64, _ more: () throws -> Void) throws {
        while (booth.server.clients().first?.queued ?? .max) < wanted {
            try more()
            #expect(try witness.call("meta.info")["result"] != nil)
        }
    }

    @Test func `a watcher who does not read is told less, then everything afresh`() throws {
        let booth = try Booth()
        let (slow, witness) = (try booth.connect(), try booth.connect())
        booth.desk.notebook.put("a", 1)
        #expect(try slow.call("sub.open", ["topic": "notes.board", "rate_hz": 10])["result"] != nil)
        var mirror = Mirror()
        for line in try slow.lines(until: "live") { try mirror.apply(line) }
        var points = 1
        try fill(booth, witness, to: Int64(WriteQueue.soft)) { () throws in
            points += 1
            booth.desk.notebook.notes = [.init(name: long, points: points)]
            let looks = booth.desk.lookCount
            booth.pass(100)
            booth.desk.commit()
            while booth.desk.lookCount == looks { #expect(try witness.call("meta.info")["result"] != nil) }
        }
        booth.pass(5_000)
        while booth.server.clients().first.map({ $0.queued >= Int64(WriteQueue.soft) }) == true {
            #expect(try witness.call("meta.info")["result"] != nil)
        }
        booth.desk.notebook.notes = [.init(name: "last", points: 99)]
        booth.pass(100)
        booth.desk.commit()
        #expect(try witness.call("notes.list")["result"] != nil)
        var resync: JSON?
        while mirror.names != "last" || resync == nil {
            let line = try #require(try slow.next())
            if line["op"] == "resync" { resync = line } else { try mirror.apply(line) }
        }
        #expect(resync?["reason"] == "you read too slowly" && (resync?["dropped"]?.int ?? 0) > 0)
        #expect(mirror.rows.first?.row["points"] == 99 && booth.server.counters.resyncs == 1)
    }

    @Test func `who takes nothing for ten seconds is cut off, after whole lines`() throws {
        let booth = try Booth()
        let (slow, witness) = (try booth.connect(), try booth.connect())
        booth.desk.notebook.notes = (0..<10).map { .init(name: "\($0)\(long)", points: 1) }
        #expect(try witness.call("meta.info")["result"] != nil)
        for id in 1...20 { slow.send(#"{"id":\#(id),"method":"notes.list","params":{"limit":1}}"#) }
        try fill(booth, witness, to: 1) {}
        booth.pass(9_999)
        #expect(try witness.call("meta.info")["result"] != nil && booth.server.counters.overflows == 0)
        booth.pass(1)
        while booth.server.counters.overflows == 0 { #expect(try witness.call("meta.info")["result"] != nil) }
        var last: JSON?
        while let line = try slow.next() { last = line }
        #expect(last == ["op": "overflow"])
    }

    @Test func `answers beyond the hard limit are too much at once`() throws {
        let booth = try Booth()
        let (slow, witness) = (try booth.connect(), try booth.connect())
        booth.desk.notebook.notes = (0..<10).map { .init(name: "\($0)\(long)", points: 1) }
        let release = booth.desk.pause()
        for id in 1...20 { slow.send(#"{"id":\#(id),"method":"notes.list","params":{"limit":2}}"#) }
        #expect(try witness.call("meta.info")["result"] != nil)
        release()
        while booth.server.counters.overflows == 0 { #expect(try witness.call("meta.info")["result"] != nil) }
        var last: JSON?
        while let line = try slow.next() { last = line }
        #expect(last == ["op": "overflow"])
        booth.pass(2_000)
        while booth.server.clients().count > 1 { #expect(try witness.call("meta.info")["result"] != nil) }
    }

    @Test func `an answer too long for a line says so`() throws {
        let booth = try Booth()
        let visitor = try booth.connect()
        booth.desk.notebook.notes = (0..<20).map { .init(name: "\($0)\(long)", points: 1) }
        let reply = try visitor.call("notes.list", ["limit": 20])
        #expect(reply.errorName == "invalid_value" && reply.hint?.contains("smaller limit") == true)
        #expect(try visitor.call("notes.list", ["limit": 10])["result"]?["rows"]?.array?.count == 10)
    }

    @Test func `nothing more is read from a client who does not read`() throws {
        let booth = try Booth()
        let (slow, witness) = (try booth.connect(), try booth.connect())
        booth.desk.notebook.notes = [.init(name: long, points: 1)]
        let request = Array(#"{"id":1,"method":"notes.list"}"#.utf8) + [10]
        #expect(try slow.call("notes.list")["result"] != nil)
        var isTaken = true
        var sent = 0
        while isTaken && sent < 64 << 20 {
            var outcome = slow.offer(request)
            for _ in 0..<50 where outcome == .wouldBlock {
                #expect(try witness.call("meta.info")["result"] != nil)
                outcome = slow.offer(request)
            }
            isTaken = outcome == .moved(request.count)
            sent += request.count
        }
        #expect(sent < 4 << 20 && booth.server.counters.overflows == 0)
        #expect((booth.server.clients().first?.queued ?? .max) <= Int64(WriteQueue.hard))
    }
}
