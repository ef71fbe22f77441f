import Machine

/// The console on a terminal of its own, as script(1) keeps one: keys go in, and what comes out is counted, not drawn.
final class Screen {
    /// What came out after something went in.
    struct Painting {
        var bytes = 0
        /// From the key to the last byte of what it caused.
        var nanoseconds: Int64 = 0
    }

    private let program: Child
    private let poller: Poller
    private var room = [UInt8](repeating: 0, count: 64 << 10)

    init(_ program: String, socket: String, size: (columns: Int, rows: Int)) throws {
        let command = """
            stty columns \(size.columns) rows \(size.rows); TERM=xterm-256color LC_ALL=C.UTF-8 exec \(program) --socket \(socket)
            """
        self.program = try Child(["script", "--quiet", "--flush", "--command", command, "/dev/null"], silent: true)
        poller = try Poller()
        try poller.watch(self.program.conversation.number, for: .readable, tag: 1)
    }

    /// Presses a key and counts until nothing has come for some milliseconds.
    func press(_ key: String, quiet: Int = 6, patience: Int = 1000) throws -> Painting {
        let began = MonotonicTime.now
        _ = Streams.write(Array(key.utf8), to: program.conversation.number)
        return try listen(since: began, quiet: quiet, patience: patience)
    }

    /// Counts until nothing has come for `quiet` milliseconds; the first byte may take as long as it is waited for.
    func listen(since began: MonotonicTime = .now, quiet: Int, patience: Int) throws -> Painting {
        var painting = Painting()
        while true {
            let count = try read(within: painting.bytes == 0 ? patience : quiet)
            if count == 0 { return painting }
            painting.bytes += count
            painting.nanoseconds = MonotonicTime.now.nanoseconds - began.nanoseconds
        }
    }

    /// Bytes of a span of time in which nobody touches a key.
    func idle(milliseconds: Int) throws -> Int {
        let end = MonotonicTime.now.adding(milliseconds: milliseconds)
        var bytes = 0
        while case let left = Int(end.milliseconds(since: .now)), left > 0 { bytes += try read(within: left) }
        return bytes
    }

    private func read(within milliseconds: Int) throws -> Int {
        var isReady = false
        _ = poller.wait(milliseconds: milliseconds) { _, _ in isReady = true }
        guard isReady else { return 0 }
        switch room.withUnsafeMutableBytes(program.conversation.read) {
        case .moved(let count): return count
        case .wouldBlock: return 0
        case .ended, .failed: throw RunningHouse.Silent(description: "the console has ended")
        }
    }
}
