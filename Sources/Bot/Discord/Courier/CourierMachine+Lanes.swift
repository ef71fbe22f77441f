internal import Calls
import Kit
import Machine
import Shared

/// One parcel of a lane after the other.
extension CourierMachine {
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
            let drawings = errand.unpainted
            if !drawings.isEmpty {
                lanes[key]?.queue[0].stage = .painting
                outputs.append(.paint(errand.parcel.id, drawings))
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
        if errand.parcel.effect.refersToNew {
            let occasion = Occasion(nonce: errand.parcel.nonce, made: lanes[key]?.made ?? [:])
            do throws(Unmade) { _ = try errand.parcel.effect.request(occasion) } catch {
                let reason = lanes[key]?.refused[error.step] ?? "what it belongs to was never made"
                return .refused(code: 0, message: "An earlier step of the same action failed: \(reason)")
            }
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

    /// Puts the request of the first parcel's stage in line; what Discord would refuse anyhow is refused here.
    mutating func enqueue(_ key: Int64, notBefore: MonotonicTime? = nil, _ moment: Moment) {
        guard let lane = lanes[key], var errand = lane.queue.first else { return }
        guard let request = request(&errand, lane) else { return settle(key, .uncertain("nothing to ask"), moment) }
        lanes[key]?.queue[0] = errand
        if let complaint = BodyLimits.complaint(about: request, at: moment.wall) {
            return settle(key, .refused(code: 50035, message: "Not sent, for Discord would refuse it: \(complaint)."), moment)
        }
        if let known = forbidden.verdict(on: request, moment.now) {
            guard case .looking(let lookUp) = errand.stage else { return settle(key, known, moment) }
            let refused = HTTPResponse(status: 403, headers: [:], body: [])
            return looked(key, lookUp, errand, .answered(refused), moment)
        }
        add(request, .lane(key), tries: errand.tries, notBefore: notBefore)
    }

    private func request(_ errand: inout Errand, _ lane: Lane) -> RESTRequest? {
        if case .looking(let lookUp) = errand.stage { return lookUp.request(bot) }
        var occasion = Occasion(nonce: errand.parcel.nonce, made: lane.made)
        switch errand.parcel.effect {
        case .privately(let member, _):
            occasion.direct = directs[member]
            errand.stage = occasion.direct == nil ? .openingDirect : .acting
        case .openThread(_, let message?, _, _): errand.makes = (try? message.found(in: lane.made))?.number
        case .answer(let answer):
            if case .done? = acknowledgements[answer.interaction]?.state { errand.stage = .patching }
            if answer.isAcknowledged { errand.stage = .patching }
            return errand.stage == .patching ? answer.patch : answer.callback
        default: break
        }
        return try? errand.parcel.effect.request(occasion)
    }

    // MARK: - Answers

    mutating func judge(_ key: Int64, _ call: Call, _ outcome: HTTPOutcome, _ moment: Moment) {
        guard var errand = lanes[key]?.queue.first else { return }
        errand.tries += 1
        if case .notSent = outcome {} else { errand.hasLeft = true }
        lanes[key]?.queue[0] = errand
        remember(errand, call, outcome, moment)
        if case .looking(let lookUp) = errand.stage { return looked(key, lookUp, errand, outcome, moment) }
        switch errand.judge(outcome, moment.wall) {
        case .settled(let result, let answer): settle(key, result, answer: answer, moment)
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
        var pause = backOff(errand.tries)
        // An interaction is waited for no longer than three seconds.
        if case .answer = errand.parcel.effect, errand.stage != .patching { pause = min(pause, 500) }
        let later = moment.now.adding(milliseconds: pause)
        if case .notSent = outcome { return enqueue(key, notBefore: later, moment) }
        if errand.stage == .acting, errand.wantsLook(moment.wall) { return look(key, notBefore: later, moment) }
        enqueue(key, notBefore: later, moment)
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
        forbidden.note(call.request, response, in: errand.parcel.guild, moment.now)
    }

    // MARK: - Looking

    private func subject(_ errand: Errand) -> LookUp.Subject {
        LookUp.Subject(
            parcel: errand.parcel, since: errand.firstTried ?? errand.parcel.created, bot: bot,
            taken: errand.parcel.others.union(madeLately))
    }

    private mutating func look(_ key: Int64, notBefore: MonotonicTime? = nil, _ moment: Moment) {
        guard let lane = lanes[key], let errand = lane.queue.first else { return }
        var direct: ID<Channel>?
        if case .privately(let member, _) = errand.parcel.effect { direct = directs[member] }
        let lookUp = LookUp.first(for: subject(errand), made: lane.made, direct: direct)
        lanes[key]?.queue[0].stage = lookUp.map(Errand.Stage.looking) ?? .acting
        enqueue(key, notBefore: notBefore, moment)
    }

    private mutating func looked(
        _ key: Int64, _ lookUp: LookUp, _ errand: Errand, _ outcome: HTTPOutcome, _ moment: Moment
    ) {
        guard case .answered(let response) = outcome, response.status < 500, response.status != 408 else {
            return lookAgain(key, errand, moment)
        }
        switch lookUp.find(subject(errand), in: response) {
        case .there(let made, let answer): settle(key, .done(made: made), answer: answer, moment)
        case .unclear(let reason):
            guard errand.parcel.effect.post?.whenUnclear == .sendAgain else { return settle(key, .uncertain(reason), moment) }
            actAnew(key, moment)
        case .ask(let next):
            lanes[key]?.queue[0].stage = .looking(next)
            enqueue(key, moment)
        case .askAgain: lookAgain(key, errand, moment)
        case .notThere: actAnew(key, moment)
        }
    }

    private mutating func lookAgain(_ key: Int64, _ errand: Errand, _ moment: Moment) {
        if case .settled(let outcome, _)? = errand.lastTry(moment.wall, "Discord does not tell whether it arrived") {
            return settle(key, outcome, moment)
        }
        enqueue(key, notBefore: moment.now.adding(milliseconds: backOff(errand.tries)), moment)
    }

    /// Known not to have arrived: from here on it is as if tried for the first time.
    private mutating func actAnew(_ key: Int64, _ moment: Moment) {
        lanes[key]?.queue[0].firstTried = moment.wall
        lanes[key]?.queue[0].stage = .acting
        enqueue(key, moment)
    }

    // MARK: - Ends

    private mutating func settle(_ key: Int64, _ outcome: Receipt.Outcome, answer: JSON? = nil, _ moment: Moment) {
        settle(key, outcome, answer: answer)
        advance(key, moment)
    }

    private mutating func settle(_ key: Int64, _ outcome: Receipt.Outcome, answer: JSON? = nil) {
        guard let errand = lanes[key]?.queue.first else { return }
        lanes[key]?.queue.removeFirst()
        carried.remove(errand.parcel.id)
        switch outcome {
        case .done(let made):
            lanes[key]?.made[errand.parcel.step] = made
            if let made { keep(made) }
        case .refused(_, let words), .uncertain(let words), .expired(let words):
            lanes[key]?.refused[errand.parcel.step] = words
        }
        outputs.append(.receipt(Receipt(parcel: errand.parcel.id, outcome: outcome, tries: errand.tries, answer: answer)))
    }

    private mutating func keep(_ made: Int64) {
        if madeLately.count >= 2_048 { madeLately.removeFirst(1_024) }
        madeLately.append(made)
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
