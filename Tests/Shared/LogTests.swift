import Machine
import Shared
import Testing

@Suite("Logs")
struct LogTests {
    private let noon = Instant(milliseconds: 1_785_585_731_250)

    private func record(_ message: String, _ fields: [LogField] = []) -> LogRecord {
        LogRecord(time: noon, level: .info, room: "engine", message: message, fields: fields)
    }

    private func text(_ record: LogRecord, _ format: LogFormat) -> String {
        String(decoding: record.line(as: format), as: UTF8.self)
    }

    @Test("a line is one line, in both formats, whatever it is told")
    func formats() throws {
        let record = record(
            "two\nlines \"quoted\"",
            [
                .command("activity.profile"), .user(try #require(ID("80351110224678912"))), .latency(milliseconds: 1.23456),
                .text("empty", ""), .whole("count", 3), .flag("late", true), .text("time", "noon"),
            ])
        #expect(
            text(record, .json)
                == #"{"time":"2026-08-01T12:02:11.250Z","level":"info","room":"engine","message":"two\nlines \"quoted\"","#
                + #""command":"activity.profile","user":"80351110224678912","latency_ms":1.235,"empty":"","count":3,"late":true,"#
                + #""field_time":"noon"}"# + "\n")
        #expect(
            text(record, .logfmt)
                == #"time=2026-08-01T12:02:11.250Z level=info room=engine message="two\nlines \"quoted\"" "#
                + #"command=activity.profile user=80351110224678912 latency_ms=1.235 empty="" count=3 late=true field_time=noon"#
                + "\n")
    }

    @Test("a secret field and a secret in a text are hidden, and a long text is cut")
    func safety() {
        let line = text(
            record("sent \(Secret("canary"))", [.text("token", "canary"), .text("body", String(repeating: "é", count: 5000))]),
            .json)
        #expect(!line.contains("canary"))
        #expect(line.utf8.count < 1500)
    }

    @Test("below its level nothing is made")
    func levels() throws {
        let folder = try TemporaryFolder()
        let log = Log(
            try LogSink(level: .warn, format: .json, output: .file(path: folder.path + "/log", limit: 1000, keep: 1)), room: "x"
        )
        log.info("this is never made: \({ () -> Int in Issue.record("it was made"); return 0 }())")
        log.error("seen")
        #expect(log.sink.recent(after: 0).records.map(\.message) == ["seen"])
        #expect(!log.writes(.info) && log.writes(.warn))
    }

    @Test("a full file makes room for the next, and as many as asked for stay")
    func rotation() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/hearth.log"
        for start in [0, 15] {
            let sink = try LogSink(
                level: .info, format: .logfmt, output: .file(path: path, limit: 300, keep: 2), clock: { noon })
            for number in start..<start + 15 { Log(sink, room: "x").info("line \(number)") }
            #expect(sink.lost == 0)
        }
        #expect(try Files.names(in: folder.path) == ["hearth.log", "hearth.log.1", "hearth.log.2"])
        let all = try ["hearth.log.2", "hearth.log.1", "hearth.log"].map { try Files.read(folder.path + "/" + $0) }
        #expect(all.allSatisfy { !$0.isEmpty && $0.count <= 300 })
        let lines = String(decoding: all.joined(), as: UTF8.self).split(separator: "\n")
        let numbers = lines.compactMap { $0.split(separator: "\"").dropFirst().first?.split(separator: " ").last }.compactMap {
            Int($0)
        }
        #expect(numbers == Array(30 - numbers.count..<30))
        #expect(numbers.count > 9)
    }

    @Test("a full disk costs lines and nothing else")
    func fullDisk() throws {
        let log = Log(
            try LogSink(level: .info, format: .json, output: .file(path: "/dev/full", limit: 1000, keep: 1)), room: "x")
        for _ in 0..<3 { log.info("hello") }
        #expect(log.sink.lost == 3)
        #expect(log.sink.recent(after: 0).records.count == 3)
    }

    @Test("a file that cannot be opened is told at once")
    func noFile() {
        #expect(throws: SystemError.self) {
            try LogSink(level: .info, format: .json, output: .file(path: "/nowhere/log", limit: 1000, keep: 1))
        }
    }

    @Test("a reader that stalls costs lines, which the next line tells; one that leaves costs nothing else")
    func stalledReader() throws {
        let (listener, port) = try Sockets.listenOnLoopback(port: 0)
        let writer = try Sockets.connectToLoopback(port: port)
        var reader = Sockets.accept(listener)
        while reader == nil { reader = Sockets.accept(listener) }
        let log = Log(try LogSink(level: .info, format: .logfmt, output: .descriptor(writer.number), remembered: 2), room: "x")
        let long = String(repeating: "x", count: 1900)
        while log.sink.lost == 0 { log.info(long) }
        var received: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        for _ in 0..<1000 where log.sink.lost > 0 {
            while case .moved(let count)? = room.withUnsafeMutableBytes({ reader?.read(into: $0) }) {
                received += room[..<count]
            }
            log.info("again")
        }
        #expect(log.sink.lost == 0)
        reader = nil
        while log.sink.lost == 0 { log.info("nobody listens") }
        #expect(log.sink.recent(after: 0).records.count == 2)
    }

    @Test("threads do not mix their lines")
    func threads() throws {
        let folder = try TemporaryFolder()
        let sink = try LogSink(level: .info, format: .json, output: .file(path: folder.path + "/log", limit: 1 << 20, keep: 1))
        let threads = (0..<4).map { number in
            Thread("writer") { for line in 0..<200 { Log(sink, room: "t\(number)").info("line", [.whole("line", line)]) } }
        }
        for thread in threads { thread.join() }
        let lines = String(decoding: try Files.read(folder.path + "/log"), as: UTF8.self).split(separator: "\n")
        let read = try lines.map { try JSON(parsing: String($0)) }
        #expect(read.count == 800)
        for number in 0..<4 {
            #expect(
                read.filter { $0["room"]?.text == "t\(number)" }.compactMap { $0["line"]?.int } == (0..<200).map { Int64($0) })
        }
    }

    @Test("the ring says what a reader missed")
    func ring() {
        var ring = LogRing(capacity: 3)
        #expect(ring.records(after: 0).records.isEmpty)
        for number in 1...5 { ring.append(record("\(number)")) }
        let all = ring.records(after: 0)
        #expect(all.records.map(\.message) == ["3", "4", "5"])
        #expect((all.last, all.dropped) == (5, 2))
        #expect(ring.records(after: 4).records.map(\.message) == ["5"])
        #expect(ring.records(after: 2).dropped == 0)
        #expect(ring.records(after: 5).records.isEmpty)
        let newest = ring.records(after: 2, atMost: 2)
        #expect(newest.records.map(\.message) == ["4", "5"])
        #expect(newest.dropped == 1)
    }
}
