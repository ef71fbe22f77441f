package import Calls
package import Kit
import Machine
package import Shared

/// The house's one line to Discord: a gateway thread that hears, a courier thread that speaks, and the few questions that
/// are asked in between. It outlives every fault of Discord's; what it cannot mend it tells.
package final class DiscordLink: Courier {
    struct State {
        var hasBegun = false
        /// Sessions that cannot be begun before the number of shards is known.
        var checkpoints: [Checkpoint] = []
        var isAskingAddress = false
        var addressLearned: MonotonicTime?
        var addressFailures = 0
        var applicationFailures = 0
        var bot: ID<Member>?
        var isStopped = false
    }

    let configuration: LinkConfiguration
    let inbox: any Inbox
    let log: LinkLog
    let clock: LinkClock
    let state = Lock(State())
    let gateway: GatewayThread
    let courier: CourierThread
    let registrar: CommandRegistrar

    /// Refuses an API address that is neither encrypted nor of this machine. Nothing is connected before `start`.
    package convenience init(
        _ configuration: LinkConfiguration, inbox: any Inbox, ledger: any IdentifyLedger,
        commands: any CommandLedger = ForgottenCommands(), clock: LinkClock = .system, log: LinkLog = .silent,
        easel: any Easel = BareEasel()
    ) throws(Endpoint.Refused) {
        try self.init(
            configuration, inbox: inbox, ledger: ledger, commands: commands, clock: clock, log: log,
            transport: CurlTransport(trusting: configuration.certificates, longestAnswer: 64 << 20), easel: easel)
    }

    /// With another way to carry requests, such as a wire in memory.
    package init(
        _ configuration: LinkConfiguration, inbox: any Inbox, ledger: any IdentifyLedger,
        commands: any CommandLedger = ForgottenCommands(), clock: LinkClock, log: LinkLog, transport: any Transport,
        easel: any Easel = BareEasel()
    ) throws(Endpoint.Refused) {
        let base = try Endpoint(configuration.apiBase)
        guard base.scheme.hasPrefix("http") else {
            throw Endpoint.Refused(description: "\"\(configuration.apiBase)\" is not an address of an HTTP interface")
        }
        self.configuration = configuration
        self.inbox = inbox
        self.log = log
        self.clock = clock
        let wishes = Wishes()
        gateway = GatewayThread(
            .init(
                configuration: configuration, clock: clock, inbox: inbox, ledger: ledger, log: log,
                wish: { wishes.link?.grant($0) }))
        let courier = CourierThread(
            .init(
                clock: clock, inbox: inbox, transport: transport,
                wiring: Wiring(base: base.description, token: configuration.token, agent: configuration.userAgent), log: log,
                easel: easel,
                halted: { wishes.link?.halted($0) }))
        self.courier = courier
        registrar = CommandRegistrar(
            .init(
                ask: { request, pause, then in courier.post(.ask(request, afterMilliseconds: pause, then: then)) },
                tell: { wishes.link?.tellRegistration($0) }, log: log, ledger: commands, wall: clock.wall,
                owner: BotToken.owner(configuration.token)?.description ?? ""))
        wishes.found(self)
    }

    /// Knows the link weakly, so that its threads' wishes find it without holding it.
    private final class Wishes: Sendable {
        private struct Weak { weak var link: DiscordLink? }
        private let held = Lock(Weak())
        var link: DiscordLink? { held.locked { $0.link } }
        func found(_ link: DiscordLink) { held.locked { $0.link = link } }
    }

    // MARK: - Life

    /// Goes online: resumes the sessions of the checkpoints where they cover all shards, else begins new ones. `bot` is who
    /// we are, where that is known from before.
    package func start(checkpoints: [Checkpoint], bot: ID<Member>? = nil) {
        courier.start()
        gateway.start()
        let count = configuration.shards ?? checkpoints.first?.shards
        if let count, checkpoints.contains(where: { $0.shards == count }) {
            state.locked { $0.hasBegun = true }
            gateway.post(.begin(shards: count, checkpoints))
            if let known = bot ?? BotToken.owner(configuration.token) { learn(bot: known) } else { askWhoWeAre() }
        } else {
            state.locked { $0.checkpoints = checkpoints }
        }
        askAddress()
    }

    /// Goes offline. The session stays with Discord for the next start, or ends.
    package func stop(keepingSession: Bool) {
        state.locked { $0.isStopped = true }
        gateway.post(.stop(keepingSession: keepingSession))
        courier.post(.stop)
        gateway.join()
        courier.join()
    }

    /// A test's clock has been turned: what is due by it now is done now.
    package func nudge() {
        gateway.finishDue()
        courier.ring()
    }

    /// How the requests fare: what an admin should know of them.
    package var requests: RequestHealth { courier.health }

    /// Has Discord know these commands and no others; it is done as soon as it can be and never waited for.
    package func register(_ sets: [CommandSet]) {
        registrar.want(sets)
        if registrar.needsApplication { askApplication() }
    }

    // MARK: - Courier

    package func carry(_ parcels: [Parcel]) { courier.post(.carry(parcels)) }

    package func acknowledge(_ interaction: ID<Interaction>, token: String, isEphemeral: Bool, updates: Bool) {
        let body = Callback.acknowledge(isEphemeral: isEphemeral, updates: updates)
        courier.post(.acknowledge(interaction, callback(interaction, token, body)))
    }

    package func complete(_ interaction: ID<Interaction>, token: String, choices: [Choice]) {
        answer(callback(interaction, token, Callback.completion(choices)))
    }

    package func openForm(_ interaction: ID<Interaction>, token: String, form: Form) {
        answer(callback(interaction, token, Callback.form(form)))
    }

    package func committed(shard: Int, sequence: Int64) { gateway.committed(shard: shard, sequence: sequence) }
    package func rightsChanged(in guild: ID<Guild>, of member: ID<Member>?) { courier.post(.rightsChanged(guild, member)) }
    package func requestMembers(_ guild: ID<Guild>, shard: Int) { gateway.post(.requestMembers(guild, shard: shard)) }

    private func callback(_ interaction: ID<Interaction>, _ token: String, _ body: JSON) -> RESTRequest {
        var request = RESTRequest(.callback(interaction, token), body: body)
        request.isInteraction = true
        return request
    }

    /// Said once: a completion or a form that did not arrive in three seconds is of no use later.
    private func answer(_ request: RESTRequest) {
        courier.post(
            .ask(request, afterMilliseconds: 0) { [log] outcome in
                guard case .answered(let response) = outcome, response.status >= 400 else { return }
                log(.warn, "an interaction could not be answered: \(RefusedWords.of(response))")
            })
    }
}
