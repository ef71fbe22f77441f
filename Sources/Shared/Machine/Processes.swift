internal import CLinux

/// What the kernel says of this process.
package enum Processes {
    package static var own: Int32 { getpid() }

    /// The folder that this program was started from.
    package static var folder: String? {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, path.count - 1)
        guard count > 0 else { return nil }
        let whole = String(decoding: path.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return whole.lastIndex(of: "/").map { String(whole[..<$0]) }
    }

    /// Lets another program take this one's place. Returns only when that fails.
    package static func become(_ command: [String]) -> SystemError {
        var arguments = command.map { strdup($0) } + [nil]
        execvp(command[0], &arguments)
        return .last("start \(command[0])")
    }

    /// Memory that is really there.
    package static var residentBytes: Int64 {
        let text = (try? Files.read("/proc/self/statm", atMost: 256)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
        return pages * Int64(getpagesize())
    }
}
