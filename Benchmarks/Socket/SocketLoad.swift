import Machine
import Shared

/// Clients on the control socket that each keep some requests in flight, as fast as they are answered, on one thread.
final class SocketLoad {
    struct Plan {
        var clients: Int
        /// Requests that each client has under way.
        var depth: Int
        var milliseconds: Int
        /// The line of the n-th request, its line feed included.
        var request: (Int) -> [UInt8]
    }

    struct Outcome {
        var answers = 0
        var nanoseconds: Int64 = 0
        var perSecond: Double { Double(answers) * 1e9 / Double(max(1, nanoseconds)) }
    }

    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private final class Client {
        let socket: Descriptor
        var output: [UInt8] = []
        var sent = 0
        var input: [UInt8] = []
        var isStuck = false
        init(_ socket: Descriptor) { self.socket = socket }
    }

    private let plan: Plan
    private let clients: [Client]
    private let poller: Poller
    private var asked = 0
    private var room = [UInt8](repeating: 0, count: 256 << 10)

    init(_ path: String, _ plan: Plan) throws {
        self.plan = plan
        clients = try (0..<plan.clients).map { _ in Client(try Sockets.connectToUnix(path)) }
        poller = try Poller()
        for (tag, client) in clients.enumerated() {
            try poller.watch(client.socket.number, for: .readable, tag: UInt64(tag))
        }
    }

    /// Runs until the time is over; what was asked by then is still answered, and not counted.
    func run() throws -> Outcome {
        var outcome = Outcome()
        let began = MonotonicTime.now
        let end = began.adding(milliseconds: plan.milliseconds)
        for client in clients { try ask(client, plan.depth) }
        while MonotonicTime.now < end {
            var ready: [Client] = []
            _ = poller.wait(milliseconds: 1000) { tag, _ in ready.append(clients[Int(tag)]) }
            if ready.isEmpty { throw Refused(description: "no answer within a second") }
            for client in ready {
                let answers = try hear(client)
                outcome.answers += answers
                try ask(client, answers)
            }
        }
        outcome.nanoseconds = MonotonicTime.now.nanoseconds - began.nanoseconds
        return outcome
    }

    private func ask(_ client: Client, _ count: Int) throws {
        for _ in 0..<count {
            asked += 1
            client.output += plan.request(asked)
        }
        while client.sent < client.output.count {
            switch client.output.withUnsafeBytes({
                client.socket.write(UnsafeRawBufferPointer(rebasing: $0[client.sent...]))
            }) {
            case .moved(let count): client.sent += count
            case .wouldBlock: return watch(client, isStuck: true)
            default: throw Refused(description: "the daemon hung up")
            }
        }
        client.output.removeAll(keepingCapacity: true)
        client.sent = 0
        if client.isStuck { watch(client, isStuck: false) }
    }

    private func watch(_ client: Client, isStuck: Bool) {
        client.isStuck = isStuck
        guard let tag = clients.firstIndex(where: { $0 === client }) else { return }
        poller.change(client.socket.number, to: isStuck ? [.readable, .writable] : .readable, tag: UInt64(tag))
    }

    /// Answers how many lines were complete. The first of each piece is looked at: a refusal is no answer.
    private func hear(_ client: Client) throws -> Int {
        guard case .moved(let count) = room.withUnsafeMutableBytes({ client.socket.read(into: $0) }) else {
            throw Refused(description: "the daemon hung up")
        }
        let new = room[..<count]
        guard let first = new.firstIndex(of: UInt8(ascii: "\n")), let last = new.lastIndex(of: UInt8(ascii: "\n")) else {
            client.input += new
            return 0
        }
        client.input += new[..<first]
        let answer = try JSON(parsing: client.input)
        guard answer["result"] != nil else { throw Refused(description: answer.line) }
        client.input = Array(new[(last + 1)...])
        return new[first...last].reduce(into: 0) { if $1 == UInt8(ascii: "\n") { $0 += 1 } }
    }
}
