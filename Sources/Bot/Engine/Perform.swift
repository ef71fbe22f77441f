internal import Kit
internal import Machine
internal import Shared

extension Engine {
    func perform(_ task: Task, number: Int, _ attempt: inout Attempt) throws {
        switch task {
        case .dispatch(let batch, let index): try perform(batch[index], number, &attempt)
        case .due(let due): try perform(due, number, &attempt)
        case .receipt(let receipt): try perform(receipt, number, &attempt)
        case .request(let request, let answer):
            attempt.cannotRepeat = true
            try perform(request, number, &attempt, answer)
        case .trying(let parcels, let then):
            try Outbox.noteTrying(parcels, at: clocks.wall(), in: store)
            CrashPoint.tryingWritten.passed()
            attempt.releases.append(then)
        case .gap(let shard, let reason): try noteGap(shard, reason, attempt)
        case .missed(let message, let isPast): try hearMissed(message, isPast: isPast, number, &attempt)
        case .turned(let page, let end): try turn(page, end, number, &attempt)
        case .refused(let person, let method, let sentence): try noteRefusal(person, method, sentence)
        case .departed(let person): try People.noteDeparture(of: person, at: clocks.wall(), in: store)
        case .fault(let fault): attempt.faults.append(fault)
        case .barrier(let then):
            attempt.isRead = true
            attempt.releases.append(then)
        }
    }

    // MARK: - Events

    private func perform(_ dispatch: Dispatch, _ number: Int, _ attempt: inout Attempt) throws {
        let shard = dispatch.shard
        if case .sessionStarted(let start) = dispatch.event {
            try begin(start, sequence: dispatch.sequence)
        } else {
            let handled = attempt.sequences[shard] ?? sessions[shard] ?? 0
            guard dispatch.sequence > handled else { return }
        }
        attempt.sequences[shard] = dispatch.sequence
        guard let event = dispatch.event else { return }
        attempt.events += 1
        let hidden = try threadsBefore(event)
        try projection.apply(event, to: store)
        tellRights(event)
        switch event {
        case .message(let message):
            attempt.newest[shard] = max(attempt.newest[shard] ?? 0, message.id.number)
            try hear(message, event, number, &attempt)
        case .interaction(let interaction): try answer(interaction, dispatch, number, &attempt)
        case .sessionStarted, .sessionResumed: break
        case .guildSeen(let seen):
            let isAfterGap = try listMissed(seen, and: hidden)
            try wantRoll(seen, afterGap: isAfterGap, on: shard)
            try tell(event, dispatch, number, &attempt)
        case .membersListed(let guild, let members, let part):
            try hearRoll(members, in: guild, part, on: shard, &attempt)
            try tell(event, dispatch, number, &attempt)
        case .guildLeft(let guild):
            try store.run("DELETE FROM house_rolls WHERE guild = \(guild)")
            try Gaps.abandon(guild, at: clocks.wall(), in: store)
            try PastPages.abandon("guild = \(guild)", in: store)
            try tell(event, dispatch, number, &attempt)
        default: try tell(event, dispatch, number, &attempt)
        }
    }

    private func begin(_ start: SessionStart, sequence: Int64) throws {
        sessions[start.shard] = 0
        sessionNames[start.shard] = start.session
        bot = start.bot
        try remember("bot", start.bot.description)
        try remember("application", start.application.description)
        try Gaps.close(start, sequence: sequence, at: clocks.wall(), in: store)
        backfill.forget()
    }

    private func hear(_ message: MessageSeen, _ event: Event, _ number: Int, _ attempt: inout Attempt) throws {
        try confirm(message, number, &attempt)
        let listeners = ears(of: message.guild).messages
        let invocation = message.isSpeech ? prefixed(message) : nil
        guard !listeners.isEmpty || invocation != nil else { return }
        let turn = Turn(
            cause: .message(message.id), now: message.id.created, late: attempt.began - message.id.created,
            guild: message.guild,
            channel: message.channel, asker: .job("message"), door: .event, store: store, house: self)
        var consumed = false
        let occasion = Occasion.event(event)
        for ear in listeners where !consumed || ear.listener.alwaysHears {
            if case .consumed = try run(ear, turn, occasion, number, &attempt) { consumed = true }
        }
        try finish(turn, number, &attempt)
        if let invocation, !consumed { try obey(invocation, message, number, &attempt) }
    }

    private func tell(_ event: Event, _ dispatch: Dispatch, _ number: Int, _ attempt: inout Attempt) throws {
        guard let hearing = event.hearing else { return }
        let listeners = ears(of: event.guild)[hearing]
        guard !listeners.isEmpty else { return }
        let turn = Turn(
            cause: .event(
                shard: dispatch.shard, session: sessionNames[dispatch.shard] ?? "", sequence: dispatch.sequence),
            now: clocks.wall(), guild: event.guild, asker: .job("event"), door: .event, store: store, house: self)
        for ear in listeners { _ = try run(ear, turn, .event(event), number, &attempt) }
        try finish(turn, number, &attempt)
    }

    func run(
        _ ear: Ears.Ear, _ turn: Turn, _ occasion: Occasion, _ number: Int, _ attempt: inout Attempt
    ) throws -> Listener.Verdict {
        let (listener, meter) = (ear.listener, ear.meter)
        if !attempt.failures.isEmpty, let known = attempt.failures[Attempt.Handler(task: number, name: listener.name)] {
            attempt.faults.append(Fault(listener.name, known, in: turn.guild))
            meter.note(nanoseconds: nil, handled: false, failed: true)
            return .passed
        }
        let started = meter.isTimed ? clocks.steadyNanoseconds() : nil
        do {
            let verdict = try listener.run(turn, occasion)
            let consumed = if case .consumed = verdict { true } else { false }
            meter.note(nanoseconds: started.map { clocks.steadyNanoseconds() - $0 }, handled: consumed)
            return verdict
        } catch let error as StoreError where error.isTheStores {
            throw error
        } catch {
            throw Attempt.Uncontained(handler: Attempt.Handler(task: number, name: listener.name), error: error)
        }
    }

    /// Those of the features that are on in this guild, in order.
    func ears(of guild: ID<Guild>?) -> Ears {
        let key = guild?.number ?? 0
        if let known = ears[key] { return known }
        let made = Ears(catalogue.features.filter { isOn($0, guild) }, meters)
        ears[key] = made
        return made
    }

    // MARK: - Ends

    /// Tells the turn's news, then writes what it wants done. What is harmless to say twice is said at once.
    func finish(_ turn: Turn, _ number: Int, _ attempt: inout Attempt, isHarmless: Bool = false) throws {
        for _ in 0..<8 {
            let stories = turn.takeNews()
            if stories.isEmpty { break }
            for story in stories {
                let heard = Hearing.news(ObjectIdentifier(type(of: story)))
                for ear in ears(of: story.guild)[heard] + leaving(on: story)[heard] {
                    _ = try run(ear, turn, .news(story), number, &attempt)
                }
            }
        }
        attempt.releases += turn.afterwards
        if turn.wantsRoll, let guild = turn.guild { try wantRoll(of: guild) }
        guard turn.hasConsequences else { return }
        let parcels = try Outbox.write(turn, salt: salt, at: clocks.wall(), to: store)
        CrashPoint.parcelsWritten.passed()
        attempt.parcels += try Outbox.reopen(turn.reopened, at: clocks.wall(), in: store)
        try Timers.write(turn, to: store)
        CrashPoint.timersWritten.passed()
        // In quarantine, what has an older cause was sent by the house that the backup is of.
        guard quarantinedSince.map({ turn.now > $0 }) ?? true else { return }
        if isHarmless, !attempt.cannotRepeat, houseVitals.degraded == nil, turn.isNothingButAnAnswer {
            sendEarly(parcels, &attempt)
        } else {
            attempt.parcels += parcels
        }
    }

    /// A feature that is switched off hears of that, as the last thing.
    private func leaving(on story: any News) -> Ears {
        guard let change = story as? SettingChanged, change.name.hasPrefix("feature."),
            let feature = catalogue.feature(String(change.name.dropFirst(8))), !isOn(feature, change.place)
        else { return Ears([], meters) }
        return Ears([feature], meters)
    }

    /// An answer to a question leaves before its row is on disk: nothing that it says depends on that. If this process dies
    /// before, the question is told again and answered again, and Discord takes one answer only. What a request on the socket
    /// has changed in the same transaction nobody would tell again, so then it waits.
    private func sendEarly(_ parcels: [Parcel], _ attempt: inout Attempt) {
        attempt.early += parcels.count
        let fresh = parcels.filter { sentEarly.insert($0.id).inserted }
        if !fresh.isEmpty { courier.carry(fresh) }
    }

    func perform(_ receipt: Receipt, _ number: Int, _ attempt: inout Attempt) throws {
        let settled = try Outbox.settle(receipt, at: clocks.wall(), in: store)
        if case .already = settled { return }
        if receipt.tries == 1, case .done(let made?) = receipt.outcome, let id = ID<Message>(made) {
            houseVitals.noteClock(id.created, heard: clocks.wall())
        }
        CrashPoint.receiptWritten.passed()
        attempt.releases.append { [self] in
            outboxWaiting = max(0, outboxWaiting - 1)
            houseVitals.noteOutbox(outboxWaiting)
        }
        if case .refused(let code, let message) = receipt.outcome {
            log(
                EngineNote(
                    .warning, "courier", "Discord refused: \(message)",
                    ["code": String(code), "parcel": String(receipt.parcel)]))
        }
        guard case .awaited(let name, let payload, let guild) = settled, let job = catalogue.job(name) else { return }
        let turn = Turn(
            cause: .receipt(parcel: receipt.parcel), now: clocks.wall(), guild: guild, asker: .job(job.name),
            door: .job,
            store: store, house: self)
        turn.receipt = receipt
        let handler = Attempt.Handler(task: number, name: job.name)
        if let known = attempt.failures[handler] {
            attempt.faults.append(Fault(job.name, known, in: guild))
            return
        }
        try contained(handler) {
            try settleHots()
            try job.run(turn, payload)
        }
        try finish(turn, number, &attempt)
    }

    /// Runs something whose failure can only be undone with the whole transaction.
    func contained(_ handler: Attempt.Handler, _ body: () throws -> Void) throws {
        do { try body() } catch let error as StoreError where error.isTheStores { throw error } catch {
            throw Attempt.Uncontained(handler: handler, error: error)
        }
    }

    private func noteRefusal(_ person: Asker.Operator, _ method: String, _ sentence: String) throws {
        var dice = Dice(seed: "\(salt)/\(clocks.steadyNanoseconds())")
        try Audit.write(
            Audit.Entry(
                at: clocks.wall(), door: .socket, guild: nil, command: method, outcome: "refused: \(sentence)",
                asker: try spell(.unix(person)), member: nil, params: .null, changes: [], undo: nil), dice: &dice, to: store)
    }
}
