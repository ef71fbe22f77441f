internal import Kit
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
        case .stop(let leaving, let options): try signal(leaving ? .leave : .terminate, options, told: "to stop")
        case .reload(let options): try signal(.hangUp, options, told: "to read its configuration again")
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
    _ = try Catalogue(House.features).standards(Environment.read())
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
    let taken = Preparation.Taken.fromEnvironment()
    var prepared = try Preparation(options, taken)
    _ = try prepared.requireToken()
    let signals = try Signals(catching: [.terminate, .interrupt, .leave, .hangUp])
    let supervisor = Supervisor(environment: Environment.read())
    let watchdog = Watchdog(supervisor)
    var last: Preparation?
    while true {
        let (boot, log) = try open(&prepared, after: last, watchdog)
        supervisor.tell("READY=1\nSTATUS=serving")
        log.info("ready")
        CrashPoint.ready.passed()
        let (asked, next) = wait(for: signals, options, taken, log)
        supervisor.tell(next == nil ? "STOPPING=1" : "RELOADING=1\nMONOTONIC_USEC=\(MonotonicTime.now.nanoseconds / 1000)")
        log.info(next == nil ? "stopping" : "starting anew, by the configuration as it is now")
        CrashPoint.stopAsked.passed()
        boot.stop(keepingSession: !asked.contains(.leave))
        log.info("stopped")
        CrashPoint.stopped.passed()
        guard let next else { return }
        (last, prepared) = (prepared, next)
    }
}

/// A configuration with which nothing starts is left for the one that served until now.
private func open(
    _ prepared: inout Preparation, after last: Preparation?, _ watchdog: Watchdog
) throws -> (Boot, Log) {
    do { return try open(prepared, watchdog) } catch {
        guard let last else { throw error }
        prepared = last
        let (boot, log) = try open(last, watchdog)
        log.error("nothing starts by the configuration as it is now; the last one is used", [.text("error", "\(error)")])
        return (boot, log)
    }
}

private func open(_ prepared: Preparation, _ watchdog: Watchdog) throws -> (Boot, Log) {
    let configuration = prepared.configuration
    let token = try prepared.requireToken()
    let sink = try LogSink(
        level: configuration.log.level, format: configuration.log.format, output: configuration.log.output,
        secrets: [token] + [prepared.oracleKey].compactMap(\.self))
    let log = Log(sink, room: "main")
    for warning in prepared.warnings { log.warn("\(warning)") }
    log.info(
        "hearthd \(House.version) starts",
        [.text("database", configuration.store.path), .text("socket", configuration.control.socket)])
    let boot = try Boot(
        configuration, token: token, oracleKey: prepared.oracleKey, features: House.features, version: House.version, log: log,
        environment: Environment.read())
    try boot.start(beat: watchdog.beat)
    return (boot, log)
}

/// Until the daemon is to stop, or to go on by another configuration. One that cannot be used changes nothing: it is said what is
/// wrong with it, and the house goes on by the one that it has.
private func wait(
    for signals: Signals, _ options: Invocation.Options, _ taken: Preparation.Taken, _ log: Log
) -> (asked: Set<Signals.Kind>, next: Preparation?) {
    while true {
        let asked = signals.wait()
        guard asked.allSatisfy({ $0 == .hangUp }) else { return (Set(asked), nil) }
        do {
            let next = try Preparation(options, taken)
            _ = try next.requireToken()
            return (Set(asked), next)
        } catch {
            log.error("the configuration was not read again", [.text("error", "\(error)")])
        }
    }
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

private func signal(_ signal: Signals.Kind, _ options: Invocation.Options, told what: String) throws {
    let path = try Preparation(options).configuration.store.path
    guard let holder = StoreLock.holder(of: path) else {
        throw Preparation.Refused(description: "No daemon is using \(path).")
    }
    try Signals.send(signal, to: holder)
    say("Told process \(holder) \(what).")
}
