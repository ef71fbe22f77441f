import Machine
import Shared

/// Brings Discord's list of our commands up to date: asks what is there, and writes only where that differs. What fails is
/// told and tried again; the bot does not wait for it.
final class CommandRegistrar: Sendable {
    private struct State {
        var sets: [CommandSet] = []
        var application: ID<Application>?
        var failures = 0
        /// Counts what is wanted, so that a late answer does not speak for it.
        var round = 0
    }

    private let state = Lock(State())
    private let ask:
        @Sendable (RESTRequest, _ afterMilliseconds: Int, _ then: @escaping @Sendable (HTTPOutcome) -> Void) -> Void
    private let tell: @Sendable (String?) -> Void

    init(
        ask: @escaping @Sendable (RESTRequest, Int, @escaping @Sendable (HTTPOutcome) -> Void) -> Void,
        tell: @escaping @Sendable (String?) -> Void
    ) {
        self.ask = ask
        self.tell = tell
    }

    func want(_ sets: [CommandSet]) {
        state.locked { state in
            state.sets = sets
            state.round += 1
            state.failures = 0
        }
        begin()
    }

    func learn(_ application: ID<Application>) {
        let isNews = state.locked { state in
            defer { state.application = application }
            return state.application != application
        }
        if isNews { begin() }
    }

    var needsApplication: Bool { state.locked { $0.application == nil && !$0.sets.isEmpty } }

    private func begin() {
        let (application, round) = state.locked { ($0.application, $0.round) }
        if let application { compare(0, application, round, pause: 0) }
    }

    /// Scope by scope, the next after the one before is in order.
    private func compare(_ index: Int, _ application: ID<Application>, _ round: Int, pause: Int) {
        let set = state.locked { $0.round == round && index < $0.sets.count ? $0.sets[index] : nil }
        guard let set else {
            if state.locked({ $0.round == round }) { tell(nil) }
            return
        }
        let present = RESTRequest(.commands(.get, application, guild: set.guild))
        ask(present, pause) { [self] outcome in
            guard case .answered(let response) = outcome, response.status == 200, let listed = response.json?.array else {
                return fail(index, application, round, outcome)
            }
            if set.matches(listed) { return compare(index + 1, application, round, pause: 0) }
            let wanted = RESTRequest(.commands(.put, application, guild: set.guild), body: .array(set.commands))
            ask(wanted, 0) { [self] outcome in
                guard case .answered(let response) = outcome, (200..<300).contains(response.status) else {
                    return fail(index, application, round, outcome)
                }
                compare(index + 1, application, round, pause: 0)
            }
        }
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
        tell("The slash commands could not be brought up to date; prefix commands go on. \(words)")
        compare(index, application, round, pause: min(5_000 << min(failures - 1, 7), 600_000))
    }
}
