import Control
import Kit
import Machine
import Shared
import Testing

/// A clock that moves when it is told to.
final class HandClock: Sendable {
    private let time = Lock(MonotonicTime(nanoseconds: 1_000_000_000))
    var now: MonotonicTime { time.locked { $0 } }
    func pass(_ milliseconds: Int) { time.locked { $0 = $0.adding(milliseconds: milliseconds) } }
}

/// A short-lived folder with a short path, as sockets need.
final class Nook: Sendable {
    let path = "/tmp/hc-\(String(UInt64.random(in: 0 ... .max), radix: 36))"

    init() throws { try Files.makeFolder(path) }

    deinit {
        do {
            for name in try Files.names(in: path) { try Files.remove(path + "/" + name) }
            try Files.removeFolder(path)
        } catch {
            Issue.record("the folder \(path) stays behind: \(error)")
        }
    }
}

/// A running control server over a notebook, with its own folder and clock.
final class Booth: Sendable {
    let nook: Nook
    let desk: NotebookDesk
    let clock = HandClock()
    let server: ControlServer
    let log = Lock<[String]>([])
    var path: String { nook.path + "/control.sock" }
    var viewPath: String { nook.path + "/view.sock" }

    /// `user` is who the kernel would say is at the other end.
    init(
        roles: RoleBook = RoleBook(ownUser: 500), user: UInt32 = 500, groups: [UInt32] = [500],
        limits: ControlLimits = ControlLimits(), hasView: Bool = false
    ) throws {
        nook = try Nook()
        desk = try NotebookDesk()
        let (clock, log) = (clock, log)
        let world = ControlWorld(
            now: { clock.now }, wall: { 1_060_000 },
            peer: { _ in Sockets.Peer(process: 77, user: user, groups: groups) }, name: { $0 == 500 ? "ann" : nil })
        server = ControlServer(
            path: nook.path + "/control.sock", viewPath: hasView ? nook.path + "/view.sock" : nil, roles: roles, desk: desk,
            limits: limits, world: world,
            log: { _, line in log.locked { $0.append(line) } })
        try server.start(process: "a test")
    }

    deinit { server.stop() }

    func pass(_ milliseconds: Int) {
        clock.pass(milliseconds)
        server.wake()
    }

    func connect() throws -> Visitor { try Visitor(path) }
}

/// A client with nothing in it of the server's own code: bytes out, lines in.
final class Visitor {
    struct Silence: Error {}

    let socket: Descriptor
    private let poller: Poller
    private var buffer: [UInt8] = []
    private(set) var hasEnded = false

    init(_ path: String) throws {
        socket = try Sockets.connectToUnix(path)
        poller = try Poller()
        try poller.watch(socket.number, for: .readable, tag: 1)
    }

    /// As much as the other side takes now.
    @discardableResult
    func offer(_ bytes: [UInt8]) -> Descriptor.Outcome { bytes.withUnsafeBytes(socket.write) }

    /// Everything, waiting where the other side does not read; false when it has hung up.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            switch offer(Array(rest)) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .wouldBlock:
                poller.change(socket.number, to: .writable, tag: 1)
                _ = poller.wait(milliseconds: 20_000) { _, _ in }
                poller.change(socket.number, to: .readable, tag: 1)
            case .ended, .failed: return false
            }
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array((text + "\n").utf8)) }

    /// The next line; nil when the server has hung up.
    func next() throws -> JSON? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(buffer[..<end])
                buffer.removeFirst(end + 1)
                return try JSON(parsing: line)
            }
            if hasEnded { return nil }
            try read()
        }
    }

    private func read() throws {
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        switch chunk.withUnsafeMutableBytes(socket.read) {
        case .moved(let count): buffer += chunk[0..<count]
        case .ended, .failed: hasEnded = true
        case .wouldBlock:
            var isReady = false
            _ = poller.wait(milliseconds: 20_000) { _, _ in isReady = true }
            if !isReady { throw Silence() }
        }
    }

    func ask(_ request: String) throws -> JSON {
        send(request)
        return try #require(try next())
    }

    func call(_ method: String, _ params: JSON = [:]) throws -> JSON {
        try ask(JSON.fields(["id": 1, "method": .string(method), "params": params]).line)
    }

    /// Lines until one that is wanted, which is the last.
    func lines(until isLast: (JSON) -> Bool) throws -> [JSON] {
        var lines: [JSON] = []
        while let line = try next() {
            lines.append(line)
            if isLast(line) { return lines }
        }
        throw Silence()
    }

    func lines(until op: String) throws -> [JSON] { try lines { $0["op"]?.text == op } }
}

extension JSON {
    var errorName: String? { self["error"]?["name"]?.text }
    var errorField: String? { self["error"]?["data"]?["field"]?.text }
    var hint: String? { self["error"]?["hint"]?.text }
}
