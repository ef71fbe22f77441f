package import Kit

/// What the house stands on, as lines of the overview: the disk, and the library that keeps the books.
package enum MachineSign {
    /// A backup and a restore each need the database once more.
    package static func disk(room: Int64?, database: Int64) -> Sign {
        guard let room else { return Sign("disk", "Disk", "unknown", .off) }
        let state: Sign.State = room < 64 << 20 ? .bad : room < max(512 << 20, 2 * database) ? .warn : .ok
        return Sign("disk", "Disk", "\(room >> 20) MiB are free", state)
    }

    /// Older ones lack what our statements and the log's care rest on.
    package static func sqlite(_ version: String) -> Sign {
        let parts = version.split(separator: ".").compactMap { Int($0) }
        let isOld = parts.lexicographicallyPrecedes([3, 35])
        return Sign("sqlite", "SQLite", isOld ? "\(version) is older than 3.35" : version, isOld ? .bad : .ok)
    }
}
