internal import CLinux

/// The three streams a program is born with, and what surrounds it.
package enum Streams {
    package static let input: Int32 = 0
    package static let output: Int32 = 1
    package static let errors: Int32 = 2

    package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Writes everything, waiting where it must. False when nobody reads any more.
    package static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
        let all = Array(bytes)
        var done = 0
        while done < all.count {
            let count = all[done...].withUnsafeBytes { CLinux.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                done += count
            } else if hearth_errno() == EAGAIN {
                _ = waitUntilReady(descriptor, toWrite: true, milliseconds: -1)
            } else if hearth_errno() != EINTR {
                return false
            }
        }
        return true
    }

    /// What can be read now, waiting for the first of it; empty at the end, nil when reading failed.
    package static func read(from descriptor: Int32, atMost room: Int = 65_536) -> [UInt8]? {
        while true {
            var failed = false
            let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                let answer = CLinux.read(descriptor, buffer.baseAddress, room)
                failed = answer < 0
                count = max(0, answer)
            }
            if !failed { return bytes }
            switch hearth_errno() {
            case EINTR: continue
            case EAGAIN: _ = waitUntilReady(descriptor, toWrite: false, milliseconds: -1)
            default: return nil
            }
        }
    }

    package static func readAll(from descriptor: Int32) -> [UInt8] {
        var all: [UInt8] = []
        while let part = read(from: descriptor), !part.isEmpty { all += part }
        return all
    }

    package static func waitUntilReady(_ descriptor: Int32, toWrite: Bool, milliseconds: Int32) -> Bool {
        var one = pollfd(fd: descriptor, events: Int16(toWrite ? POLLOUT : POLLIN), revents: 0)
        return poll(&one, 1, milliseconds) > 0
    }

    /// How large the terminal is, if it is one.
    package static func windowSize(of descriptor: Int32) -> (columns: Int, rows: Int)? {
        var columns: Int32 = 0
        var rows: Int32 = 0
        guard hearth_window_size(descriptor, &columns, &rows) == 0, columns > 0, rows > 0 else { return nil }
        return (Int(columns), Int(rows))
    }

    /// A reader who goes away shall be an answer of `write`, not the end of the program.
    package static func ignoreBrokenPipes() { hearth_survive_lost_output() }
}

/// Ends the program with this code.
package func exitNow(_ code: Int32) -> Never { exit(code) }
