import CLinux
import Machine
import Testing

/// One of our programs itself, running beside the tests, so that it can be killed for real.
final class OwnProgram {
    /// Nil once it has ended.
    private(set) var process: pid_t?
    /// How it went; nil while it lives.
    private(set) var ending: Ending?

    enum Ending: Equatable {
        case exited(Int32)
        case killed(by: Int32)

        static let killedAtOnce = Ending.killed(by: SIGKILL)
        static let aborted = Ending.killed(by: SIGABRT)
    }

    struct Unstarted: Error, CustomStringConvertible {
        let description: String
    }

    /// It lies where the tests were built.
    static func path(of name: String) throws -> String {
        var room = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &room, room.count - 1)
        let own = String(decoding: room[..<max(0, length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let path = own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/" + name
        guard Files.exists(path) else { throw Unstarted(description: "there is no \(path); build it with: swift build") }
        return path
    }

    /// Starts with nothing of our own environment but what is given; what it says goes into the file.
    init(_ name: String, _ words: [String], output: String, environment: [String: String] = [:]) throws {
        let program = try Self.path(of: name)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // The threads that run tests block signals that a program wants to hear.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments = Self.copied([program] + words)
        let given = environment.map { "\($0.key)=\($0.value)" }
        var environment = Self.copied(["PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no"] + given)
        defer { for text in arguments + environment { free(text) } }
        var started = pid_t()
        let outcome = posix_spawn(&started, program, &actions, &attributes, &arguments, &environment)
        guard outcome == 0 else { throw Unstarted(description: "\(program) does not start (\(outcome))") }
        process = started
    }

    private static func copied(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var copies: [UnsafeMutablePointer<CChar>?] = []
        for text in texts { copies.append(strdup(text)) }
        return copies + [nil]
    }

    deinit { end(by: SIGKILL) }

    /// At once, in the middle of whatever it does.
    func dies() { end(by: SIGKILL) }

    /// In order.
    func stops() { end(by: SIGTERM) }

    /// Waits for its own end; answers its exit code.
    func ends() -> Int32 {
        end(by: nil)
        return if case .exited(let code)? = ending { code } else { -1 }
    }

    /// Asks it to stop in order, and does not wait.
    func isToldToStop() {
        if let process { kill(process, SIGTERM) }
    }

    /// Ends it as a supervisor ends one that is wedged, and does not wait.
    func isToldToAbort() {
        if let process { kill(process, SIGABRT) }
    }

    /// Whether it has ended by itself; does not wait.
    func hasEnded() -> Bool {
        guard let process else { return true }
        var status: Int32 = 0
        if waitpid(process, &status, WNOHANG) == process { note(status) }
        return ending != nil
    }

    private func end(by signal: Int32?) {
        guard let process else { return }
        if let signal { kill(process, signal) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, hearth_errno() == EINTR {}
        note(status)
    }

    private func note(_ status: Int32) {
        process = nil
        ending = status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(by: status & 0x7F)
    }
}
