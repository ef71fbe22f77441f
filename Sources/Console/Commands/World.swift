internal import Machine

/// Everything a shell command may touch: handed in, so that a test can be the shell.
package struct World {
    package var arguments: [String]
    package var environment: [String: String]
    package var version: String
    package var input: Int32
    package var output: Int32
    package var outputIsTerminal: Bool
    package var inputIsTerminal: Bool
    package var columns: Int?
    /// False when nobody reads any more.
    package var write: (String) -> Bool
    package var say: (String) -> Void

    /// The same, with what is said beside the data said in its place: one reader hears both in order.
    var sayingAloud: World {
        var world = self
        world.say = { [write] text in _ = write(text + "\n") }
        return world
    }

    package init(
        arguments: [String], environment: [String: String], version: String, input: Int32 = 0, output: Int32 = 1,
        outputIsTerminal: Bool,
        inputIsTerminal: Bool, columns: Int? = nil,
        write: @escaping (String) -> Bool, say: @escaping (String) -> Void
    ) {
        self.arguments = arguments
        self.environment = environment
        self.version = version
        self.input = input
        self.output = output
        self.outputIsTerminal = outputIsTerminal
        self.inputIsTerminal = inputIsTerminal
        self.columns = columns
        self.write = write
        self.say = say
    }

    /// The world of a program that somebody has just started.
    package static func here(version: String) -> World {
        let terminal = Streams.isTerminal(Streams.output)
        return World(
            arguments: Array(CommandLine.arguments.dropFirst()), environment: Environment.read(), version: version,
            outputIsTerminal: terminal, inputIsTerminal: Streams.isTerminal(Streams.input),
            columns: Streams.windowSize(of: Streams.output)?.columns,
            write: { Streams.write(Array($0.utf8), to: Streams.output) },
            say: { _ = Streams.write(Array(($0 + "\n").utf8), to: Streams.errors) })
    }
}
