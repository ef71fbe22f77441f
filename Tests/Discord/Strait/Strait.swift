import Calls
import Discord
import Kit
import Machine
import Shared
import Simulator

/// A courier, a simulated Discord, and between them a network and a clock that are turned by hand. What is lost on the way,
/// when the process dies and how long it is away is chance with a seed; what an outbox would have on disk is all that a
/// life leaves to the next.
final class Strait {
    struct Row {
        var parcel: Parcel
        var receipt: Receipt?
    }

    private enum Happening {
        case arrives(Int, HTTPRequest)
        case answers(Int, HTTPOutcome)
        /// That a parcel is tried is on disk.
        case noted(Int64, waits: Bool)
        case settled(Receipt)
    }

    let discord: Simulation
    var dice: Simulator.Dice
    /// Milliseconds that a request or an answer is on its way.
    var latency = 5...60
    private(set) var machine: CourierMachine
    private(set) var rows: [Int64: Row] = [:]
    private(set) var lives = 1
    private(set) var isHalted = false
    /// What came to Discord, by status.
    private(set) var statuses: [Int: Int] = [:]
    private(set) var arrivedSinceHalt = 0
    private var order: [Int64] = []
    private var elapsed: Int64 = 0
    private var queue: [(at: Int64, life: Int, what: Happening)] = []
    private let wiring = Wiring(
        base: "http://127.0.0.1/api/v10", token: Secret(BotAccount.madeUpToken), agent: "DiscordBot (https://example.org, 1)")

    init(seed: UInt64, _ prepare: (inout World) -> Void = { _ in }) {
        dice = Simulator.Dice(seed: seed)
        var world = World(seed: seed)
        prepare(&world)
        discord = Simulation(world)
        machine = CourierMachine(bot: discord.read(\.bot.user)) { 1 }
    }

    private var moment: CourierMachine.Moment {
        .init(now: MonotonicTime(nanoseconds: 1_000_000_000_000 + elapsed * 1_000_000), wall: discord.now)
    }

    var open: Int { rows.values.filter { $0.receipt == nil }.count }

    // MARK: - What is asked

    func carry(_ parcels: [Parcel]) {
        for parcel in parcels {
            rows[parcel.id] = Row(parcel: parcel)
            order.append(parcel.id)
        }
        machine.carry(parcels, moment)
        poll()
    }

    func acknowledge(_ interaction: InteractionRecord) {
        var request = RESTRequest(.callback(interaction.id, interaction.token), body: ["type": 5])
        request.isInteraction = true
        machine.acknowledge(interaction.id, request, moment)
        poll()
    }

    /// The process dies, and the next one begins with what is on disk.
    func dies(awayMilliseconds pause: Int64) {
        lives += 1
        queue.removeAll { if case .arrives = $0.what { false } else { true } }
        pass(pause)
        machine = CourierMachine(bot: discord.read(\.bot.user)) { 1 }
        let others = Set(
            rows.values.compactMap { row in
                if case .done(let made)? = row.receipt?.outcome { made } else { nil }
            })
        let waiting = order.compactMap { rows[$0] }.filter { $0.receipt == nil }.map(\.parcel)
        machine.carry(
            waiting.map { parcel in
                var parcel = parcel
                parcel.others = others
                if parcel.effect.refersToNew { parcel.made = made(in: parcel.lane) }
                return parcel
            }, moment)
        poll()
    }

    private func made(in lane: Int64) -> [Int: Int64] {
        rows.values.reduce(into: [:]) { made, row in
            guard row.parcel.lane == lane, case .done(let id?)? = row.receipt?.outcome else { return }
            made[row.parcel.step] = id
        }
    }

    // MARK: - Time

    /// Lets this much time pass, with everything that happens in it.
    func pass(_ milliseconds: Int64) {
        let end = elapsed + milliseconds
        while let next = nextMoment, next <= end { turn(to: next) }
        move(to: end)
        poll()
    }

    /// Lets time pass until every parcel is settled; false when that takes longer than this.
    func settles(withinHours hours: Int64) -> Bool {
        let end = elapsed + hours * 3_600_000
        while open > 0, !isHalted {
            guard let next = nextMoment, next <= end else { return false }
            turn(to: next)
        }
        return true
    }

    private var nextMoment: Int64? {
        let own = machine.wake(moment.now).map { max(0, ($0.nanoseconds - moment.now.nanoseconds + 999_999) / 1_000_000) }
        return [queue.first?.at, own.map { max(elapsed + $0, elapsed + 1) }].compactMap { $0 }.min()
    }

    private func move(to moment: Int64) {
        guard moment > elapsed else { return }
        discord.pass(.milliseconds(moment - elapsed))
        elapsed = moment
    }

    private func turn(to moment: Int64) {
        move(to: moment)
        while let first = queue.first, first.at <= elapsed {
            queue.removeFirst()
            happen(first.what, life: first.life)
        }
        poll()
    }

    private func happen(_ what: Happening, life: Int) {
        switch what {
        case .arrives(let number, let request): arrive(number, request, life)
        case .answers(let number, let outcome): machine.answered(number, outcome, moment)
        case .noted(let parcel, let waits):
            if rows[parcel]?.parcel.firstTried == nil { rows[parcel]?.parcel.firstTried = moment.wall }
            rows[parcel]?.parcel.tries += 1
            if waits { machine.noted(parcel, moment) }
        case .settled(let receipt): if rows[receipt.parcel]?.receipt == nil { rows[receipt.parcel]?.receipt = receipt }
        }
    }

    private func poll() {
        for output in machine.poll(moment) {
            switch output {
            case .send(let number, let request): later(.arrives(number, wiring.write(request, number: number)), in: onItsWay)
            case .receipt(let receipt): later(.settled(receipt), in: Int64(1 + dice.below(5)))
            case .noteTrying(let parcel, let waits): later(.noted(parcel, waits: waits), in: Int64(1 + dice.below(5)))
            case .halted: isHalted = true
            case .paint(let parcel, let drawings): machine.painted(parcel, drawings.map { _ in nil }, moment)
            case .reply, .warn: break
            }
        }
    }

    private var onItsWay: Int64 { Int64(latency.lowerBound + dice.below(latency.count)) }

    private func later(_ what: Happening, in milliseconds: Int64) {
        let at = elapsed + milliseconds
        let index = queue.firstIndex { $0.at > at } ?? queue.count
        queue.insert((at, lives, what), at: index)
    }

    // MARK: - The network

    private func arrive(_ number: Int, _ request: HTTPRequest, _ life: Int) {
        let target = String(request.url.dropFirst("http://127.0.0.1".count))
        let headers = Dictionary(request.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
        let response = discord.respond(
            to: Simulator.Request(request.method.rawValue, target, headers: headers, body: request.body ?? []))
        if isHalted { arrivedSinceHalt += 1 }
        statuses[response.status, default: 0] += 1
        guard life == lives else { return }
        switch response.fate {
        case .sent:
            let told = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
            let answer = HTTPResponse(status: response.status, headers: told, body: response.body)
            later(.answers(number, .answered(answer)), in: onItsWay)
        case .reset, .cut: later(.answers(number, .lost("the connection broke")), in: onItsWay)
        case .hung: later(.answers(number, .lost("no answer in time")), in: 30_000)
        }
    }
}
