import Calls
import Discord
import Machine
import Shared

/// A partner on a real socket: answers REST by a rule and lets a test play the gateway.
final class LoopbackDiscord: Sendable {
    struct Request: Sendable {
        var method: String
        var path: String
        var headers: [String: String]
        var body: [UInt8]
        var json: JSON? { try? JSON(parsing: body) }
    }

    enum News: Sendable {
        case asked(Request)
        case joined(Int, path: String)
        case said(Int, JSON)
        case left(Int, code: Int?)
    }

    private enum Order: Sendable {
        case send(Int, [UInt8])
        case drop(Int)
        case end
    }

    let port: Int
    let news = Mailbox<News>()
    private let listener: Descriptor
    private let orders = Lock<(orders: [Order], bell: Bell?)>(([], nil))
    private let rule: @Sendable (Request) -> HTTPResponse?
    private let thread = Lock<Thread?>(nil)

    /// `rule` answers REST; nil hangs up without a word.
    init(_ rule: @escaping @Sendable (Request) -> HTTPResponse?) throws {
        (listener, port) = try Sockets.listenOnLoopback(port: 0)
        self.rule = rule
        let started = Thread("loopback") { [self] in try? serve() }
        thread.locked { $0 = started }
    }

    func send(_ connection: Int, _ text: String) { send(connection, frame: served(text)) }
    func send(_ connection: Int, frame: [UInt8]) { order(.send(connection, frame)) }
    func drop(_ connection: Int) { order(.drop(connection)) }

    func end() {
        order(.end)
        let running = thread.locked { $0 }
        running?.join()
    }

    /// The next piece of news that the body takes, within half a minute; others are let go.
    func await<Found>(_ body: (News) -> Found?) throws -> Found {
        let deadline = MonotonicTime.now.adding(milliseconds: 30_000)
        while MonotonicTime.now < deadline {
            for item in pending() { if let found = body(item) { return found } }
            guard let batch = news.receive(within: 1_000) else { break }
            unread.locked { $0 += batch }
        }
        throw NotThere()
    }

    private let unread = Lock<[News]>([])
    private func pending() -> UnfoldSequence<News, Void> {
        sequence(state: ()) { [unread] _ in unread.locked { $0.isEmpty ? nil : $0.removeFirst() } }
    }

    private func order(_ order: Order) {
        let bell = orders.locked { state in
            state.orders.append(order)
            return state.bell
        }
        bell?.ring()
    }

    // MARK: - The thread

    private final class Connection {
        let socket: Descriptor
        var input: [UInt8] = []
        /// What the socket would not take yet.
        var output: [UInt8] = []
        var isGateway = false
        init(_ socket: Descriptor) { self.socket = socket }
    }

    private func serve() throws {
        let poller = try Poller()
        let bell = poller.bell
        orders.locked { $0.bell = bell }
        try poller.watch(listener.number, for: .readable, tag: 0)
        var connections: [Int: Connection] = [:]
        var last = 0
        while true {
            for order in orders.locked({ state in
                defer { state.orders = [] }; return state.orders
            }) {
                switch order {
                case .send(let number, let bytes): if let to = connections[number] { write(bytes, to) }
                case .drop(let number): connections[number] = nil
                case .end: return
                }
            }
            for (number, connection) in connections {
                let wanted: Readiness = connection.output.isEmpty ? .readable : [.readable, .writable]
                poller.change(connection.socket.number, to: wanted, tag: UInt64(number))
            }
            _ = poller.wait(milliseconds: 1_000) { tag, readiness in
                if let ready = connections[Int(tag)], readiness.contains(.writable) { write([], ready) }
                if tag == 0 {
                    while let socket = Sockets.accept(listener) {
                        last += 1
                        connections[last] = Connection(socket)
                        try? poller.watch(socket.number, for: .readable, tag: UInt64(last))
                    }
                } else if let connection = connections[Int(tag)], !read(Int(tag), connection) {
                    if connection.isGateway { news.send(.left(Int(tag), code: nil)) }
                    connections[Int(tag)] = nil
                }
            }
        }
    }

    private func read(_ number: Int, _ connection: Connection) -> Bool {
        var room = [UInt8](repeating: 0, count: 65_536)
        switch room.withUnsafeMutableBytes({ connection.socket.read(into: $0) }) {
        case .moved(let count): connection.input += room[..<count]
        case .wouldBlock: return true
        case .ended, .failed: return false
        }
        while true {
            if connection.isGateway {
                guard let alive = frame(number, connection) else { return true }
                if !alive { return false }
            } else {
                guard let alive = request(number, connection) else { return true }
                if !alive { return false }
            }
        }
    }

    /// Nil when not all has come yet.
    private func request(_ number: Int, _ connection: Connection) -> Bool? {
        guard let end = connection.input.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: connection.input[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = lines[0].split(separator: " ")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
        let head = end.upperBound
        let count = Int(headers["content-length"] ?? "0") ?? 0
        guard connection.input.count >= head + count else { return nil }
        let body = Array(connection.input[head..<head + count])
        connection.input.removeFirst(head + count)
        if let key = headers["sec-websocket-key"] {
            connection.isGateway = true
            let accept = WebSocketHandshake.acceptance(of: key)
            write(
                Array(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: \(accept)\r\n\r\n"
                        .utf8), connection)
            news.send(.joined(number, path: String(words[1])))
            return true
        }
        let request = Request(method: String(words[0]), path: String(words[1]), headers: headers, body: body)
        let answer = rule(request)
        news.send(.asked(request))
        guard let answer else { return false }
        let extra = answer.headers.map { "\($0.key): \($0.value)\r\n" }.joined()
        write(
            Array("HTTP/1.1 \(answer.status) X\r\nContent-Length: \(answer.body.count)\r\n\(extra)\r\n".utf8) + answer.body,
            connection)
        return true
    }

    private func frame(_ number: Int, _ connection: Connection) -> Bool? {
        let bytes = connection.input
        guard bytes.count >= 6 else { return nil }
        let short = Int(bytes[1] & 0x7F)
        let start = short == 126 ? 8 : 6
        guard bytes.count >= start else { return nil }
        let count = short == 126 ? Int(bytes[2]) << 8 | Int(bytes[3]) : short
        guard bytes.count >= start + count else { return nil }
        let mask = Array(bytes[start - 4..<start])
        let payload = bytes[start..<start + count].enumerated().map { $1 ^ mask[$0 & 3] }
        connection.input.removeFirst(start + count)
        if bytes[0] & 15 == 8 {
            news.send(.left(number, code: payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil))
            connection.isGateway = false
            return false
        }
        if let json = try? JSON(parsing: payload) { news.send(.said(number, json)) }
        return true
    }

    private func write(_ bytes: [UInt8], _ connection: Connection) {
        connection.output += bytes
        while !connection.output.isEmpty {
            guard case .moved(let count) = connection.output.withUnsafeBytes({ connection.socket.write($0) }) else { return }
            connection.output.removeFirst(count)
        }
    }
}
