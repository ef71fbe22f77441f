import FoundationEssentials
import Machine
import Shared

/// A real Unix socket with a script behind it: each request is answered as the script says.
final class ScriptedDaemon: Sendable {
    enum Step: Sendable {
        case say(JSON)
        case sayRaw(String)
        case hangUp
    }

    typealias Script = @Sendable (_ request: JSON) -> [Step]

    let path: String
    private let heard = Lock<[JSON]>([])
    private let over = Lock(false)
    private let bell: Bell
    private let thread: Thread

    init(_ script: @escaping Script) throws {
        Streams.ignoreBrokenPipes()
        let path = "/tmp/hearth-test-\(UInt64.random(in: 0 ... .max)).sock"
        self.path = path
        let listener = try Sockets.listenOnUnix(path)
        let poller = try Poller()
        let bell = poller.bell
        self.bell = bell
        let room = Room(poller: poller, listener: listener)
        try poller.watch(listener.number, for: .readable, tag: 0)
        let (heard, over) = (heard, over)
        let handed = Lock(room)
        thread = Thread("daemon") {
            handed.locked { room in
                while !over.locked({ $0 }) { room.serve(script) { request in heard.locked { $0.append(request) } } }
            }
        }
    }

    deinit {
        over.locked { $0 = true }
        bell.ring()
        thread.join()
        try? FileManager.default.removeItem(atPath: path)
    }

    var requests: [JSON] { heard.locked { $0 } }

    func requests(of method: String) -> [JSON] { requests.filter { $0["method"]?.text == method } }

    /// What only the daemon's own thread touches.
    private struct Room {
        let poller: Poller
        let listener: Descriptor
        var clients: [Int32: (socket: Descriptor, waiting: [UInt8])] = [:]

        mutating func serve(_ script: Script, _ note: (JSON) -> Void) {
            var ready: [UInt64] = []
            _ = poller.wait(milliseconds: 1000) { tag, _ in ready.append(tag) }
            for tag in ready {
                if tag == 0 {
                    while let socket = Sockets.accept(listener) {
                        try? poller.watch(socket.number, for: .readable, tag: UInt64(socket.number))
                        clients[socket.number] = (socket, [])
                    }
                } else {
                    listen(Int32(tag), script, note)
                }
            }
        }

        private mutating func listen(_ number: Int32, _ script: Script, _ note: (JSON) -> Void) {
            guard var client = clients[number] else { return }
            guard let bytes = Streams.read(from: number), !bytes.isEmpty else { return drop(number) }
            client.waiting += bytes
            while let end = client.waiting.firstIndex(of: UInt8(ascii: "\n")) {
                let line = client.waiting[..<end]
                client.waiting.removeSubrange(...end)
                guard let request = try? JSON(parsing: line) else { continue }
                note(request)
                for step in script(request) {
                    switch step {
                    case .say(let json): _ = Streams.write(Array((json.line + "\n").utf8), to: number)
                    case .sayRaw(let text): _ = Streams.write(Array(text.utf8), to: number)
                    case .hangUp: return drop(number)
                    }
                }
            }
            clients[number] = client
        }

        private mutating func drop(_ number: Int32) {
            poller.forget(number)
            clients[number] = nil
        }
    }
}

extension ScriptedDaemon {
    /// Answers as the fake house does, unless the script has something of its own to say.
    static func house(_ own: @escaping Script = { _ in [] }) throws -> ScriptedDaemon {
        try ScriptedDaemon { request in
            let special = own(request)
            if !special.isEmpty { return special }
            return HouseOnTheWire.answers(to: request).map(Step.say)
        }
    }

    static func reply(_ request: JSON, _ result: JSON, card: JSON? = nil) -> Step {
        .say(.fields(["jsonrpc": "2.0", "id": request["id"] ?? .null, "result": result, "card": card]))
    }

    static func refuse(_ request: JSON, _ name: String, _ message: String = "No.", hint: JSON = nil, data: JSON = [:]) -> Step {
        .say(
            .fields([
                "jsonrpc": "2.0", "id": request["id"] ?? .null,
                "error": ["code": -32000, "name": .string(name), "message": .string(message), "hint": hint, "data": data],
            ]))
    }
}

/// The fake house's answers as lines.
enum HouseOnTheWire {
    static func answers(to request: JSON) -> [JSON] {
        var house = FakeHouse()
        var subscriptions: [String: String] = [:]
        let asked = ControlRequest(
            id: request["id"]?.int ?? 0, method: request["method"]?.text ?? "", params: request["params"] ?? [:],
            card: request["card"]?.bool ?? false)
        return house.answer(asked, &subscriptions).map { message in
            switch message {
            case .reply(let id, let result, let card):
                .fields(["jsonrpc": "2.0", "id": .int(id), "result": result, "card": card])
            case .failure(let id, let error):
                .fields([
                    "jsonrpc": "2.0", "id": id.map(JSON.int),
                    "error": ["code": .int(error.code), "name": .string(error.name), "message": .string(error.message)],
                ])
            case .event(let subscription, .snapshot(let key, let at, let row)):
                ["sub": .string(subscription), "op": "snapshot", "key": .string(key), "at": .int(Int64(at)), "row": row]
            case .event(let subscription, .live(let epoch, let seq)):
                ["sub": .string(subscription), "op": "live", "epoch": .string(epoch), "seq": .int(seq)]
            case .event(let subscription, _): ["sub": .string(subscription), "op": "gone"]
            case .overflow: ["op": "overflow"]
            }
        }
    }
}
