internal import CLinux

/// Another program that talks with us over its standard input and output, both one socket. It ends with this value. A silent
/// one's complaints go nowhere.
package final class Child: Sendable {
    package let conversation: Descriptor
    package let process: Int32

    package init(_ command: [String], silent: Bool = false) throws(SystemError) {
        var pair: [Int32] = [-1, -1]
        _ = try SystemError.check(hearth_socket_pair(&pair), "socketpair")
        conversation = Descriptor(pair[0])
        let theirs = Descriptor(pair[1])
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, theirs.number, 0)
        posix_spawn_file_actions_adddup2(&actions, theirs.number, 1)
        if silent { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
        // It shall not inherit which signals we hold back or ignore.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var pipes = sigset_t()
        sigemptyset(&pipes)
        sigaddset(&pipes, SIGPIPE)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &pipes)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var started = pid_t()
        let outcome = posix_spawnp(&started, command[0], &actions, &attributes, &arguments, hearth_whole_environment())
        if outcome != 0 { throw SystemError("start \(command[0])", code: outcome) }
        process = started
    }

    deinit {
        conversation.finishWriting()
        kill(process, SIGTERM)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, hearth_errno() == EINTR {}
    }
}
