package import Kit
internal import Machine
package import Shared

/// How the house is, gathered from every thread and read by status and panels.
package final class HouseVitals: Vitals, Sendable {
    private struct State {
        var links: [Int: LinkState] = [:]
        var routes: [String: Meters.Cost] = [:]
        /// How long commands took, by name.
        var times: [String: Tally] = [:]
        var degraded: String?
        var events: Int64 = 0
        var commits: Int64 = 0
        var slowestCommit: Int64 = 0
        var outbox = 0
        var cache: (hits: Int64, misses: Int64) = (0, 0)
        /// When the engine last went round, on the steady clock.
        var beat: Int64?
        /// How far Discord's clock is ahead of this machine's, as the newest thing that it made for us says.
        var clockAhead: Duration?
        var clients: @Sendable () -> [JSON] = { [] }
        var log: @Sendable (Int) -> [JSON] = { _ in [] }
        var extra: @Sendable () -> [Sign] = { [] }
        var disconnect: @Sendable (String) -> Bool = { _ in false }
    }

    private let state = Lock(State())
    package let facts: HouseFacts

    package init(facts: HouseFacts) { self.facts = facts }

    package func secret() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }

    // MARK: - Written

    package func note(_ link: LinkState) {
        state.locked { state in
            var merged = link
            merged.identifiesLeft = link.identifiesLeft ?? state.links[link.shard]?.identifiesLeft
            state.links[link.shard] = merged
        }
    }

    /// A command ran.
    func noteRoute(_ name: String, nanoseconds: Int64, handled: Bool, failed: Bool) {
        state.locked { $0.times[name, default: Tally()].add(nanoseconds) }
        noteRoute(name, Meters.Cost(calls: 1, handled: handled ? 1 : 0, faults: failed ? 1 : 0, nanoseconds: nanoseconds))
    }

    func noteRoute(_ name: String, _ cost: Meters.Cost) {
        state.locked { state in
            var sum = state.routes[name] ?? Meters.Cost()
            sum.calls += cost.calls
            sum.handled += cost.handled
            sum.faults += cost.faults
            sum.nanoseconds += cost.nanoseconds
            state.routes[name] = sum
        }
    }

    func noteCommit(events: Int, milliseconds: Int64) {
        state.locked { state in
            state.events += Int64(events)
            state.commits += 1
            state.slowestCommit = max(milliseconds, state.slowestCommit * 99 / 100)
        }
    }

    /// The engine goes round; what is left undone for longer than a turn may take is stuck.
    func noteBeat(at steadyNanoseconds: Int64) { state.locked { $0.beat = steadyNanoseconds } }
    func noteCache(_ use: (hits: Int64, misses: Int64)) { state.locked { $0.cache = use } }
    func noteDegraded(_ reason: String?) { state.locked { $0.degraded = reason } }
    func noteOutbox(_ waiting: Int) { state.locked { $0.outbox = waiting } }
    /// Discord has made something just now, and its id says when that was by Discord's clock.
    func noteClock(_ made: Instant, heard now: Instant) { state.locked { $0.clockAhead = made - now } }
    package var degraded: String? { state.locked { $0.degraded } }

    /// Main connects what only it can see: the socket's clients, the log's tail, the store's size.
    package func connect(
        clients: @escaping @Sendable () -> [JSON], disconnect: @escaping @Sendable (String) -> Bool,
        log: @escaping @Sendable (Int) -> [JSON], extra: @escaping @Sendable () -> [Sign]
    ) {
        state.locked { state in
            state.clients = clients
            state.disconnect = disconnect
            state.log = log
            state.extra = extra
        }
    }

    // MARK: - Read

    /// Longer than any turn takes, and than the engine ever waits for work.
    private static let longestTurn: Int64 = 30_000_000_000

    /// The engine's sign: whether it goes round.
    package func pulse(at steadyNanoseconds: Int64) -> Sign {
        guard let beat = state.locked({ $0.beat }) else { return Sign("engine", "Engine", "not started", .bad) }
        let silence = steadyNanoseconds - beat
        guard silence > Self.longestTurn else { return Sign("engine", "Engine", "goes round", .ok) }
        return Sign("engine", "Engine", "has been stuck for \(silence / 1_000_000_000) seconds", .bad)
    }

    /// Why the house cannot serve now, in words; empty when it can.
    package func ailments(at steadyNanoseconds: Int64) -> [String] {
        let engine = pulse(at: steadyNanoseconds)
        let (links, degraded) = state.locked { ($0.links.values.sorted { $0.shard < $1.shard }, $0.degraded) }
        let away = links.filter { $0.phase != .connected }
        var reasons: [String] = []
        if links.isEmpty { reasons.append("The gateway is not started.") }
        if let first = away.first {
            let which = links.count == 1 ? "The gateway" : "\(away.count) of \(links.count) shards, such as \(first.shard),"
            reasons.append("\(which) is not connected: \(first.trouble ?? first.phase.rawValue).")
        }
        if let degraded { reasons.append("The database is in trouble. \(degraded)") }
        if engine.state == .bad { reasons.append("The engine \(engine.value).") }
        return reasons
    }

    package func signs(at now: Instant) -> [Sign] {
        let (signs, extra) = state.locked { state in
            let links = state.links.values.sorted { $0.shard < $1.shard }
            let signs = [
                Self.gateway(links), Self.latency(links), Self.store(state.degraded, state.slowestCommit),
                Self.clock(state.clockAhead),
                Sign(
                    "outbox", "Outbox", state.outbox == 0 ? "empty" : "\(state.outbox) on their way",
                    state.outbox > 500 ? .warn : .ok),
                Sign("events", "Events", "\(state.events) handled", .ok),
                Sign("uptime", "Uptime", Duration.seconds((now - facts.started).milliseconds / 1000).spelled, .ok),
            ]
            return (signs, state.extra)
        }
        return signs + extra()
    }

    package var latencyMilliseconds: Int? {
        state.locked { $0.links.values.compactMap(\.latencyMilliseconds).max() }
    }

    struct Census {
        var links: [LinkState]
        var routes: [String: Meters.Cost]
        var times: [String: Tally]
        var events: Int64
        var commits: Int64
        var slowestCommit: Int64
        var outbox: Int
        var isDegraded: Bool
        var cache: (hits: Int64, misses: Int64)
    }

    /// All figures of one moment.
    var census: Census {
        state.locked { state in
            Census(
                links: state.links.values.sorted { $0.shard < $1.shard }, routes: state.routes, times: state.times,
                events: state.events, commits: state.commits, slowestCommit: state.slowestCommit, outbox: state.outbox,
                isDegraded: state.degraded != nil, cache: state.cache)
        }
    }

    package func clients() -> [JSON] { state.locked { $0.clients }() }
    package func disconnect(_ client: String) -> Bool { state.locked { $0.disconnect }(client) }
    package func log(limit: Int) -> [JSON] { state.locked { $0.log }(limit) }

    package func routes() -> [JSON] {
        state.locked { state in
            state.routes.sorted { $0.key < $1.key }.map { name, route in
                .fields([
                    "handler": .string(name), "calls": .int(route.calls), "handled": .int(route.handled),
                    "faults": .int(route.faults),
                    "mean_us": .int(route.calls == 0 ? 0 : route.nanoseconds / route.calls / 1000),
                ])
            }
        }
    }

    private static func gateway(_ links: [LinkState]) -> Sign {
        guard !links.isEmpty else { return Sign("gateway", "Gateway", "not started", .off) }
        if let trouble = links.compactMap(\.trouble).first {
            let isUp = links.allSatisfy { $0.phase == .connected }
            return Sign("gateway", "Gateway", trouble, isUp ? .warn : .bad)
        }
        let up = links.filter { $0.phase == .connected }.count
        let phase = links.first { $0.phase != .connected }?.phase.rawValue ?? "connected"
        return Sign(
            "gateway", "Gateway", links.count == 1 ? phase : "\(up) of \(links.count) shards connected",
            up == links.count ? .ok : .warn)
    }

    private static func latency(_ links: [LinkState]) -> Sign {
        guard let worst = links.compactMap(\.latencyMilliseconds).max() else {
            return Sign("latency", "Latency", "unknown", .off)
        }
        return Sign("latency", "Latency", "\(worst) ms", worst > 500 ? .warn : .ok)
    }

    private static func clock(_ ahead: Duration?) -> Sign {
        guard let ahead else { return Sign("clock", "Clock", "not compared yet", .off) }
        let seconds = ahead.milliseconds / 1000
        if abs(seconds) < 10 { return Sign("clock", "Clock", "as Discord's", .ok) }
        let words = Duration.seconds(abs(seconds)).spelled + (seconds > 0 ? " behind Discord's" : " ahead of Discord's")
        return Sign("clock", "Clock", words, .warn)
    }

    private static func store(_ degraded: String?, _ slowest: Int64) -> Sign {
        if let degraded { return Sign("store", "Store", degraded, .bad) }
        return Sign("store", "Store", "commits in \(slowest) ms", slowest > 1000 ? .warn : .ok)
    }
}
