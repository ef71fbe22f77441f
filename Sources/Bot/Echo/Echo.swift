import Discord
import Machine

/// One connection: what comes in goes out, until somebody closes.
struct Echo {
    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    /// Longest that is waited for the connection, and for its end after the goodbye.
    private static let patience = 10_000
    private static let farewell = 3_000
    private let plan: EchoPlan

    init(_ plan: EchoPlan) { self.plan = plan }

    /// Answers how it ended, in words.
    func run() throws -> String {
        let socket = try CurlSocket(
            connectingTo: "http://" + plan.host, isNear: true, withinMilliseconds: Self.patience)
        let link = WebSocketLink(
            socket, host: plan.host, path: plan.path, agent: "websocket-echo", messageCap: plan.messageCap,
            mask: { UInt32.random(in: .min ... .max) })
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { room.deallocate() }
        let waiting = Waiting(on: try Poller(), link)
        try waiting.begin()
        let ending = try listen(to: link, room, waiting)
        leave(link, room, waiting)
        return ending
    }

    private func listen(to link: WebSocketLink, _ room: UnsafeMutableRawBufferPointer, _ waiting: Waiting) throws -> String {
        let opened = MonotonicTime.now.adding(milliseconds: Self.patience)
        var isOpen = false
        var ending: (code: Int?, reason: String)?
        while ending == nil {
            let hasMore = link.read(into: room) { news in
                switch news {
                case .opened: isOpen = true
                case .message(let bytes, let isText): link.say(Array(bytes), isText: isText)
                case .garbled(let reason): ending = (nil, reason)
                case .closed(let code, let reason): ending = (code, reason)
                }
            }
            if !hasMore, ending == nil { waiting.wait(until: isOpen ? nil : opened) }
            if !isOpen, MonotonicTime.now > opened { throw Broken(description: "the server does not answer") }
        }
        guard isOpen else { throw Broken(description: ending?.reason ?? "the connection broke") }
        return "closed (\(ending?.code.map { "\($0)" } ?? "no code"))"
            + (ending.map { $0.reason.isEmpty ? "" : ": \($0.reason)" } ?? "")
    }

    /// The server hangs up first; whoever waits longer than it takes hangs up too.
    private func leave(_ link: WebSocketLink, _ room: UnsafeMutableRawBufferPointer, _ waiting: Waiting) {
        let end = MonotonicTime.now.adding(milliseconds: Self.farewell)
        while !link.isGone, MonotonicTime.now < end {
            link.write()
            if !link.drain(into: room), !link.isGone { waiting.wait(until: end) }
        }
    }

    /// Sleeps until the connection can be read, or written where something waits.
    private struct Waiting {
        private let poller: Poller
        private let link: WebSocketLink

        init(on poller: Poller, _ link: WebSocketLink) {
            self.poller = poller
            self.link = link
        }

        func begin() throws {
            try poller.watch(link.descriptor, for: .readable, tag: 1)
            link.write()
        }

        func wait(until end: MonotonicTime?) {
            poller.change(link.descriptor, to: link.wantsToWrite ? [.readable, .writable] : .readable, tag: 1)
            let pause = end.map { max(0, min($0.milliseconds(since: .now) + 1, 60_000)) } ?? 60_000
            _ = poller.wait(milliseconds: Int(pause)) { _, _ in }
            link.write()
        }
    }
}
