internal import Link
internal import Machine
package import Shared

/// `hearth` with words: one line of a shell, from its arguments to its exit code.
package enum Shell {
    /// What the first look at the line decides.
    package enum Opening {
        /// No words, on a terminal: the console shall open, here.
        case screen(Entry)
        case finished(ExitCode)
    }

    /// Where the console shall look, and who looks.
    package struct Entry: Equatable {
        package var socket: String?
        package var host: String?
        package var identity: ControlIdentity
    }

    package static func run(_ world: World) -> Opening {
        do throws(Complaint) {
            if world.arguments.first == "complete" {
                complete(world)
                return .finished(.done)
            }
            if world.arguments.first == "restore" { try Restore.run(world) }
            if world.arguments.first == "setup" {
                try Setup.run(world)
                return .finished(.done)
            }
            let (options, line) = try Options.parse(world.arguments)
            if options.version { return .finished(world.write("hearth \(world.version)\n") ? .done : .failed) }
            if let wanted = try ForcedLine.words(world, options, line) {
                let (own, rest) = try Options.parse(wanted)
                return try open(rest, own.forced(by: options), world, wanted)
            }
            return try open(line, options, world, world.arguments)
        } catch {
            for text in error.lines { world.say(text) }
            return .finished(error.exit)
        }
    }

    private static func open(
        _ line: [Options.Argument], _ options: Options, _ world: World, _ words: [String]
    ) throws(Complaint) -> Opening {
        var world = world
        world.arguments = words
        guard !line.isEmpty else {
            if options.help { return .finished(world.write(Usage.program) ? .done : .failed) }
            if options.format == .plain {
                PlainMode(options, world).run()
                return .finished(.done)
            }
            if world.outputIsTerminal, world.inputIsTerminal {
                return .screen(
                    Entry(socket: options.socket, host: options.host, identity: options.identity(world, runsCommand: false)))
            }
            throw Complaint(.usage, "the console needs a terminal; with words it is a shell command", "See hearth --help.")
        }
        try run(line, options, world)
        return .finished(.done)
    }

    private static func run(_ line: [Options.Argument], _ options: Options, _ world: World) throws(Complaint) {
        let words = line.compactMap { argument in if case .word(let word) = argument { word } else { nil } }
        if let flag = line.first, case .flag(let name, _) = flag {
            let guess = nearest(to: name, among: Options.flags.map(\.name)).map { "Did you mean --\($0)?" }
            throw Complaint(.usage, "hearth knows no --\(name)", guess ?? "A command comes before its own flags.")
        }
        if options.help, ["call", "watch", "describe", "methods", "completion", "bridge", "status-line"].contains(words[0]) {
            return print(Usage.program, world)
        }
        switch words[0] {
        case "help": return print(Usage.program, world)
        case "completion":
            guard words.count == 2, let script = CompletionScripts.all[words[1]] else {
                throw Complaint(.usage, "completion for which shell? bash, zsh or fish")
            }
            return print(script, world)
        case "bridge":
            return try Bridge(
                world: world,
                address: ControlAddress(socket: options.socket, host: nil, environment: world.environment),
                identity: options.identity(world, runsCommand: false)
            ).run()
        case "status-line":
            if !StatusLine(options: options, world: world).run() { throw Complaint(.failed, "nobody reads") }
            return
        default: break
        }
        do throws(CallMethod.Failure) {
            try ask(words, line, options, world)
        } catch {
            if case .complaint(let complaint) = error { throw complaint }
        }
    }

    private static func ask(
        _ words: [String], _ line: [Options.Argument], _ options: Options, _ world: World
    ) throws(CallMethod.Failure) {
        let exchange: Exchange
        do throws(Complaint) { exchange = try Exchange(options, world) } catch { throw .complaint(error) }
        let printer = Printer(world: world, options: options)
        let rest = Array(line.dropFirst())
        switch words[0] {
        case "watch": try Watch(exchange: exchange, world: world, options: options).run(rest)
        case "describe": try Describe(exchange: exchange, printer: printer).run(Array(words.dropFirst()))
        case "methods": try CallMethod(exchange: exchange, printer: printer).perform("meta.methods", [:], changes: false)
        case "status":
            try CallMethod(exchange: exchange, printer: printer).words([.word("house.status")] + rest)
        case "call": try RawCall(exchange: exchange, printer: printer).run(rest)
        default: try CallMethod(exchange: exchange, printer: printer).words(line)
        }
    }

    private static func complete(_ world: World) {
        let words = world.arguments.dropFirst().first == "--" ? world.arguments.dropFirst(2) : world.arguments.dropFirst()
        let end = MonotonicTime.now.adding(milliseconds: Complete.patience(world.environment))
        guard let (options, _) = try? Options.parse(whole(words)), let exchange = try? Exchange(options, world, end: end)
        else { return }
        Complete(exchange: exchange, world: world, options: options, words: Array(words)).run()
    }

    /// Without the word that is still being written, and without a last flag that still wants its value.
    private static func whole(_ words: ArraySlice<String>) -> [String] {
        var whole = Array(words.dropLast())
        if whole.last?.hasPrefix("--") == true { whole.removeLast() }
        return whole
    }

    private static func print(_ text: String, _ world: World) { _ = world.write(text) }
}
