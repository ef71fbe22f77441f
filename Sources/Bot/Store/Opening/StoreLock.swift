internal import CLinux
internal import Machine

/// One daemon to a database: the kernel frees the lock when its holder is gone, however it went. The file stays.
package struct StoreLock: Sendable {
    private let file: Descriptor

    /// Answers at once, with the lock or with who has it.
    package static func acquire(for database: String) throws(OpeningRefusal) -> StoreLock {
        let path = database + ".lock"
        let number = hearth_open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard number >= 0 else {
            throw OpeningRefusal(
                .failed, "\(SystemError.last("open \(path)")).", remedy: "The daemon must be able to write in that folder.")
        }
        let file = Descriptor(number)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else { throw taken(database, path) }
        let line = Array("\(getpid())\n".utf8)
        _ = ftruncate(number, 0)
        _ = line.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) }
        return StoreLock(file: file)
    }

    /// The process that has the lock; nil when nobody has.
    package static func holder(of database: String) -> Int32? {
        let path = database + ".lock"
        let number = hearth_open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0)
        guard number >= 0 else { return nil }
        let file = Descriptor(number)
        guard flock(file.number, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return Int32(process(in: path))
    }

    private static func process(in path: String) -> String {
        let bytes = (try? Files.read(path, atMost: 64)) ?? []
        return String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    private static func taken(_ database: String, _ path: String) -> OpeningRefusal {
        let process = process(in: path)
        let holder = process.isEmpty ? "Another program" : "Process \(process)"
        return OpeningRefusal(
            .inUse, "\(holder) is using the database \(database).", remedy: "Stop it first, or name another database.")
    }
}
