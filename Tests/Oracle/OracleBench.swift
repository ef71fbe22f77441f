import Kit
import Machine
import Oracle
import Shared
import Sibyl

/// The real oracle beside a server that says what it is told to; receipts are collected.
final class OracleBench: Sendable {
    let sibyl: Sibyl
    let notes = Lock<[String]>([])
    private let tray = Tray()
    private let oracle: Oracle
    private let hurried = Lock(0)

    /// What comes of inquiries.
    private final class Tray: Inbox {
        let receipts = Mailbox<Receipt>()
        var isFull: Bool { false }
        func deliver(_: [Dispatch], weight _: Int) {}
        func deliver(_ receipts: [Receipt]) { for receipt in receipts { self.receipts.send(receipt) } }
        func noteTrying(_: [Int64], then: @escaping @Sendable () -> Void) { then() }
        func noteGap(shard _: Int, reason _: String) {}
        func deliver(_: FetchedPage) {}
        func note(_: LinkState) {}
    }

    static let key = "sk-sibyl-4f9c2e71d0b8"

    init(timeout: Duration = .seconds(20), perMinute: Int = 1000, address: RemoteAddress? = nil) throws {
        sibyl = try Sibyl()
        let (notes, hurried) = (notes, hurried)
        oracle = Oracle(
            OracleConfiguration(
                address: address ?? sibyl.address, model: "sibyl-1", key: Secret(Self.key), timeout: timeout,
                perMinute: perMinute),
            inbox: tray, now: { MonotonicTime.now.adding(milliseconds: hurried.locked { $0 }) },
            log: { _, words in notes.locked { $0.append(words) } })
        oracle.start()
    }

    deinit {
        oracle.stop()
        sibyl.stop()
    }

    var health: OracleHealth { oracle.health }
    func ask(_ parcel: Int64, _ text: String = "Category: food") {
        oracle.ask(parcel, Inquiry("Ask something.", text: text, longest: 100))
    }

    /// The clock that was handed in jumps: a pause is over.
    func hurry(_ duration: Duration) {
        hurried.locked { $0 += Int(duration.milliseconds) }
        oracle.nudge()
    }

    struct Silence: Error {}

    func receipt() throws -> Receipt {
        guard let receipt = tray.receipts.receive(within: 20_000)?.first else { throw Silence() }
        return receipt
    }

    /// Waits for so many questions, however they are answered.
    func hears(_ count: Int) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: 20_000)
        while sibyl.heard.count < count {
            guard MonotonicTime.now < deadline else { throw Silence() }
            _ = tray.receipts.receive(within: 5)
        }
    }

    /// Waits until it has said so many times that it asks again.
    func rests(_ times: Int) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: 20_000)
        while notes.locked({ $0.count }) < times {
            guard MonotonicTime.now < deadline else { throw Silence() }
            _ = tray.receipts.receive(within: 5)
        }
    }

    func stop() { oracle.stop() }
}
