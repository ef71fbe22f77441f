internal import CLinux

/// Signals as something to read instead of something that interrupts: once caught they wait in a descriptor.
package final class Signals {
    package enum Kind: Sendable { case terminate, hangUp, interrupt, stop, resume, resized }

    private let source: Int32
    private static let known: [(Kind, Int32)] = [
        (.terminate, SIGTERM), (.hangUp, SIGHUP), (.interrupt, SIGINT), (.stop, SIGTSTP), (.resume, SIGCONT),
        (.resized, SIGWINCH),
    ]

    package var descriptor: Int32 { source }

    package init(catching kinds: [Kind]) throws(SystemError) {
        var set = sigset_t()
        sigemptyset(&set)
        for (kind, number) in Self.known where kinds.contains(kind) { sigaddset(&set, number) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        source = try SystemError.check(signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK)), "signalfd")
    }

    deinit { close(source) }

    /// What has come since the last time, in order.
    package func take() -> [Kind] {
        var all: [Kind] = []
        var news = signalfd_siginfo()
        while read(source, &news, MemoryLayout<signalfd_siginfo>.size) == MemoryLayout<signalfd_siginfo>.size {
            if let known = Self.known.first(where: { $0.1 == Int32(news.ssi_signo) }) { all.append(known.0) }
        }
        return all
    }

    /// Stops this process as the shell expects of Ctrl-Z; returns when it is continued.
    package static func stopHere() { kill(getpid(), SIGSTOP) }
}
