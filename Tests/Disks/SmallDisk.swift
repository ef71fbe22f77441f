import CLinux
package import Machine

/// A disk of a few megabytes, made of memory. Only root may mount one.
package final class SmallDisk: Sendable {
    package let path: String
    package static let isPossible: Bool = (try? SmallDisk(bytes: 1 << 20)) != nil

    package init(bytes: Int) throws(SystemError) {
        var name = Array("/tmp/hearth-disk-XXXXXX".utf8CString)
        guard mkdtemp(&name) != nil else { throw SystemError.last("mkdtemp") }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard hearth_mount_memory(path, "size=\(bytes),mode=0700") == 0 else {
            rmdir(path)
            throw SystemError.last("mount")
        }
    }

    deinit {
        umount2(path, Int32(MNT_DETACH))
        rmdir(path)
    }

    private var ballast: String { path + "/ballast" }

    /// Leaves not a byte free.
    package func fill() throws(SystemError) {
        let file = Descriptor(
            try SystemError.check(hearth_open(ballast, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600), "open \(ballast)"))
        for size in [1 << 20, 1 << 16, 1 << 12, 1] {
            let piece = [UInt8](repeating: 0xAA, count: size)
            while piece.withUnsafeBytes({ write(file.number, $0.baseAddress, $0.count) }) == size {}
        }
    }

    /// There is space again.
    package func empty() { unlink(ballast) }
}
