internal import CLinux
package import Shared

/// Where all lines of a process go: to standard error or a file, and to the ring of recent ones. What cannot be written is
/// counted and told by the next line that can; nothing that happens to the output stops or delays the process for long.
package final class LogSink: Sendable {
    package enum Output: Sendable {
        case descriptor(Int32)
        case file(path: String, limit: Int, keep: Int)

        package static let standardError = Output.descriptor(2)
    }

    private enum Place {
        case descriptor(Int32)
        case file(LogFile)
    }

    private struct State {
        var place: Place
        var ring: LogRing
        var lost = 0
    }

    package let level: LogLevel
    private let format: LogFormat
    private let redaction: Redaction
    private let clock: @Sendable () -> Instant
    private let state: Lock<State>

    package init(
        level: LogLevel, format: LogFormat, output: Output = .standardError, secrets: [Secret] = [], remembered: Int = 1000,
        clock: @escaping @Sendable () -> Instant = { Instant(milliseconds: wallMilliseconds()) }
    ) throws(SystemError) {
        hearth_survive_lost_output()
        self.level = level
        self.format = format
        self.clock = clock
        redaction = Redaction(known: secrets)
        let place: Place =
            switch output {
            case .descriptor(let number): .descriptor(number)
            case .file(let path, let limit, let keep): .file(try LogFile(path: path, limit: limit, keep: keep))
            }
        state = Lock(State(place: place, ring: LogRing(capacity: remembered)))
    }

    /// How many lines could not be written since the last that could.
    package var lost: Int { state.locked { $0.lost } }

    package func recent(after number: Int, atMost limit: Int = .max) -> LogRing.Reading {
        state.locked { $0.ring.records(after: number, atMost: limit) }
    }

    func take(_ level: LogLevel, _ room: String, _ message: String, _ fields: [LogField]) {
        let record = LogRecord(
            time: clock(), level: level, room: room, message: message, fields: fields, redaction: redaction)
        let line = record.line(as: format)
        state.locked { state in
            state.ring.append(record)
            if state.lost > 0 {
                let count = state.lost
                let notice = LogRecord(
                    time: record.time, level: .warn, room: "log", message: "lines could not be written",
                    fields: [.whole("lost", count)])
                guard Self.write(notice.line(as: format), to: &state.place) else {
                    state.lost += 1
                    return
                }
                state.lost = 0
            }
            if !Self.write(line, to: &state.place) { state.lost += 1 }
        }
    }

    private static func write(_ line: [UInt8], to place: inout Place) -> Bool {
        switch place {
        case .descriptor(let number): return write(line, to: number)
        case .file(var file):
            defer { place = .file(file) }
            do { try file.write(line) } catch { return false }
            return true
        }
    }

    /// A reader who has stopped reading costs a line after 20 ms, not the daemon.
    private static func write(_ line: [UInt8], to descriptor: Int32) -> Bool {
        var written = 0
        while written < line.count {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&waiting, 1, 20) > 0 else { return false }
            let count = line[written...].withUnsafeBytes { CLinux.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && (hearth_errno() == EINTR || hearth_errno() == EAGAIN) { continue }
            guard count > 0 else { return false }
            written += count
        }
        return true
    }
}
