internal import CLinux

/// A log file that begins anew when it is full and keeps a few of the old ones: `hearth.log`, `hearth.log.1`, … A line is
/// written whole or not at all, also on a full disk.
struct LogFile: Sendable {
    let path: String
    let limit: Int
    let keep: Int
    private var file: Descriptor
    private var size: Int

    init(path: String, limit: Int, keep: Int) throws(SystemError) {
        (self.path, self.limit, self.keep) = (path, limit, keep)
        file = try Self.open(path)
        size = Int((try? Files.status(path).size) ?? 0)
    }

    mutating func write(_ line: [UInt8]) throws(SystemError) {
        if size > 0 && size + line.count > limit { try startAnew() }
        var written = 0
        while written < line.count {
            let count = line[written...].withUnsafeBytes { CLinux.write(file.number, $0.baseAddress, $0.count) }
            if count < 0 && hearth_errno() == EINTR { continue }
            if count <= 0 {
                let error = SystemError.last("write \(path)")
                _ = ftruncate(file.number, size)
                throw error
            }
            written += count
        }
        size += line.count
    }

    private mutating func startAnew() throws(SystemError) {
        for number in stride(from: keep - 1, through: 1, by: -1) { rename("\(path).\(number)", "\(path).\(number + 1)") }
        rename(path, path + ".1")
        file = try Self.open(path)
        size = 0
    }

    private static func open(_ path: String) throws(SystemError) -> Descriptor {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC
        return Descriptor(try SystemError.check(hearth_open(path, flags, 0o640), "open \(path)"))
    }
}
