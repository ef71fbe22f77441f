internal import CLinux

/// The users and groups that this machine knows.
package enum Accounts {
    package static var ownUser: UInt32 { getuid() }
    package static var effectiveUser: UInt32 { geteuid() }

    package static func user(named name: String) -> UInt32? {
        lookUp { (entry: inout passwd, room, size, found) in getpwnam_r(name, &entry, room, size, found) }?.pw_uid
    }

    package static func group(named name: String) -> UInt32? {
        lookUp { (entry: inout CLinux.group, room, size, found) in getgrnam_r(name, &entry, room, size, found) }?.gr_gid
    }

    package static func name(ofUser user: UInt32) -> String? {
        var name: String?
        _ = lookUp { (entry: inout passwd, room, size, found) in
            let answer = getpwuid_r(user, &entry, room, size, found)
            if found.pointee != nil { name = String(cString: entry.pw_name) }
            return answer
        }
        return name
    }

    private typealias Found<Entry> = UnsafeMutablePointer<UnsafeMutablePointer<Entry>?>

    /// Asks again with more room until the answer fits. Only numbers of the entry may be kept: its texts lie in that room.
    private static func lookUp<Entry>(
        _ ask: (inout Entry, UnsafeMutablePointer<CChar>, Int, Found<Entry>) -> Int32
    ) -> Entry? where Entry: BitwiseCopyable {
        var size = 1 << 10
        while size <= 1 << 20 {
            let room = UnsafeMutablePointer<CChar>.allocate(capacity: size)
            let entry = UnsafeMutablePointer<Entry>.allocate(capacity: 1)
            defer { room.deallocate(); entry.deallocate() }
            memset(entry, 0, MemoryLayout<Entry>.size)
            var found: UnsafeMutablePointer<Entry>?
            let answer = ask(&entry.pointee, room, size, &found)
            if answer != ERANGE { return found == nil ? nil : entry.pointee }
            size *= 4
        }
        return nil
    }
}
