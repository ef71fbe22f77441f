internal import Calls
import Kit
import Machine
import Shared

/// The thread that carries parcels: a thin shell around the machine that decides.
final class CourierThread: Sendable {
    struct Parts: Sendable {
        var clock: LinkClock
        var inbox: any Inbox
        var transport: any Transport
        var wiring: Wiring
        var log: LinkLog
        var easel: any Easel
        var halted: @Sendable (String) -> Void
    }

    enum Command: Sendable {
        case carry([Parcel])
        case noted([Int64])
        case painted(Int64, [[UInt8]?])
        case acknowledge(ID<Interaction>, RESTRequest)
        /// Nil: nobody waits for the answer.
        case ask(RESTRequest, afterMilliseconds: Int, then: (@Sendable (HTTPOutcome) -> Void)?)
        case bot(ID<Member>)
        case rightsChanged(ID<Guild>, ID<Member>?)
        case stop
    }

    private let parts: Parts
    private let box = Lock<[Command]>([])
    private let thread = Lock<Thread?>(nil)
    private let latest = Lock(RequestHealth())
    /// Longest that requests under way are waited for at the end.
    private static let farewell = 3_000

    init(_ parts: Parts) { self.parts = parts }

    func start() {
        let started = Thread("hearth-courier") { [self] in run() }
        thread.locked { $0 = started }
    }

    func join() {
        let running = thread.locked { $0 }
        running?.join()
    }

    func post(_ command: Command) {
        box.locked { $0.append(command) }
        parts.transport.wake()
    }

    var health: RequestHealth { latest.locked { $0 } }

    func ring() { parts.transport.wake() }

    private var moment: CourierMachine.Moment {
        CourierMachine.Moment(now: parts.clock.now(), wall: parts.clock.wall())
    }

    private func run() {
        var machine = CourierMachine(bot: BotToken.owner(parts.wiring.token), chance: parts.clock.chance)
        var asked: [Int: @Sendable (HTTPOutcome) -> Void] = [:]
        var tickets = 0
        var closes: MonotonicTime?
        while true {
            for command in box.locked({ box in
                defer { box = [] }; return box
            }) {
                switch command {
                case .carry(let parcels): machine.carry(parcels, moment)
                case .noted(let parcels): for parcel in parcels { machine.noted(parcel, moment) }
                case .painted(let parcel, let pictures): machine.painted(parcel, pictures, moment)
                case .acknowledge(let interaction, let request): machine.acknowledge(interaction, request, moment)
                case .ask(let request, let pause, let then):
                    tickets += 1
                    asked[tickets] = then
                    let due = pause > 0 ? parts.clock.now().adding(milliseconds: pause) : nil
                    machine.ask(request, ticket: tickets, notBefore: due)
                case .bot(let bot): machine.bot = bot
                case .rightsChanged(let guild, let member): machine.rightsChanged(in: guild, of: member)
                case .stop:
                    machine.isClosing = true
                    closes = closes ?? MonotonicTime.now.adding(milliseconds: Self.farewell)
                }
            }
            carryOut(machine.poll(moment), &asked)
            let now = parts.clock.now()
            latest.locked { $0 = machine.health(now, before: $0) }
            if let closes, machine.isQuiet || closes <= MonotonicTime.now { return }
            for (number, outcome) in parts.transport.wait(milliseconds: pause(machine, closes)) {
                CrashPoint.requestAnswered.passed()
                machine.answered(number, outcome, moment)
            }
        }
    }

    private func pause(_ machine: CourierMachine, _ closes: MonotonicTime?) -> Int {
        let now = parts.clock.now()
        let due = machine.wake(now).map { max(0, min($0.milliseconds(since: now) + 1, 60_000)) } ?? 60_000
        return min(Int(due), closes == nil ? 60_000 : 50)
    }

    private func carryOut(_ outputs: [CourierMachine.Output], _ asked: inout [Int: @Sendable (HTTPOutcome) -> Void]) {
        var receipts: [Receipt] = []
        var noted: [Int64] = []
        var awaited: [Int64] = []
        for output in outputs {
            switch output {
            case .send(let number, let request):
                parts.transport.begin(parts.wiring.write(request, number: number))
                CrashPoint.requestBegun.passed()
            case .paint(let parcel, let drawings): paint(drawings, for: parcel)
            case .receipt(let receipt): receipts.append(receipt)
            case .noteTrying(let parcel, let waits): if waits { awaited.append(parcel) } else { noted.append(parcel) }
            case .reply(let ticket, let outcome): asked.removeValue(forKey: ticket)?(outcome)
            case .halted(let reason): parts.halted(reason)
            case .warn(let words): parts.log(.warn, words)
            }
        }
        if !receipts.isEmpty {
            parts.inbox.deliver(receipts)
            CrashPoint.receiptDelivered.passed()
        }
        if !noted.isEmpty { parts.inbox.noteTrying(noted) {} }
        if !awaited.isEmpty { parts.inbox.noteTrying(awaited) { [self, awaited] in post(.noted(awaited)) } }
    }

    /// One after the other; a picture that fails holds nothing up.
    private func paint(_ drawings: [Drawing], done: [[UInt8]?] = [], for parcel: Int64) {
        guard let next = drawings.first else { return post(.painted(parcel, done)) }
        parts.easel.paint(next) { [self] picture in
            if picture == nil { parts.log(.warn, "a picture could not be painted; what it belongs to goes out without it") }
            paint(Array(drawings.dropFirst()), done: done + [picture], for: parcel)
        }
    }
}
