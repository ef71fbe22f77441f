import Kit
import Machine
import Shared

/// One parcel of a lane after the other.
extension CourierMachine {
    private static let forbiddenMilliseconds = 30_000

    /// Takes up the first parcel of a lane, passing over those that cannot be carried out any more.
    mutating func advance(_ key: Int64, _ moment: Moment) {
        while let errand = lanes[key]?.queue.first {
            lanes[key]?.used = moment.now
            if let outcome = verdictBeforeTrying(errand, key) {
                settle(key, outcome)
                continue
            }
            if awaitsAcknowledgement(errand) {
                lanes[key]?.queue[0].stage = .awaitingAcknowledgement
                return
            }
            if errand.wantsLook(moment.wall) { return look(key, moment) }
            let isFirst = errand.firstTried == nil
            lanes[key]?.queue[0].firstTried = errand.firstTried ?? moment.wall
            let waits = errand.repeating == .afterLooking
            // What may be repeated freely need not be known to have been tried.
            if isFirst, errand.repeating != .freely { outputs.append(.noteTrying(errand.parcel.id, waits: waits)) }
            if isFirst, waits {
                lanes[key]?.queue[0].stage = .noting
                return
            }
            return enqueue(key, moment)
        }
    }

    /// Why it is no use to try.
    private func verdictBeforeTrying(_ errand: Errand, _ key: Int64) -> Receipt.Outcome? {
        do throws(Unmade) {
            _ = try errand.parcel.effect.request(
                nonce: errand.parcel.nonce, made: lanes[key]?.made ?? [:], direct: nil, now: errand.parcel.created)
        } catch {
            let reason = lanes[key]?.refused[error.step] ?? "what it belongs to was never made"
            return .refused(code: 0, message: "An earlier step of the same action failed: \(reason)")
        }
        if case .answer(let answer) = errand.parcel.effect, case .expired? = acknowledgements[answer.interaction]?.state {
            return .expired("The interaction was no longer known to Discord.")
        }
        return nil
    }

    private func awaitsAcknowledgement(_ errand: Errand) -> Bool {
        guard case .answer(let answer) = errand.parcel.effect else { return false }
        if case .flying? = acknowledgements[answer.interaction]?.state { return true }
        return false
    }

    /// Puts the request of the first parcel's stage in line.
    mutating func enqueue(_ key: Int64, notBefore: MonotonicTime? = nil, _ moment: Moment) {
        guard let lane = lanes[key], var errand = lane.queue.first else { return }
        guard let request = request(&errand, lane, moment) else { return settle(key, .uncertain("nothing to ask"), moment) }
        lanes[key]?.queue[0] = errand
        if let known = forbidden[Self.target(request)], known.until > moment.now { return settle(key, known.outcome, moment) }
        add(request, .lane(key), tries: errand.tries, notBefore: notBefore)
    }

    private func request(_ errand: inout Errand, _ lane: Lane, _ moment: Moment) -> RESTRequest? {
        let since = errand.firstTried ?? errand.parcel.created
        if case .looking(let lookUp) = errand.stage { return lookUp.request(since: since) }
        var direct: ID<Channel>?
        if case .privately(let member, _) = errand.parcel.effect {
            direct = directs[member]
            errand.stage = direct == nil ? .openingDirect : .acting
        }
        if case .answer(let answer) = errand.parcel.effect {
            if case .done? = acknowledgements[answer.interaction]?.state { errand.stage = .patching }
            if answer.isAcknowledged { errand.stage = .patching }
            return errand.stage == .patching ? answer.patch : answer.callback
        }
        return try? errand.parcel.effect.request(
            nonce: errand.parcel.nonce, made: lane.made, direct: direct, now: moment.wall)
    }

    // MARK: - Answers

    mutating func judge(_ key: Int64, _ call: Call, _ outcome: HTTPOutcome, _ moment: Moment) {
        guard var errand = lanes[key]?.queue.first else { return }
        errand.tries += 1
        lanes[key]?.queue[0] = errand
        remember(errand, call, outcome, moment)
        if case .looking(let lookUp) = errand.stage { return looked(key, lookUp, errand, call, outcome, moment) }
        switch errand.judge(outcome, moment.wall) {
        case .settled(let result): settle(key, result, moment)
        case .next(let stage):
            lanes[key]?.queue[0].stage = stage
            // A reopened channel is a new place: what is looked for can only be there now.
            if stage == .acting, errand.wantsLook(moment.wall) { return look(key, moment) }
            enqueue(key, moment)
        case .reopen:
            if case .privately(let member, _) = errand.parcel.effect { directs[member] = nil }
            errand.tries > 4 ? settle(key, .refused(code: 10003, message: "Unknown channel."), moment) : enqueue(key, moment)
        case .again: again(key, errand, outcome, moment)
        }
    }

    /// Sends again after a while; looks first where sending twice would be two.
    private mutating func again(_ key: Int64, _ errand: Errand, _ outcome: HTTPOutcome, _ moment: Moment) {
        let pause = moment.now.adding(milliseconds: backOff(errand.tries))
        if case .notSent = outcome { return enqueue(key, notBefore: pause, moment) }
        if errand.stage == .acting, errand.wantsLook(moment.wall) { return look(key, notBefore: pause, moment) }
        enqueue(key, notBefore: pause, moment)
    }

    func backOff(_ tries: Int) -> Int {
        Int(min(500 * Double(1 << min(max(tries, 1) - 1, 7)), 60_000) * (0.5 + chance() / 2))
    }

    private mutating func remember(_ errand: Errand, _ call: Call, _ outcome: HTTPOutcome, _ moment: Moment) {
        guard case .answered(let response) = outcome else { return }
        if errand.stage == .openingDirect, case .privately(let member, _) = errand.parcel.effect,
            let channel = response.json?["id"]?.id(Channel.self)
        {
            directs[member] = channel
        }
        guard response.status == 403, let code = response.json?["code"]?.int, code == 50001 || code == 50013 else { return }
        forbidden[Self.target(call.request)] = Forbidden(
            until: moment.now.adding(milliseconds: Self.forbiddenMilliseconds),
            outcome: .refused(code: Int(code), message: RefusedWords.of(response)))
    }

    private static func target(_ request: RESTRequest) -> String { "\(request.route.method.rawValue) \(request.route.path)" }

    // MARK: - Looking

    private mutating func look(_ key: Int64, notBefore: MonotonicTime? = nil, _ moment: Moment) {
        guard let lane = lanes[key], let errand = lane.queue.first else { return }
        var direct: ID<Channel>?
        if case .privately(let member, _) = errand.parcel.effect { direct = directs[member] }
        let lookUp = LookUp.first(for: errand.parcel.effect, made: lane.made, direct: direct)
        lanes[key]?.queue[0].stage = lookUp.map(Errand.Stage.looking) ?? .acting
        enqueue(key, notBefore: notBefore, moment)
    }

    private mutating func looked(
        _ key: Int64, _ lookUp: LookUp, _ errand: Errand, _ call: Call, _ outcome: HTTPOutcome, _ moment: Moment
    ) {
        guard case .answered(let response) = outcome, response.status < 500 else {
            return enqueue(key, notBefore: moment.now.adding(milliseconds: backOff(errand.tries)), moment)
        }
        let since = errand.firstTried ?? errand.parcel.created
        let json = response.status == 200 ? response.json : nil
        switch lookUp.find(errand.parcel, since: since, bot: bot, in: json) {
        case .there(let id): settle(key, .done(made: id), moment)
        case .unclear(let reason): settle(key, .uncertain(reason), moment)
        case .ask(let next):
            lanes[key]?.queue[0].stage = .looking(next)
            enqueue(key, moment)
        case .notThere:
            // Known not to have arrived: from here on it is as if tried for the first time.
            lanes[key]?.queue[0].firstTried = moment.wall
            lanes[key]?.queue[0].stage = .acting
            enqueue(key, moment)
        }
    }

    // MARK: - Ends

    private mutating func settle(_ key: Int64, _ outcome: Receipt.Outcome, _ moment: Moment) {
        settle(key, outcome)
        advance(key, moment)
    }

    private mutating func settle(_ key: Int64, _ outcome: Receipt.Outcome) {
        guard let errand = lanes[key]?.queue.first else { return }
        lanes[key]?.queue.removeFirst()
        carried.remove(errand.parcel.id)
        switch outcome {
        case .done(let made): lanes[key]?.made[errand.parcel.step] = made
        case .refused(_, let words), .uncertain(let words), .expired(let words):
            lanes[key]?.refused[errand.parcel.step] = words
        }
        outputs.append(.receipt(Receipt(parcel: errand.parcel.id, outcome: outcome, tries: errand.tries)))
    }

    mutating func acknowledged(_ interaction: ID<Interaction>, _ call: Call, _ outcome: HTTPOutcome, _ moment: Moment) {
        if case .answered(let response) = outcome, response.status < 500 {
            let isThere = response.status < 300 || response.json?["code"]?.int == 40060
            acknowledgements[interaction] = (isThere ? .done : .expired, moment.now)
            if !isThere { outputs.append(.warn("an interaction could not be acknowledged: \(RefusedWords.of(response))")) }
        } else if call.tries < 6 {
            let pause = moment.now.adding(milliseconds: min(backOff(call.tries), 500))
            return add(call.request, call.owner, tries: call.tries, notBefore: pause)
        } else {
            acknowledgements[interaction] = (.expired, moment.now)
        }
        for (key, lane) in lanes where lane.queue.first?.stage == .awaitingAcknowledgement {
            guard case .answer(let answer)? = lane.queue.first?.parcel.effect, answer.interaction == interaction else {
                continue
            }
            lanes[key]?.queue[0].stage = .acting
            advance(key, moment)
        }
    }
}
