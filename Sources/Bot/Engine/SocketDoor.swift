internal import Kit
internal import Machine
internal import Shared

extension Engine {
    func perform(
        _ request: Request, _ number: Int, _ attempt: inout Attempt, _ answer: @escaping @Sendable (Answered) -> Void
    ) throws {
        if let stored = try replay(request) {
            attempt.releases.append { answer(stored) }
            return
        }
        let savepoint = LazySavepoint(store)
        let turn = turn(for: request, savepoint)
        let outcome = try run(commandRun(request), turn, savepoint, number, &attempt)
        if case .replied = outcome { try finish(turn, number, &attempt) }
        let answered = Answering(house: self, turn, wantsCard: request.wantsCard).answered(outcome)
        try keep(answered, for: request)
        CrashPoint.answerKept.passed()
        attempt.releases.append { answer(answered) }
    }

    func commandRun(_ request: Request) -> CommandRun {
        CommandRun(
            command: request.command,
            values: request.params.members.reduce(into: [:]) { $0[$1.key] = .json($1.value) }, confirm: request.confirm,
            isDryRun: request.isDryRun)
    }

    private func turn(for request: Request, _ connection: any Connection) -> Turn {
        requests += 1
        return Turn(
            cause: .request("\(houseVitals.facts.epoch).\(requests)"), now: clocks.wall(), guild: request.guild,
            asker: .unix(request.person), door: .socket, store: connection, house: self, expectedVersion: request.ifVersion)
    }

    /// The real code path, rolled back: it shows what would change and binds the confirmation to it.
    func dryRun(_ task: Task) {
        guard case .request(let request, let answer) = task else { return }
        let outcome = planned(request)
        if case .failed(let fault) = outcome { settle([.fault(fault)][...]) }
        answer(outcome.answered)
    }

    /// What a dry run comes to.
    private enum Planned {
        case answered(Answered)
        case failed(Fault)

        var answered: Answered {
            switch self {
            case .answered(let answer): answer
            case .failed(let fault): .failed(reference: fault.reference)
            }
        }
    }

    private func planned(_ request: Request) -> Planned {
        do {
            try store.begin()
            defer {
                try? store.rollback()
                forget()
            }
            try openHots()
            let savepoint = LazySavepoint(store)
            let turn = turn(for: request, savepoint)
            var attempt = Attempt()
            let run = commandRun(request)
            let outcome = try self.run(run, turn, savepoint, 0, &attempt)
            if case .failed(let fault) = outcome { return .failed(fault) }
            guard case .replied(let reply) = outcome else {
                return .answered(Answering(house: self, turn, wantsCard: false).answered(outcome))
            }
            let plan = turn.plan(canBeUndone: reply.undo != nil)
            let wants = turn.wantsConfirmation
            let token = wants ? Self.token(run.command, Arguments(run.values, in: .bare).json, plan) : nil
            return .answered(.planned(plan, confirm: token, data: reply.data))
        } catch let error as StoreError where error.isTheStores {
            return .answered(.refused(.unavailable(error.sentence)))
        } catch {
            let cause = (error as? Attempt.Uncontained)?.error ?? error
            if let refusal = cause as? Refusal { return .answered(.refused(refusal)) }
            return .failed(Fault(request.command.name, cause, in: request.guild))
        }
    }

    // MARK: - The same request twice

    private func replay(_ request: Request) throws -> Answered? {
        guard let key = request.idem else { return nil }
        try store.run("DELETE FROM house_replies WHERE at < \(clocks.wall() - 1.days)")
        let found = try store.first(
            "SELECT digest, reply FROM house_replies WHERE person = \(request.person.user) AND idem = \(key)"
        ) { ($0.text(0), $0.json(1)) }
        guard let found else { return nil }
        guard found.0 == Self.digest(request) else {
            return .refused(
                .conflict("The key \"\(key)\" was used for another request.", hint: "Use a new key for a new change."))
        }
        return .replayed(data: found.1)
    }

    private func keep(_ answered: Answered, for request: Request) throws {
        guard let key = request.idem, case .reply(var data, _, _, _) = answered else { return }
        if !request.command.hides.isEmpty, let object = data.object {
            data = .object(JSON.Object(object.members.filter { !request.command.hides.contains($0.key) }))
        }
        try store.run(
            """
            INSERT INTO house_replies (person, idem, digest, reply, at)
            VALUES (\(request.person.user), \(key), \(Self.digest(request)), \(data), \(clocks.wall())) ON CONFLICT DO NOTHING
            """)
    }

    private static func digest(_ request: Request) -> String {
        SHA256.hex(of: "\(request.command.name)\n\(request.guild?.number ?? 0)\n\(JSON.object(request.params).line)".utf8)
    }
}

/// Turns an outcome into what the socket answers, names resolved.
struct Answering {
    let house: any House
    let guild: ID<Guild>?
    let zone: Zone
    let now: Instant
    let wantsCard: Bool

    init(house: any House, _ turn: Turn, wantsCard: Bool) {
        self.house = house
        guild = turn.guild
        zone = turn.zone
        now = turn.now
        self.wantsCard = wantsCard
    }

    func answered(_ outcome: CommandRun.Outcome) -> Answered {
        switch outcome {
        case .replied(let reply):
            let next: String? = if case .page(let next) = reply.kind { next } else { nil }
            guard wantsCard else { return .reply(data: reply.data, next: next, lines: [], card: .null) }
            let drawing = PlainText(house.directory, guild: guild, zone: zone, now: now)
            var lines = drawing.lines(of: reply.card)
            if case .file(let name, _) = reply.kind { lines.append("With --json you have what is in \(name).") }
            return .reply(data: reply.data, next: next, lines: lines, card: drawing.json(of: reply.card))
        case .refused(let refusal): return .refused(refusal)
        case .failed(let fault): return .failed(reference: fault.reference)
        case .repeated: return .refused(.conflict("This was handled before."))
        }
    }
}
