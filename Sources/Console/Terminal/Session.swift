package import Link
internal import Machine
internal import Screens
package import Shared

/// The console from start to end: one thread that waits for keys, for the daemon and for the second to pass, tells the model,
/// does what the model asks and shows the outcome.
package final class Session {
    private enum Tag { static let keys: UInt64 = 1, signals: UInt64 = 2, link: UInt64 = 3 }

    private let display: Display
    private let poller: Poller
    private let signals: Signals
    private let line: Line
    private let zone: Zone?
    private var model: Model
    private var isOver = false

    package init(address: ControlAddress, identity: ControlIdentity, environment: [String: String]) throws {
        signals = try Signals(catching: [.terminate, .hangUp, .interrupt, .stop, .resume, .resized])
        poller = try Poller()
        display = try Display(environment: environment)
        zone = Self.zone(environment)
        model = Model(
            size: display.size, glyphs: display.glyphs, clock: Self.clock(zone), identity: identity,
            program: "console-" + String(UInt64(clamping: wallMilliseconds()) &+ UInt64(Processes.own), radix: 36))
        line = Line(address, poller, tag: Tag.link)
        try poller.watch(Streams.input, for: .readable, tag: Tag.keys)
        try poller.watch(signals.descriptor, for: .readable, tag: Tag.signals)
    }

    private static func clock(_ zone: Zone?) -> Clock {
        let now = wallMilliseconds()
        return Clock(now: Instant(milliseconds: now), offset: zoneOffset(atWallMilliseconds: now), zone: zone)
    }

    /// Where the viewer's clocks are: what they say, else this machine.
    private static func zone(_ environment: [String: String]) -> Zone? {
        if let name = environment["TZ"], !name.isEmpty { return try? Zone(named: name) }
        return (try? Files.read("/etc/localtime", atMost: 1 << 20)).flatMap { Zone(name: "local", tzif: $0) }
    }

    package func run() {
        defer { display.close() }
        while !isOver {
            tell(line.keepUp())
            display.show(model.drawn())
            var ready: Set<UInt64> = []
            var keysAreGone = false
            _ = poller.wait(milliseconds: min(line.patience, model.isMoving ? Self.rest : untilNextSecond())) { tag, state in
                ready.insert(tag)
                if tag == Tag.keys, state.contains(.hungUp) { keysAreGone = true }
            }
            if keysAreGone { isOver = true }
            if ready.contains(Tag.signals) { obey(signals.take()) }
            if ready.contains(Tag.keys) { tell(display.read()) }
            if ready.contains(Tag.link) { tell(line.listen()) }
            let now = Self.clock(zone)
            let hasRested = model.isMoving && !ready.contains(Tag.keys)
            if hasRested || now.now.milliseconds / 1000 != model.now.milliseconds / 1000 { tell([.tick(now)]) }
        }
    }

    /// So many milliseconds without a key, and the cursor rests.
    private static let rest = 120

    private func untilNextSecond() -> Int { Int(1000 - wallMilliseconds() % 1000) }

    private func tell(_ actions: [Action]) {
        for action in actions {
            for request in model.update(action) { perform(request) }
        }
    }

    private func perform(_ request: Request) {
        switch request {
        case .send(let request): line.send(request)
        case .quit: isOver = true
        case .suspend: suspend()
        case .repaint: display.repaint()
        case .catchMouse(let on): display.catchMouse(on)
        case .copy(let text): display.copy(text)
        case .findZone(let name): if let zone = try? Zone(named: name) { tell([.foundZone(zone)]) }
        }
    }

    // MARK: - Signals

    private func obey(_ kinds: [Signals.Kind]) {
        for kind in kinds {
            switch kind {
            case .terminate, .hangUp, .interrupt, .leave: isOver = true
            case .stop: suspend()
            case .resume: display.comeBack()
            case .resized: resize()
            }
        }
    }

    private func suspend() {
        display.leave()
        Signals.stopHere()
        display.comeBack()
        resize()
    }

    private func resize() {
        guard let window = Streams.windowSize(of: Streams.output) else { return }
        let size = Size(window.columns, window.rows)
        display.resize(to: size)
        tell([.resized(size)])
    }
}
