import Machine
import Shared

/// How long something has taken on a machine that has a core for whoever wants one: while somebody had to wait for one, this
/// watch stands. Where the kernel does not tell of that, it is an ordinary watch.
struct FairTime {
    private let began = MonotonicTime.now
    private let waited = FairTime.waited()

    var milliseconds: Int64 { MonotonicTime.now.milliseconds(since: began) - (Self.waited() - waited) }

    /// Milliseconds in which anybody on this machine has waited for a core, since it was started.
    private static func waited() -> Int64 {
        guard let bytes = try? Files.read("/proc/pressure/cpu") else { return 0 }
        let line = String(decoding: bytes, as: UTF8.self).prefix { $0 != "\n" }
        let total = line.split(separator: " ").first { $0.hasPrefix("total=") }?.dropFirst("total=".count)
        return (total.flatMap { Int64($0) } ?? 0) / 1000
    }
}
