internal import Calls
import Machine
import Shared

/// Brings Discord's list of our commands up to date: asks what is there, and writes only where that differs. What was in
/// order less than a day ago is believed to be so still; once a day somebody else's changes are found and undone. What fails
/// is told and tried again; the bot does not wait for it.
final class CommandRegistrar: Sendable {
    typealias Ask = @Sendable (RESTRequest, _ afterMilliseconds: Int, _ then: @escaping @Sendable (HTTPOutcome) -> Void) -> Void

    struct Parts: Sendable {
        var ask: Ask
        var tell: @Sendable (String?) -> Void
        var log: LinkLog
        var ledger: any CommandLedger
        var wall: @Sendable () -> Instant
        /// Whose commands they are, as far as that is known before Discord says it.
        var owner: String
    }

    private struct State {
        var sets: [CommandSet] = []
        var application: ID<Application>?
        var failures = 0
        /// Counts what is wanted, so that a late answer does not speak for it.
        var round = 0
    }

    private static let trust = 1.days
    private let state = Lock(State())
    private let parts: Parts

    init(_ parts: Parts) { self.parts = parts }

    func want(_ sets: [CommandSet]) {
        let known = parts.ledger.known().flatMap { $0.digest == digest(sets) ? $0 : nil }
        let left = known.map { $0.checked + Self.trust - parts.wall() } ?? .zero
        let (application, round) = state.locked { state in
            state.sets = sets
            state.round += 1
            state.failures = 0
            if let known { state.application = state.application ?? known.application }
            return (state.application, state.round)
        }
        guard let application else { return }
        if left > .zero { parts.log(.info, "the slash commands are the same as before") }
        compare(0, application, round, pause: Int(max(0, min(left, Self.trust).milliseconds)))
    }

    func learn(_ application: ID<Application>) {
        let (isNews, round) = state.locked { state in
            let isNews = state.application != application
            state.application = application
            if isNews { state.round += 1 }
            return (isNews, state.round)
        }
        if isNews { compare(0, application, round, pause: 0) }
    }

    var needsApplication: Bool { state.locked { $0.application == nil && !$0.sets.isEmpty } }

    /// Scope by scope, the next after the one before is in order.
    private func compare(_ index: Int, _ application: ID<Application>, _ round: Int, pause: Int) {
        let set = state.locked { $0.round == round && index < $0.sets.count ? $0.sets[index] : nil }
        guard let set else { return inOrder(application, round) }
        let present = RESTRequest(.commands(.get, application, guild: set.guild))
        parts.ask(present, pause) { [self] outcome in
            guard state.locked({ $0.round == round }) else { return }
            guard case .answered(let response) = outcome, response.status == 200, let listed = response.json?.array else {
                return fail(index, application, round, outcome)
            }
            if set.matches(listed) { return compare(index + 1, application, round, pause: 0) }
            write(set, index, application, round)
        }
    }

    private func write(_ set: CommandSet, _ index: Int, _ application: ID<Application>, _ round: Int) {
        let wanted = RESTRequest(.commands(.put, application, guild: set.guild), body: .array(set.commands))
        if let complaint = BodyLimits.complaint(about: wanted, at: parts.wall()) {
            return parts.tell("The slash commands were not sent, for Discord would refuse them: \(complaint).")
        }
        if parts.ledger.known()?.digest == digest(state.locked { $0.sets }) {
            parts.log(.warn, "somebody has changed the bot's slash commands; they are put right")
        }
        parts.ask(wanted, 0) { [self] outcome in
            guard case .answered(let response) = outcome, (200..<300).contains(response.status) else {
                return fail(index, application, round, outcome)
            }
            compare(index + 1, application, round, pause: 0)
        }
    }

    /// All is as it should be, and is looked at again tomorrow.
    private func inOrder(_ application: ID<Application>, _ round: Int) {
        let sets = state.locked { $0.round == round ? $0.sets : [] }
        guard !sets.isEmpty else { return }
        state.locked { $0.failures = 0 }
        parts.ledger.keep(KnownCommands(application: application, digest: digest(sets), checked: parts.wall()))
        parts.tell(nil)
        compare(0, application, round, pause: Int(Self.trust.milliseconds))
    }

    private func digest(_ sets: [CommandSet]) -> String {
        let lines = sets.map { "\($0.guild?.description ?? "all") \(JSON.array($0.commands).line)" }
        return SHA256.hex(of: ([parts.owner] + lines).joined(separator: "\n").utf8)
    }

    private func fail(_ index: Int, _ application: ID<Application>, _ round: Int, _ outcome: HTTPOutcome) {
        let words =
            switch outcome {
            case .answered(let response): RefusedWords.of(response)
            case .lost(let reason), .notSent(let reason): "\(reason)."
            }
        let failures = state.locked { state in
            state.failures += 1
            return state.failures
        }
        parts.tell("The slash commands could not be brought up to date; prefix commands go on. \(words)")
        compare(index, application, round, pause: min(5_000 << min(failures - 1, 7), 600_000))
    }
}
