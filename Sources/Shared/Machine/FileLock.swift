internal import CLinux

/// A file that one process holds at a time, until it lets go or dies. The file stays: removing it would let two hold it.
package final class FileLock: Sendable {
    private let file: Descriptor

    private init(_ file: Descriptor) { self.file = file }

    /// Nil when somebody else holds it. Never waits, and never follows a link.
    package static func take(_ path: String) throws(SystemError) -> FileLock? {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        let file = Descriptor(try SystemError.check(hearth_open(path, flags, 0o600), "open \(path)"))
        if flock(file.number, LOCK_EX | LOCK_NB) == 0 { return FileLock(file) }
        if hearth_errno() == EWOULDBLOCK { return nil }
        throw .last("lock \(path)")
    }

    /// Leaves a few words for those who find it held.
    package func note(_ words: String) {
        let bytes = Array(words.utf8)
        ftruncate(file.number, 0)
        _ = pwrite(file.number, bytes, bytes.count, 0)
    }
}
