import Machine

/// What a process has taken of the machine, as the kernel says.
struct Consumption {
    /// Seconds, of all its threads, those that have ended included.
    var cpu = 0.0
    /// Megabytes that are there: all, those that no file backs, and the most that ever were.
    var resident = 0.0
    var anonymous = 0.0
    var peak = 0.0

    init() {}

    init(of process: Int32) {
        let stat = Self.text("/proc/\(process)/stat")
        // The second field is the program's name in parentheses, which may hold anything.
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        if fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) { cpu = (user + system) / 100 }
        for line in Self.text("/proc/\(process)/status").split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count > 1, let kilobytes = Double(words[1]) else { continue }
            switch words[0] {
            case "VmRSS:": resident = kilobytes / 1024
            case "RssAnon:": anonymous = kilobytes / 1024
            case "VmHWM:": peak = kilobytes / 1024
            default: break
            }
        }
    }

    /// Of the threads that run now, in milliseconds, from the scheduler's own count of nanoseconds.
    static func processorMilliseconds(of process: Int32) -> Double {
        let threads = (try? Files.names(in: "/proc/\(process)/task")) ?? []
        return threads.reduce(0) { sum, thread in
            let fields = text("/proc/\(process)/task/\(thread)/schedstat").split(whereSeparator: \.isWhitespace)
            return sum + (fields.first.flatMap { Double($0) } ?? 0) / 1_000_000
        }
    }

    private static func text(_ path: String) -> String {
        (try? Files.read(path, atMost: 64 << 10)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
