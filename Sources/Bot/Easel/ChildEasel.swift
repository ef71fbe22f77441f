package import Kit
internal import Machine
internal import Shared

/// Has drawings painted by a program of their own, one at a time, and only while there are some: neither a thread nor a library waits
/// for the next. A painter that crashes, hangs or paints nonsense costs the picture and nothing else.
package final class ChildEasel: Easel {
    private struct Order {
        var drawing: Drawing
        var then: @Sendable ([UInt8]?) -> Void
    }

    private struct Orders {
        var waiting: [Order] = []
        var isWorking = false
    }

    private let program: [String]
    private let patience: Int
    private let orders = Lock(Orders())

    /// Pictures that may wait; what comes on top goes out without.
    private static let mostWaiting = 32
    private static let largest = 8 << 20
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The painter that lies beside this program.
    package convenience init() { self.init([(Processes.folder ?? ".") + "/hearth-draw"]) }

    package init(_ program: [String], patienceMilliseconds: Int = 5_000) {
        self.program = program
        patience = patienceMilliseconds
    }

    package func paint(_ drawing: Drawing, then: @escaping @Sendable ([UInt8]?) -> Void) {
        enum Next { case wait, begin, refuse }
        let next = orders.locked { orders -> Next in
            guard orders.waiting.count < Self.mostWaiting else { return .refuse }
            orders.waiting.append(Order(drawing: drawing, then: then))
            defer { orders.isWorking = true }
            return orders.isWorking ? .wait : .begin
        }
        switch next {
        case .wait: break
        case .begin: Thread.detached("hearth-easel") { [self] in work() }
        case .refuse: then(nil)
        }
    }

    private func work() {
        while let order = take() { order.then(try? painted(order.drawing)) }
    }

    private func take() -> Order? {
        orders.locked { orders in
            orders.isWorking = !orders.waiting.isEmpty
            return orders.waiting.isEmpty ? nil : orders.waiting.removeFirst()
        }
    }

    private struct Failed: Error {}

    private func painted(_ drawing: Drawing) throws -> [UInt8] {
        let words = Array(try JSON(encoding: drawing).line.utf8)
        let painter = try Child(program, silent: true)
        let poller = try Poller()
        try poller.watch(painter.conversation.number, for: .writable, tag: 1)
        let deadline = MonotonicTime.now.adding(milliseconds: patience)
        try say(words, to: painter.conversation, poller, deadline)
        poller.change(painter.conversation.number, to: .readable, tag: 1)
        let picture = try hear(painter.conversation, poller, deadline)
        guard picture.starts(with: Self.signature) else { throw Failed() }
        return picture
    }

    private func say(_ words: [UInt8], to painter: Descriptor, _ poller: Poller, _ deadline: MonotonicTime) throws {
        var rest = words[...]
        while !rest.isEmpty {
            switch rest.withUnsafeBytes({ painter.write($0) }) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .wouldBlock: try wait(poller, deadline)
            case .ended, .failed: throw Failed()
            }
        }
        painter.finishWriting()
    }

    private func hear(_ painter: Descriptor, _ poller: Poller, _ deadline: MonotonicTime) throws -> [UInt8] {
        var picture: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 65_536)
        while picture.count <= Self.largest {
            switch room.withUnsafeMutableBytes({ painter.read(into: $0) }) {
            case .moved(let count): picture += room[..<count]
            case .wouldBlock: try wait(poller, deadline)
            case .ended: return picture
            case .failed: throw Failed()
            }
        }
        throw Failed()
    }

    private func wait(_ poller: Poller, _ deadline: MonotonicTime) throws {
        let left = deadline.milliseconds(since: .now)
        guard left > 0 else { throw Failed() }
        _ = poller.wait(milliseconds: Int(left)) { _, _ in }
    }
}
