internal import Calls
package import Kit
package import Machine
internal import Shared

/// The house's line to a language model: a thread of its own, so that a slow answer keeps nobody waiting who did not ask. What
/// it has not answered when the process ends lies in the outbox, and the next process asks it.
package final class Oracle: Sendable {
    private enum Command: Sendable {
        case ask(Int64, Inquiry)
        case look
        case stop
    }

    private let configuration: OracleConfiguration
    private let inbox: any Inbox
    private let now: @Sendable () -> MonotonicTime
    private let note: @Sendable (LogLevel, String) -> Void
    private let box = Mailbox<Command>()
    private let transport: CurlTransport
    private let isStopped = Lock(false)
    private let thread = Lock<Thread?>(nil)
    private let latest = Lock(OracleHealth())

    package init(
        _ configuration: OracleConfiguration, inbox: any Inbox, now: @escaping @Sendable () -> MonotonicTime,
        log note: @escaping @Sendable (LogLevel, String) -> Void
    ) {
        self.configuration = configuration
        transport = CurlTransport(trusting: configuration.certificates, longestAnswer: Self.longestAnswer)
        self.inbox = inbox
        self.now = now
        self.note = note
    }

    package var health: OracleHealth { latest.locked { $0 } }
    package var model: String { configuration.model }

    package func start() {
        let started = Thread("hearth-oracle") { [self] in run() }
        thread.locked { $0 = started }
    }

    /// Ends at once, also in the middle of an answer.
    package func stop() {
        box.send(.stop)
        isStopped.locked { $0 = true }
        transport.wake()
        let running = thread.locked { $0 }
        running?.join()
    }

    /// Any thread may ask; the answer comes to the inbox as the parcel's receipt.
    package func ask(_ parcel: Int64, _ inquiry: Inquiry) { box.send(.ask(parcel, inquiry)) }

    /// The clock that was handed in has jumped.
    package func nudge() { box.send(.look) }

    // MARK: - The thread

    private func run() {
        var machine = OracleMachine(perMinute: configuration.perMinute)
        var milliseconds: Int? = 0
        while let commands = box.receive(within: milliseconds) {
            for command in commands {
                switch command {
                case .ask(let parcel, let inquiry): machine.take(parcel, inquiry, now())
                case .look: break
                case .stop: return
                }
            }
            milliseconds = advance(&machine)
            show(machine)
        }
    }

    /// Takes one step; answers how long nothing more is to be done.
    private func advance(_ machine: inout OracleMachine) -> Int? {
        switch machine.next(now()) {
        case .wait(let until): return until.map { Int(max(1, min($0.milliseconds(since: now()) + 1, 60_000))) }
        case .tell(let receipt):
            show(machine)
            tell(receipt)
        case .ask(let errand):
            guard let outcome = call(errand) else { return 0 }
            let receipt = machine.answered(outcome, now())
            show(machine)
            if let receipt {
                tell(receipt)
            } else {
                note(.info, "the language model is asked again: \(machine.health.trouble ?? "it wants a pause")")
            }
        }
        return 0
    }

    private func show(_ machine: OracleMachine) {
        let health = machine.health
        latest.locked { $0 = health }
    }

    private func tell(_ receipt: Receipt) {
        if case .expired(let words) = receipt.outcome { note(.warn, "no answer from the language model: \(words)") }
        inbox.deliver([receipt])
    }

    /// No answer that we ask for is as long.
    private static let longestAnswer = 256 << 10

    /// Nil when the process ends before there is an answer.
    private func call(_ errand: OracleMachine.Errand) -> HTTPOutcome? {
        var headers = [
            (name: "User-Agent", value: configuration.agent), (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: "application/json"),
        ]
        if let key = configuration.key { headers.append((name: "Authorization", value: "Bearer \(key.revealed())")) }
        transport.begin(
            HTTPRequest(
                number: Int(errand.parcel), method: .post, url: configuration.address.description + Chat.path, headers: headers,
                body: Chat.body(errand.inquiry, model: configuration.model).bytes,
                timeoutMilliseconds: Int(configuration.timeout.milliseconds)))
        while !isStopped.locked({ $0 }) {
            if let answer = transport.wait(milliseconds: 1000).first { return answer.outcome }
        }
        return nil
    }
}
