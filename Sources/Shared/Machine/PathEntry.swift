internal import CLinux

/// What lies at a path, itself: a link is not followed.
package struct PathEntry: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case socket, folder, file, link, pipe, device
    }

    package let kind: Kind
    package let owner: UInt32
    package let permissions: UInt32
    /// Tells whether two looks saw the same thing.
    package let identity: Identity

    package struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    /// Nil when nothing lies there.
    package init?(at path: String) throws(SystemError) {
        var status = stat()
        if lstat(path, &status) != 0 {
            let error = SystemError.last("look at \(path)")
            if error.isMissing { return nil }
            throw error
        }
        owner = status.st_uid
        permissions = status.st_mode & 0o7777
        identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        kind =
            switch status.st_mode & UInt32(S_IFMT) {
            case UInt32(S_IFSOCK): .socket
            case UInt32(S_IFDIR): .folder
            case UInt32(S_IFREG): .file
            case UInt32(S_IFLNK): .link
            case UInt32(S_IFIFO): .pipe
            default: .device
            }
    }
}

extension Files {
    /// Makes one folder with exactly this mode, whatever the process's mask; one that is there already is an error.
    package static func makePrivateFolder(_ path: String, mode: UInt32 = 0o700) throws(SystemError) {
        _ = try SystemError.check(mkdir(path, mode & 0o700), "create the folder \(path)")
        if mode & 0o077 != 0 { try setMode(mode, of: path) }
    }

    package static func setMode(_ mode: UInt32, of path: String) throws(SystemError) {
        _ = try SystemError.check(chmod(path, mode), "change the mode of \(path)")
    }

    package static func setGroup(_ group: UInt32, of path: String) throws(SystemError) {
        _ = try SystemError.check(lchown(path, UInt32.max, group), "give \(path) to the group \(group)")
    }

    /// Whatever lay at the new path is replaced at once.
    package static func move(_ path: String, to other: String) throws(SystemError) {
        _ = try SystemError.check(rename(path, other), "rename \(path) to \(other)")
    }
}
