internal import Calls
import Kit
import Machine
import Shared

/// What the link asks of Discord for itself.
extension DiscordLink {
    /// Called on the net thread.
    func grant(_ wish: GatewayWish) {
        switch wish {
        case .address: if !knowsFreshAddress { askAddress() }
        case .intents(let asked): askIntents(asked)
        case .begun(let ready):
            if let bot = ready.bot { learn(bot: bot) }
            if let application = ready.application { registrar.learn(application) }
        }
    }

    func halted(_ reason: String) {
        log(.error, reason)
        gateway.post(.trouble(topic: "token", reason))
        if !state.locked({ $0.hasBegun }) { inbox.note(LinkState(shard: 0, phase: .stopped, trouble: reason)) }
    }

    func tellRegistration(_ trouble: String?) {
        if let trouble { log(.warn, trouble) } else { log(.info, "the slash commands are up to date") }
        gateway.post(.trouble(topic: "commands", trouble))
    }

    func learn(bot: ID<Member>) {
        state.locked { $0.bot = bot }
        gateway.post(.bot(bot))
        courier.post(.bot(bot))
    }

    // MARK: - The gateway's address

    /// Discord wants the address and the budget to be asked for again after a while.
    private var knowsFreshAddress: Bool {
        let now = clock.now()
        return state.locked { $0.addressLearned.map { now.milliseconds(since: $0) < 60_000 } ?? false }
    }

    func askAddress(afterMilliseconds pause: Int = 0) {
        let isFirst = state.locked { state in
            defer { state.isAskingAddress = true }
            return !state.isAskingAddress
        }
        guard isFirst else { return }
        courier.post(.ask(RESTRequest(.gatewayBot), afterMilliseconds: pause) { [self] in addressAnswered($0) })
    }

    private func addressAnswered(_ outcome: HTTPOutcome) {
        state.locked { $0.isAskingAddress = false }
        guard case .answered(let response) = outcome else { return addressFailed(words(outcome)) }
        switch response.status {
        case 200: learnAddress(response.json, wall: clock.wall())
        case 401: break
        // Where only the plain address is offered, there is no budget to keep.
        case 404:
            courier.post(
                .ask(RESTRequest(.gateway), afterMilliseconds: 0) { [self] outcome in
                    guard case .answered(let response) = outcome, response.status == 200 else {
                        return addressFailed(words(outcome))
                    }
                    learnAddress(response.json, wall: clock.wall())
                })
        default: addressFailed(RefusedWords.of(response))
        }
    }

    private func learnAddress(_ json: JSON?, wall: Instant) {
        guard let address = json?["url"]?.text else { return addressFailed("Discord names no gateway.") }
        let limit = json?["session_start_limit"]
        let budget: IdentifyBudget? =
            if let total = limit?["total"]?.int, let left = limit?["remaining"]?.int {
                IdentifyBudget(
                    total: Int(total), remaining: Int(left),
                    resets: wall + .milliseconds(limit?["reset_after"]?.int ?? 86_400_000))
            } else { nil }
        let now = clock.now()
        let begins = state.locked { state in
            state.addressFailures = 0
            state.addressLearned = now
            defer { state.hasBegun = true }
            return state.hasBegun ? nil : state.checkpoints
        }
        let concurrency = Int(limit?["max_concurrency"]?.int ?? 1)
        gateway.post(.learn(address: address, budget, concurrency: concurrency))
        let recommended = Int(min(max(json?["shards"]?.int ?? 1, 1), 16_384))
        if let begins { gateway.post(.begin(shards: configuration.shards ?? recommended, begins)) }
    }

    private func addressFailed(_ reason: String) {
        let (failures, hasBegun, isStopped) = state.locked { state in
            state.addressFailures += 1
            return (state.addressFailures, state.hasBegun, state.isStopped)
        }
        guard !isStopped else { return }
        let trouble = "Discord's gateway address could not be asked for: \(reason)"
        log(.warn, trouble)
        if !hasBegun { inbox.note(LinkState(shard: 0, phase: .waiting, trouble: trouble)) }
        askAddress(afterMilliseconds: min(1_000 << min(failures - 1, 6), 60_000))
    }

    private func words(_ outcome: HTTPOutcome) -> String {
        switch outcome {
        case .answered(let response): RefusedWords.of(response)
        case .lost(let reason), .notSent(let reason): reason
        }
    }

    // MARK: - Who we are and what we may hear

    func askWhoWeAre() {
        courier.post(
            .ask(RESTRequest(.ownUser), afterMilliseconds: 0) { [self] outcome in
                guard case .answered(let response) = outcome, let bot = response.json?["id"]?.id(Member.self) else { return }
                learn(bot: bot)
            })
    }

    /// READY names the application; a resumed session has no READY.
    func askApplication(afterMilliseconds pause: Int = 0) {
        courier.post(
            .ask(RESTRequest(.ownApplication), afterMilliseconds: pause) { [self] outcome in
                guard case .answered(let response) = outcome, let id = response.json?["id"]?.id(Application.self) else {
                    return applicationFailed(words(outcome))
                }
                registrar.learn(id)
            })
    }

    private func applicationFailed(_ reason: String) {
        guard registrar.needsApplication else { return }
        tellRegistration("The slash commands could not be brought up to date; prefix commands go on. \(reason)")
        let failures = state.locked { state in
            state.applicationFailures += 1
            return state.applicationFailures
        }
        askApplication(afterMilliseconds: min(30_000 << min(failures - 1, 5), 600_000))
    }

    /// Discord refused privileged intents without saying which: the application's flags tell, and where they do not, the bot
    /// goes on with none of them.
    private func askIntents(_ asked: Intents) {
        guard !asked.isDisjoint(with: .privileged) else {
            return gateway.post(.trouble(topic: "intents", "Discord refuses the intents that were asked for."))
        }
        courier.post(
            .ask(RESTRequest(.ownApplication), afterMilliseconds: 0) { [self] outcome in
                var granted: Intents = []
                if case .answered(let response) = outcome, let flags = response.json?["flags"]?.int {
                    granted = Intents.granted(byFlags: Int(flags))
                }
                let wanted = asked.intersection(.privileged)
                var missing = wanted.subtracting(granted)
                if missing.isEmpty { missing = wanted }
                let words = Intents.lacking(missing)
                log(.warn, words)
                gateway.post(.trouble(topic: "intents", words))
                gateway.post(.intents(asked.subtracting(missing)))
            })
    }
}
