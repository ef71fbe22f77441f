package import Calls
package import Kit
package import Machine
package import Shared

/// Carries out effects over REST: which request is due, what its answer means, when to try again. Parcels, answers and the
/// time go in, requests and receipts come out; it holds no socket and no thread.
package struct CourierMachine {
    package enum Output: Sendable {
        case send(number: Int, RESTRequest)
        case receipt(Receipt)
        /// The parcel waits for these pictures.
        case paint(Int64, [Drawing])
        /// To be written down; `waits` tells whether the parcel waits for it.
        case noteTrying(Int64, waits: Bool)
        /// An answer to a question of our own.
        case reply(ticket: Int, HTTPOutcome)
        /// Discord refuses the token: nothing goes out any more.
        case halted(String)
        case warn(String)
    }

    /// The time, by both clocks.
    package struct Moment: Sendable {
        package var now: MonotonicTime
        package var wall: Instant
        package init(now: MonotonicTime, wall: Instant) {
            self.now = now
            self.wall = wall
        }
    }

    enum Owner: Equatable {
        case lane(Int64)
        case ticket(Int)
        case acknowledgement(ID<Interaction>)
    }

    struct Call {
        var number: Int
        var request: RESTRequest
        var owner: Owner
        var tries = 0
        var notBefore: MonotonicTime?
    }

    struct Lane {
        var queue: [Errand] = []
        var made: Made = [:]
        var refused: [Int: String] = [:]
        var used: MonotonicTime
    }

    enum Acknowledgement { case flying, done, expired }

    package var bot: ID<Member>?
    package internal(set) var haltedBecause: String?
    /// Nothing new is begun any more; what is under way may end.
    package var isClosing = false
    let chance: @Sendable () -> Double
    var limits = RateLimits()
    var lanes: [Int64: Lane] = [:]
    var carried: Set<Int64> = []
    var waiting = WaitingLines()
    var flying: [Int: Call] = [:]
    var acknowledgements: [ID<Interaction>: (state: Acknowledgement, at: MonotonicTime)] = [:]
    var directs: [ID<Member>: ID<Channel>] = [:]
    package internal(set) var forbidden = ForbiddenPlaces()
    /// What was made of late, so that looking for one thing does not find another.
    var madeLately: [Int64] = []
    var lastNumber = 0
    var outputs: [Output] = []

    package init(bot: ID<Member>?, chance: @escaping @Sendable () -> Double) {
        self.bot = bot
        self.chance = chance
    }

    // MARK: - What goes in

    package mutating func carry(_ parcels: [Parcel], _ moment: Moment) {
        for parcel in parcels.sorted(by: { $0.id < $1.id }) where carried.insert(parcel.id).inserted {
            var lane = lanes[parcel.lane] ?? Lane(used: moment.now)
            lane.made.merge(parcel.made) { $1 }
            lane.queue.append(Errand(parcel))
            lanes[parcel.lane] = lane
            if lane.queue.count == 1 { advance(parcel.lane, moment) }
        }
    }

    /// The first try is on disk.
    package mutating func noted(_ parcel: Int64, _ moment: Moment) {
        for (key, lane) in lanes where lane.queue.first?.parcel.id == parcel && lane.queue.first?.stage == .noting {
            lanes[key]?.queue[0].stage = .acting
            enqueue(key, moment)
        }
    }

    /// The pictures that a parcel waits for, as far as there are any.
    package mutating func painted(_ parcel: Int64, _ pictures: [[UInt8]?], _ moment: Moment) {
        for (key, lane) in lanes where lane.queue.first?.parcel.id == parcel && lane.queue.first?.stage == .painting {
            lanes[key]?.queue[0].hang(pictures)
            lanes[key]?.queue[0].stage = .acting
            advance(key, moment)
        }
    }

    /// A question of our own; its answer comes back under its ticket.
    package mutating func ask(_ request: RESTRequest, ticket: Int, notBefore: MonotonicTime? = nil) {
        add(request, .ticket(ticket), notBefore: notBefore)
    }

    /// Somebody's rights have changed: what was forbidden may be asked again.
    package mutating func rightsChanged(in guild: ID<Guild>, of member: ID<Member>?) {
        forbidden.forgive(guild, member == bot ? nil : member)
    }

    package mutating func acknowledge(_ interaction: ID<Interaction>, _ request: RESTRequest, _ moment: Moment) {
        guard acknowledgements[interaction] == nil else { return }
        acknowledgements[interaction] = (.flying, moment.now)
        add(request, .acknowledgement(interaction))
    }

    package mutating func answered(_ number: Int, _ outcome: HTTPOutcome, _ moment: Moment) {
        guard var call = flying.removeValue(forKey: number) else { return }
        switch outcome {
        case .answered(let response):
            limits.ended(call.request, response, moment.now)
            if response.status == 429 || response.isFromWall { return waiting.putBack(call) }
            if response.status == 401, !call.request.isInteraction { return halt(response, call) }
        case .lost, .notSent: limits.lost(call.request)
        }
        call.tries += 1
        switch call.owner {
        case .lane(let lane): judge(lane, call, outcome, moment)
        case .ticket(let ticket): outputs.append(.reply(ticket: ticket, outcome))
        case .acknowledgement(let interaction): acknowledged(interaction, call, outcome, moment)
        }
    }

    // MARK: - What comes out

    /// What is due now.
    package mutating func poll(_ moment: Moment) -> [Output] {
        if haltedBecause == nil, !isClosing { release(moment.now) }
        sweep(moment.now)
        defer { outputs = [] }
        return outputs
    }

    package var isQuiet: Bool { flying.isEmpty }

    /// When `poll` has something to do by itself.
    package func wake(_ now: MonotonicTime) -> MonotonicTime? {
        guard haltedBecause == nil, !isClosing else { return nil }
        return waiting.wake(limits, now)
    }

    private mutating func release(_ now: MonotonicTime) {
        for call in waiting.release(&limits, now) {
            flying[call.number] = call
            outputs.append(.send(number: call.number, call.request))
        }
    }

    mutating func add(_ request: RESTRequest, _ owner: Owner, tries: Int = 0, notBefore: MonotonicTime? = nil) {
        lastNumber += 1
        waiting.add(Call(number: lastNumber, request: request, owner: owner, tries: tries, notBefore: notBefore))
    }

    private mutating func halt(_ response: HTTPResponse, _ call: Call) {
        let reason =
            "Discord refuses the bot's token (401): nothing goes out until it is set right and the bot is started again."
        if haltedBecause == nil { outputs.append(.halted(reason)) }
        haltedBecause = reason
        if case .ticket(let ticket) = call.owner { outputs.append(.reply(ticket: ticket, .answered(response))) }
    }

    /// What is only remembered for a while is forgotten.
    private mutating func sweep(_ now: MonotonicTime) {
        if acknowledgements.count > 1_024 {
            acknowledgements = acknowledgements.filter { now.milliseconds(since: $0.value.at) < 900_000 }
        }
        forbidden.sweep(now)
        if lanes.count > 4_096 {
            lanes = lanes.filter { !$0.value.queue.isEmpty || now.milliseconds(since: $0.value.used) < 600_000 }
        }
        if directs.count > 10_000 { directs = [:] }
    }
}
