internal import Machine
internal import Settings
internal import Shared
internal import Store

/// What hearthd does when it is started; answers the exit code.
func runHearthd(_ words: [String]) -> Int32 {
    do {
        switch try Invocation(words) {
        case .help: say(Invocation.usage)
        case .version: say("hearthd \(House.version)")
        case .check(let options): try check(options)
        case .run(let options): try serve(options)
        case .restore(let file, let options): try restore(file, options)
        case .stop(let leaving, let options): try stop(leaving: leaving, options)
        case .introduce(let mayBeAnother, let options): return introduce(options, mayBeAnother: mayBeAnother)
        }
        return 0
    } catch let error as Invocation.Misuse {
        complain("hearthd: \(error). See hearthd --help.")
        return 2
    } catch {
        complain("hearthd: \(error)")
        return 78
    }
}

private func say(_ text: String) { _ = Streams.write(Array((text + "\n").utf8), to: Streams.output) }
/// What was typed is repeated, but for a token that was typed in the wrong place.
private func complain(_ text: String) {
    let line = Redaction().redacted(text) + "\n"
    _ = Streams.write(Array(line.utf8), to: Streams.errors)
}

private func check(_ options: Invocation.Options) throws {
    let prepared = try Preparation(options)
    for warning in prepared.warnings { complain("hearthd: \(warning)") }
    say("configuration: \(prepared.file ?? "none found, defaults are used")")
    say("token: \(prepared.token == nil ? "none; hearthd would not start" : "found")")
    say("database: \(prepared.configuration.store.path)")
    say("socket: \(prepared.configuration.control.socket)")
    say("Discord: \(prepared.configuration.discord.apiBase)")
    if let url = prepared.configuration.oracle.url {
        say(
            "language model: \(prepared.configuration.oracle.model) at \(url), \(prepared.oracleKey == nil ? "no key" : "with a key")"
        )
    }
    say("The configuration is good.")
}

private func serve(_ options: Invocation.Options) throws {
    let prepared = try Preparation(options)
    let configuration = prepared.configuration
    let token = try prepared.requireToken()
    let signals = try Signals(catching: [.terminate, .interrupt, .leave, .hangUp])
    let sink = try LogSink(
        level: configuration.log.level, format: configuration.log.format, output: configuration.log.output,
        secrets: [token] + [prepared.oracleKey].compactMap(\.self))
    let log = Log(sink, room: "main")
    for warning in prepared.warnings { log.warn("\(warning)") }
    log.info(
        "hearthd \(House.version) starts",
        [.text("database", configuration.store.path), .text("socket", configuration.control.socket)])
    let boot = try Boot(
        configuration, token: token, oracleKey: prepared.oracleKey, features: House.features, version: House.version, log: log)
    let supervisor = Supervisor(environment: Environment.read())
    let watchdog = Watchdog(supervisor)
    try boot.start(beat: watchdog.beat)
    supervisor.tell("READY=1\nSTATUS=serving")
    log.info("ready")
    CrashPoint.ready.passed()

    var asked = signals.wait()
    while asked.allSatisfy({ $0 == .hangUp }) { asked = signals.wait() }
    supervisor.tell("STOPPING=1")
    log.info("stopping")
    CrashPoint.stopAsked.passed()
    boot.stop(keepingSession: !asked.contains(.leave))
    log.info("stopped")
    CrashPoint.stopped.passed()
}

private func restore(_ file: String, _ options: Invocation.Options) throws {
    let path = try Preparation(options).configuration.store.path
    let outcome = try Restore(to: path, now: Instant(milliseconds: wallMilliseconds())).run(from: file)
    say("\(file) is now the database \(path).")
    if let replaced = outcome.replaced { say("The one before it is kept as \(replaced).") }
    say("It starts quarantined: nothing older than now is sent until an owner says so with `hearth house release`.")
}

/// An empty line, or none, asks about the token that is known.
private func introduce(_ options: Invocation.Options, mayBeAnother: Bool) -> Int32 {
    let introduction = Introduction(
        options, mayBeAnother: mayBeAnother, environment: Environment.read(), isRoot: Accounts.effectiveUser == 0)
    let words = trimmed(String(decoding: Streams.readAll(from: Streams.input).prefix(4096), as: UTF8.self))
    do throws(Introduction.Trouble) {
        say(try introduction.run(words.isEmpty ? nil : Secret(words)).line)
        return 0
    } catch {
        say(error.json.line)
        return 1
    }
}

private func stop(leaving: Bool, _ options: Invocation.Options) throws {
    let path = try Preparation(options).configuration.store.path
    guard let holder = StoreLock.holder(of: path) else {
        throw Preparation.Refused(description: "No daemon is using \(path).")
    }
    try Signals.send(leaving ? .leave : .terminate, to: holder)
    say("Told process \(holder) to stop.")
}
