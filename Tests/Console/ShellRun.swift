import Commands
import Machine
import Shared

/// One line of a shell: what it printed, what it said beside, and how it ended.
struct ShellRun {
    var output = ""
    var said = ""
    var exit: ExitCode?

    init(
        _ words: [String], to daemon: ScriptedDaemon? = nil, onTerminal: Bool = false, environment: [String: String] = [:],
        readsAtMost lines: Int = .max
    ) {
        let output = Lock("")
        let said = Lock("")
        let left = Lock(lines)
        var environment = environment
        if let daemon { environment["HEARTH_SOCKET"] = daemon.path }
        let world = World(
            arguments: words, environment: environment, version: "1.2.3", input: -1, output: -1, outputIsTerminal: onTerminal,
            inputIsTerminal: onTerminal,
            write: { text in
                output.locked { $0 += text }
                return left.locked { left in
                    left -= 1
                    return left > 0
                }
            },
            say: { text in said.locked { $0 += text + "\n" } })
        if case .finished(let code) = Shell.run(world) { exit = code }
        self.output = output.locked { $0 }
        self.said = said.locked { $0 }
    }

    init(_ line: String, to daemon: ScriptedDaemon? = nil, onTerminal: Bool = false) {
        self.init(line.split(separator: " ").map(String.init), to: daemon, onTerminal: onTerminal)
    }

    var json: JSON? { try? JSON(parsing: output) }
}
