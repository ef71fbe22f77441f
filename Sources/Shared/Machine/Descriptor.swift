internal import CLinux

/// A file descriptor that closes itself. Reads and writes never block unless the descriptor does.
package final class Descriptor: Sendable {
    package let number: Int32

    package init(_ number: Int32) { self.number = number }
    deinit { close(number) }

    package enum Outcome: Equatable, Sendable {
        case moved(Int)
        case wouldBlock
        case ended
        case failed(Int32)
    }

    /// One more than the highest number that a descriptor of this process can have.
    package static var limit: Int {
        var limit = rlimit()
        return getrlimit(Int32(RLIMIT_NOFILE.rawValue), &limit) == 0 ? Int(clamping: limit.rlim_cur) : 1024
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        let count = CLinux.read(number, buffer.baseAddress, buffer.count)
        if count > 0 { return .moved(count) }
        return count == 0 ? .ended : Self.failure()
    }

    package func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        let count = send(number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        return count >= 0 ? .moved(count) : Self.failure()
    }

    private static func failure() -> Outcome {
        let code = hearth_errno()
        return code == EAGAIN || code == EINTR ? .wouldBlock : .failed(code)
    }

    /// Another number for the same, for a library that closes what it is given.
    package func copied() throws(SystemError) -> Int32 {
        try SystemError.check(hearth_copy(number), "duplicate a descriptor")
    }

    /// Says that nothing more will be written.
    package func finishWriting() { shutdown(number, Int32(SHUT_WR)) }
}
