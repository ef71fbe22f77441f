internal import CLinux
internal import Machine

/// A small file beside the database with the last epoch that was committed. A database older than its stamp has lost commits.
struct EpochStamp: Sendable {
    let path: String
    private static let width = 20

    init(besides database: String) { path = database + ".epoch" }

    /// Nil when there is none, or none that can be read as a number.
    func read() -> Int64? {
        guard let bytes = try? Files.read(path, atMost: 64) else { return nil }
        return Int64(String(decoding: bytes.prefix { $0 != 0x0A }.filter { $0 != 0x20 }, as: UTF8.self))
    }

    /// Overwrites the number in place: twenty digits' room lie in one sector, so a power cut leaves the old or the new.
    func write(_ epoch: Int64) throws(SystemError) {
        let digits = String(epoch)
        let line = Array((String(repeating: " ", count: Self.width - digits.utf8.count) + digits + "\n").utf8)
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        let file = Descriptor(try SystemError.check(hearth_open(path, flags, 0o600), "open \(path)"))
        let count = line.withUnsafeBytes { pwrite(file.number, $0.baseAddress, $0.count, 0) }
        guard count == line.count else { throw .last("write \(path)") }
        CrashPoint.stampWritten.passed()
        _ = try SystemError.check(fdatasync(file.number), "fdatasync \(path)")
    }

    func remove() { unlink(path) }
}
