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

    /// Begins anew without the runtime's backtraces, which print what lies in memory, tokens too. Known only to the environment
    /// that a process starts with; an admin who has set the variable has decided.
    package static func hideMemoryFromBacktraces() {
        guard getenv("SWIFT_BACKTRACE") == nil else { return }
        setenv("SWIFT_BACKTRACE", "enable=no", 1)
        var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
        execv("/proc/self/exe", &arguments)
    }

    /// Memory that is really there, ours or another process's.
    package static var residentBytes: Int64 { residentBytes(of: own) }

    package static func residentBytes(of process: Int32) -> Int64 {
        let text = (try? Files.read("/proc/\(process)/statm", atMost: 256)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
        return pages * Int64(getpagesize())
    }
}
