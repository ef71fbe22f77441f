internal import CLinux

/// What the kernel says of this process.
package enum Processes {
    package static var own: Int32 { getpid() }

    /// Memory that is really there.
    package static var residentBytes: Int64 {
        let text = (try? Files.read("/proc/self/statm", atMost: 256)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
        return pages * Int64(getpagesize())
    }
}
