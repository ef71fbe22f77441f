internal import CLinux

/// Signals as something to read instead of something that interrupts: once caught they wait in a descriptor.
package final class Signals {
    package enum Kind: Sendable { case terminate, hangUp, interrupt, leave, stop, resume, resized }

    private let source: Int32
    private static let known: [(Kind, Int32)] = [
        (.terminate, SIGTERM), (.hangUp, SIGHUP), (.interrupt, SIGINT), (.leave, SIGUSR1), (.stop, SIGTSTP), (.resume, SIGCONT),
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

    /// Waits until something has come, then takes it.
    package func wait() -> [Kind] {
        var ready = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
        while poll(&ready, 1, -1) < 0, hearth_errno() == EINTR {}
        return take()
    }

    /// Asks another process to end.
    package static func send(_ kind: Kind, to process: Int32) throws(SystemError) {
        guard let number = known.first(where: { $0.0 == kind })?.1 else { return }
        _ = try SystemError.check(kill(process, number), "signal process \(process)")
    }

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
