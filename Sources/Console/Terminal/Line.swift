internal import Link
internal import Machine
internal import Screens
internal import Shared

/// The connection of a console that outlives its daemon: it tries again all the time, and says when it was lost and found.
final class Line {
    private let address: ControlAddress
    private let poller: Poller
    private let tag: UInt64
    private var connection: Connection?
    private var nextTry = MonotonicTime.now
    private var lastReason: String?

    init(_ address: ControlAddress, _ poller: Poller, tag: UInt64) {
        self.address = address
        self.poller = poller
        self.tag = tag
    }

    /// How often to knock: a local socket costs nothing, a login over the network does.
    private var pause: Int { address.host == nil ? 250 : 3000 }

    /// How long a wait may last before the line wants to be looked after.
    var patience: Int {
        connection == nil ? Int(max(1, nextTry.milliseconds(since: .now) + 1)) : 60_000
    }

    func send(_ request: ControlRequest) {
        connection?.send(request)
        flush()
    }

    private func flush() {
        guard let connection else { return }
        connection.flush()
        poller.change(connection.descriptor, to: connection.hasMoreToSend ? [.readable, .writable] : .readable, tag: tag)
    }

    /// Connects if it is time to.
    func keepUp() -> [Action] {
        guard connection == nil, nextTry <= .now else { return [] }
        nextTry = MonotonicTime.now.adding(milliseconds: pause)
        do {
            let connection = try address.connect(quietly: true)
            try poller.watch(connection.descriptor, for: .readable, tag: tag)
            self.connection = connection
            lastReason = nil
            return [.connected]
        } catch {
            let reason =
                error.isMissing
                ? "no socket at \(address.description)"
                : error.isRefused ? "nobody listens at \(address.description)" : error.description
            if reason == lastReason { return [] }
            lastReason = reason
            return [.lost(reason)]
        }
    }

    func listen() -> [Action] {
        guard let connection else { return [] }
        flush()
        let (lines, ending) = connection.receive()
        let actions = lines.compactMap { ControlMessage($0).map(Action.said) }
        guard let ending else { return actions }
        poller.forget(connection.descriptor)
        self.connection = nil
        nextTry = MonotonicTime.now.adding(milliseconds: pause)
        let closed = address.host.map { "ssh to \($0) ended" } ?? "it hung up"
        let reason = if case .broken(let why) = ending { why } else { closed }
        return actions + [.lost(reason)]
    }
}
