internal import CLinux
internal import Kit

/// A folder of one's own, in memory where the machine has such a place, removed with what a database left in it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws(StoreError) {
        let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var name = Array((parent + "/hearth-XXXXXX").utf8CString)
        guard mkdtemp(&name) != nil else {
            throw .failed(code: Int(hearth_errno()), message: "no temporary folder in \(parent)")
        }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + "/hearth.db" + suffix) }
        rmdir(path)
    }
}
