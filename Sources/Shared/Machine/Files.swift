internal import CLinux

/// Small files of this machine, read and written whole.
package enum Files {
    package static func read(_ path: String, atMost limit: Int = 16 << 20) throws(SystemError) -> [UInt8] {
        let file = Descriptor(try SystemError.check(hearth_open(path, O_RDONLY | O_CLOEXEC, 0), "open \(path)"))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = CLinux.read(file.number, &chunk, chunk.count)
            if count < 0 && hearth_errno() == EINTR { continue }
            if count < 0 { throw .last("read \(path)") }
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[0..<count])
            if bytes.count > limit { throw SystemError("read \(path)", code: EFBIG) }
        }
    }

    /// Writes beside the path, makes it durable, then takes the path's place: a reader sees the old bytes or the new.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(SystemError) {
        let draft = "\(path).\(getpid()).new"
        do throws(SystemError) {
            let file = Descriptor(
                try SystemError.check(hearth_open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode), "create \(draft)"))
            try write(bytes, to: file, at: draft)
            _ = try SystemError.check(rename(draft, path), "rename \(draft) to \(path)")
        } catch {
            unlink(draft)
            throw error
        }
    }

    /// Adds to the end of a file, which is made where there is none, and makes it durable.
    package static func append(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(SystemError) {
        let file = Descriptor(
            try SystemError.check(hearth_open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode), "open \(path)"))
        try write(bytes, to: file, at: path)
    }

    /// Nil of an empty file.
    package static func lastByte(of path: String) throws(SystemError) -> UInt8? {
        let file = Descriptor(try SystemError.check(hearth_open(path, O_RDONLY | O_CLOEXEC, 0), "open \(path)"))
        guard lseek(file.number, -1, SEEK_END) >= 0 else { return nil }
        var byte: UInt8 = 0
        let count = CLinux.read(file.number, &byte, 1)
        if count < 0 { throw .last("read \(path)") }
        return count == 1 ? byte : nil
    }

    private static func write(_ bytes: [UInt8], to file: Descriptor, at path: String) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { CLinux.write(file.number, $0.baseAddress, $0.count) }
            if count < 0 && hearth_errno() == EINTR { continue }
            if count < 0 { throw SystemError.last("write \(path)") }
            written += count
        }
        _ = try SystemError.check(fsync(file.number), "fsync \(path)")
    }

    /// What the file system says about a path. A link at the path itself is followed.
    package struct Status: Hashable, Sendable {
        package let owner: UInt32
        package let permissions: UInt32
        package let size: Int64
        package let isFolder: Bool
    }

    package static func status(_ path: String) throws(SystemError) -> Status {
        var status = stat()
        _ = try SystemError.check(stat(path, &status), "stat \(path)")
        return Status(
            owner: status.st_uid, permissions: status.st_mode & 0o7777, size: Int64(status.st_size),
            isFolder: status.st_mode & UInt32(S_IFMT) == UInt32(S_IFDIR))
    }

    /// Bytes that this program may still write on the disk which holds a file; nil when that cannot be known.
    package static func room(beside path: String) -> Int64? {
        var system = statvfs()
        guard statvfs(path, &system) == 0 else { return nil }
        return Int64(clamping: UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize)).partialValue)
    }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
    package static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    /// Makes a folder and those above it; existing ones are left as they are.
    package static func makeFolder(_ path: String, mode: UInt32 = 0o700) throws(SystemError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, mode) != 0 && hearth_errno() != EEXIST { throw .last("create the folder \(made)") }
        }
    }

    /// Names in a folder, in order, without "." and "..".
    package static func names(in folder: String) throws(SystemError) -> [String] {
        guard let stream = opendir(folder) else { throw .last("list \(folder)") }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    package static func remove(_ path: String) throws(SystemError) {
        _ = try SystemError.check(unlink(path), "remove \(path)")
    }

    /// Removes an empty folder.
    package static func removeFolder(_ path: String) throws(SystemError) {
        _ = try SystemError.check(rmdir(path), "remove \(path)")
    }
}
