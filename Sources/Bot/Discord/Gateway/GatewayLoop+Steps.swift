internal import Calls
import Kit
import Machine
import Shared

/// Carrying out what commands and sessions want.
extension GatewayLoop {
    func obey(_ command: GatewayCommand) {
        switch command {
        case .begin(let count, let checkpoints): begin(count, checkpoints)
        case .learn(let address, let budget, let concurrency): learn(address, budget, concurrency)
        case .connected(let number, let attempt, let result):
            if shards.indices.contains(number) { connected(shards[number], attempt, result) }
        case .trouble(let topic, let words):
            troubles[topic] = words
            for shard in shards { note(shard, shard.state) }
        case .intents(let allowed):
            intents = allowed
            for shard in shards where shard.session.phase == .stopped && !isStopping {
                act(shard, .start)
            }
        case .bot(let bot): for shard in shards { shard.decoder.bot = shard.decoder.bot ?? bot }
        // Asked without the intent, Discord would hang up.
        case .requestMembers(let guild, let number):
            if shards.indices.contains(number), intents.contains(.members) {
                act(shards[number], .send(.requestMembers(guild)))
            }
        case .tell(let listener): listeners.append(listener)
        case .stop(let keeping):
            isStopping = true
            for shard in shards { act(shard, .stop(keepingSession: keeping)) }
        }
    }

    private func begin(_ count: Int, _ checkpoints: [Checkpoint]) {
        guard shards.isEmpty, !isStopping else { return }
        shards = (0..<count).map { number in
            let checkpoint = checkpoints.first { $0.shard == number && $0.shards == count }
            let shard = Shard(
                number, of: count, session: Session(shard: number, checkpoint: checkpoint, chance: parts.clock.chance),
                decoder: GatewayDecoder(
                    wanted: parts.configuration.wanted, bot: BotToken.owner(parts.configuration.token)))
            if checkpoint == nil, !checkpoints.isEmpty {
                parts.inbox.noteGap(shard: number, reason: "the number of shards has changed")
                shard.isFirstSession = false
            }
            return shard
        }
        for shard in shards { act(shard, .start) }
    }

    private func learn(_ address: String, _ budget: IdentifyBudget?, _ concurrency: Int) {
        self.address = address
        if let budget {
            gate.learn(budget, concurrency: concurrency)
            parts.ledger.keep(gate.record)
        }
        for shard in shards where shard.wantsAddress {
            shard.wantsAddress = false
            connect(shard, to: address)
        }
    }

    func act(_ shard: Shard, _ input: Session.Input) { perform(shard.session.handle(input, now: now), shard) }

    private func perform(_ steps: [Session.Step], _ shard: Shard) {
        for step in steps {
            switch step {
            case .connect(let resumeURL):
                hangUp(shard)
                shard.attempt += 1
                if let url = resumeURL ?? address { connect(shard, to: url) } else { shard.wantsAddress = true }
                if resumeURL == nil { parts.wish(.address) }
            case .send(let outgoing): say(shard, outgoing)
            case .askGate: askGate(shard)
            case .hangUp(let code, let reason):
                parts.log(.info, "shard \(shard.number) hangs up (\(code)): \(reason)")
                shard.link?.close(code, reason)
                if isStopping, let link = shard.link { leave(link) }
                hangUp(shard)
            case .gap(let reason):
                deliver(shard)
                parts.log(.warn, "shard \(shard.number) lost its session: \(reason)")
                parts.inbox.noteGap(shard: shard.number, reason: reason)
            case .note(let state):
                if let trouble = state.trouble { parts.log(.warn, "shard \(shard.number): \(trouble)") }
                note(shard, state)
            case .fewerIntents:
                hangUp(shard)
                parts.wish(.intents(intents))
            }
        }
    }

    /// What is wrong for good is told beside what is wrong now.
    private func note(_ shard: Shard, _ state: LinkState) {
        shard.state = state
        var told = state
        told.identifiesLeft = gate.budget?.remaining
        let standing = troubles.sorted { $0.key < $1.key }.map(\.value)
        let all = [state.trouble].compactMap { $0 } + standing
        told.trouble = all.isEmpty ? nil : all.joined(separator: " ")
        parts.inbox.note(told)
    }

    private func askGate(_ shard: Shard) {
        let wall = parts.clock.wall()
        let verdict = gate.ask(shard: shard.number, now: now, wall: wall)
        if verdict == .open {
            parts.ledger.keep(gate.record)
            CrashPoint.identifySpent.passed()
        }
        if case .exhausted = verdict { parts.wish(.address) }
        perform(shard.session.gate(verdict, now: now, wall: wall), shard)
    }

    private func say(_ shard: Shard, _ outgoing: Outgoing) {
        guard let link = shard.link else { return }
        let configuration = parts.configuration
        let identity = Identity(
            token: configuration.token, intents: intents.rawValue, shard: shard.number, shards: shard.shards,
            presence: configuration.presence)
        link.say(outgoing.payload(identity).bytes)
        if link.wantsToWrite { watch(shard, link) }
        switch outgoing {
        case .identify: CrashPoint.identified.passed()
        case .resume: CrashPoint.resuming.passed()
        default: break
        }
    }

    /// Tells the engine of a session that has just begun.
    func begin(_ shard: Shard, _ sequence: Int64, size: Int, at received: MonotonicTime) {
        defer { shard.fresh = nil }
        guard shard.session.phase == .connected, let position = shard.session.position, let ready = shard.fresh,
            let bot = ready.bot
        else { return }
        shard.decoder.bot = bot
        let start = SessionStart(
            shard: shard.number, shards: shard.shards, session: position.session, resumeURL: position.resumeURL, bot: bot,
            botName: ready.botName, application: ready.application ?? bot.relabelled(as: Application.self),
            guilds: ready.guilds, isFirst: shard.isFirstSession)
        shard.isFirstSession = false
        shard.append(.sessionStarted(start), sequence, size, received)
        CrashPoint.sessionBegun.passed()
        parts.wish(.begun(ready))
    }

    // MARK: - Connections

    private func hangUp(_ shard: Shard) {
        if let link = shard.link { poller.forget(link.descriptor) }
        shard.link = nil
        shard.hasMore = false
    }

    /// Connecting waits for names, sockets and certificates, so it has a thread of its own.
    private func connect(_ shard: Shard, to url: String) {
        let (number, attempt, post) = (shard.number, shard.attempt, post)
        let (compression, certificates) = (parts.configuration.compression, parts.configuration.certificates)
        shard.connectors[attempt] = Thread("hearth-connect", stack: 1 << 20) {
            do throws(Endpoint.Refused) {
                let address = try GatewayAddress(url, compression: compression)
                let socket = Result { () throws(CurlSocket.Unreachable) in
                    try CurlSocket(
                        connectingTo: address.endpoint, trusting: certificates, withinMilliseconds: 15_000)
                }
                post(.connected(shard: number, attempt: attempt, socket))
            } catch {
                post(.connected(shard: number, attempt: attempt, .failure(.init(description: error.description))))
            }
        }
        shard.address = url
    }

    private func connected(_ shard: Shard, _ attempt: Int, _ result: Result<CurlSocket, CurlSocket.Unreachable>) {
        shard.connectors.removeValue(forKey: attempt)?.join()
        guard attempt == shard.attempt, shard.session.phase == .connecting else { return }
        do throws(CurlSocket.Unreachable) {
            let socket = try result.get()
            guard let address = try? GatewayAddress(shard.address, compression: parts.configuration.compression) else { return }
            let chance = parts.clock.chance
            let link = WebSocketLink(
                socket, host: address.endpoint.authority, path: address.path, agent: parts.configuration.userAgent,
                compression: parts.configuration.compression, mask: { UInt32(chance() * 4_294_967_296) })
            shard.link = link
            link.write()
            shard.hasMore = true
            attach(shard, link)
        } catch {
            act(shard, .unreachable(error.description))
        }
    }
}
