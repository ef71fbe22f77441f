internal import Machine

/// Tells the supervisor that the committer lives, as often as it wants to hear it. A wedged committer is silent, and is
/// started anew.
final class Watchdog: Sendable {
    private let supervisor: Supervisor
    private let interval: Int64?
    private let last = Lock<Int64>(0)

    init(_ supervisor: Supervisor) {
        self.supervisor = supervisor
        interval = supervisor.patience.map { Int64($0 / .nanoseconds(1)) / 4 }
    }

    var beat: @Sendable () -> Void {
        { [self] in
            guard let interval else { return }
            let now = MonotonicTime.now.nanoseconds
            let isDue = last.locked { last in
                guard now - last >= interval else { return false }
                last = now
                return true
            }
            if isDue { supervisor.tell("WATCHDOG=1") }
        }
    }
}
