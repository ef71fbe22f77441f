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

    /// Takes its signals from the runtime's backtracer, which prints what lies in memory, tokens too: the process then dies of
    /// them as any other does. To be called before there is a secret; an admin who has set the variable has decided.
    package static func hideMemoryFromBacktraces() {
        guard getenv("SWIFT_BACKTRACE") == nil else { return }
        for signal in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] where hearth_handles(signal) != 0 {
            hearth_by_default(signal)
        }
    }

    /// The most memory that was ever really there.
    package static var mostResidentBytes: Int {
        var usage = rusage()
        return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss * 1024 : 0
    }

    /// Memory that is really there, ours or another process's.
    package static var residentBytes: Int64 { residentBytes(of: own) }

    package static func residentBytes(of process: Int32) -> Int64 {
        let text = (try? Files.read("/proc/\(process)/statm", atMost: 256)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
        return pages * Int64(getpagesize())
    }
}
