import Calls
import Discord
import Kit
import Machine
import Shared
import Testing

/// The courier's machine and its world, told as a transcript.
struct CourierStory {
    var machine = CourierMachine(bot: ID<Member>(999)) { 1 }
    private(set) var now = MonotonicTime(nanoseconds: 1_000_000_000_000)
    private(set) var wall = Instant(seconds: 1_800_000_000)
    /// Requests under way, by their path.
    private var underWay: [(number: Int, request: RESTRequest)] = []
    private(set) var receipts: [Receipt] = []
    private(set) var noted: [Int64] = []
    private(set) var painting: [(parcel: Int64, drawings: [Drawing])] = []
    private(set) var halted = false

    var moment: CourierMachine.Moment { .init(now: now, wall: wall) }
    var last: RESTRequest? { underWay.last?.request }
    var pending: [String] { underWay.map { "\($0.request.route.method.rawValue) \($0.request.route.path)" } }

    mutating func carry(_ parcels: Parcel...) {
        machine.carry(parcels, moment)
        poll()
    }

    mutating func pass(_ milliseconds: Int) {
        now = now.adding(milliseconds: milliseconds)
        wall = wall + .milliseconds(Int64(milliseconds))
        poll()
    }

    mutating func poll() {
        for output in machine.poll(moment) {
            switch output {
            case .send(let number, let request): underWay.append((number, request))
            case .receipt(let receipt): receipts.append(receipt)
            case .noteTrying(let parcel, _): noted.append(parcel)
            case .halted: halted = true
            case .paint(let parcel, let drawings): painting.append((parcel, drawings))
            case .reply, .warn: break
            }
        }
    }

    mutating func answer(_ status: Int, _ body: String = "{}", _ headers: [String: String] = [:]) {
        finish(.answered(HTTPResponse(status: status, headers: headers, body: Array(body.utf8))))
    }

    mutating func finish(_ outcome: HTTPOutcome) {
        guard !underWay.isEmpty else { return }
        machine.answered(underWay.removeFirst().number, outcome, moment)
        poll()
    }

    mutating func note(_ parcel: Int64) {
        machine.noted(parcel, moment)
        poll()
    }

    mutating func paint(_ parcel: Int64, _ pictures: [[UInt8]?]) {
        machine.painted(parcel, pictures, moment)
        poll()
    }

    mutating func acknowledge(_ interaction: ID<Interaction>) {
        machine.acknowledge(interaction, RESTRequest(.callback(interaction, "tok"), body: ["type": 5]), moment)
        poll()
    }
}

enum CourierTown {
    static let channel: ID<Channel> = ID(firstAt: Instant(seconds: 1_700_000_000))
    static let guild: ID<Guild> = ID(firstAt: Instant(seconds: 1_600_000_000))
    static let ann: ID<Member> = ID(firstAt: Instant(seconds: 1_650_000_000))
}

extension Parcel {
    init(
        _ id: Int64, _ effect: Effect, lane: Int64 = 1, tried: Instant? = nil,
        created: Instant = Instant(seconds: 1_800_000_000), step: Int = 0
    ) {
        self.init(
            id: id, lane: lane, effect: effect, nonce: "n\(id)", created: created, tries: 0, firstTried: tried, step: step)
    }
}

extension Effect {
    static func said(_ text: String) -> Effect {
        .post(channel: .known(CourierTown.channel), Post(Card(text: Phrase([.words(text)]))))
    }
}
