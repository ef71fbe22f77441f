import Kit
import Machine
import Shared
import Testing
import Web

/// A web door with a desk behind it that answers what a test says.
final class Booth {
    static let guild = ID<Guild>(firstAt: Instant(seconds: 1_600_000_000))
    static let text = AccessKey.prefix + "abc"
    static let held = ["Authorization": "Bearer \(text)"]

    let desk = StubDesk()
    let server: WebServer
    let time = Lock(MonotonicTime(nanoseconds: 0))
    var port: Int { server.port }

    init(ailments: [String] = [], engine: Sign.State = .ok, metrics: [Metric] = []) throws {
        let time = time
        server = try WebServer(
            WebSetting(
                address: "127.0.0.1", port: 0, hosts: ["Metrics.inside"], desk: desk,
                health: {
                    Health(
                        version: "1", now: Instant(seconds: 100), started: Instant(seconds: 10),
                        signs: [Sign("gateway", "Gateway", "connected", .ok), Sign("engine", "Engine", "is stuck", engine)],
                        ailments: ailments)
                }, metrics: { metrics }, now: { time.locked { $0 } }))
    }

    deinit { server.stop() }
}

/// Answers at once, or holds its answers back.
final class StubDesk: WebDesk {
    struct Waiting: Sendable { var say: @Sendable (Answered) -> Void }

    static let read = Command(
        "toy.read", "Reads", changes: false, returns: .anything, .optional(.text("words", "What", longest: 20))
    ) { _, _ in .done(Card(), data: .null) }
    static let peek = Command("toy.peek", "For staff", access: .moderate, changes: false, returns: .anything) { _ in
        .done(Card(), data: .null)
    }
    static let write = Command("toy.write", "Writes", changes: true, returns: .anything) { _ in .done(Card(), data: .null) }
    static let own = Command("toy.own", "A member's", isForMembers: true, changes: false, returns: .anything) { _ in
        .done(Card(), data: .null)
    }
    static let wide = Command("toy.wide", "The house's", scope: .house, changes: false, returns: .anything) { _ in
        .done(Card(), data: .null)
    }
    static let other = Command("other.read", "Of another feature", changes: false, returns: .anything) { _ in
        .done(Card(), data: .null)
    }

    let catalogue: Catalogue
    let facts = HouseFacts(version: "1", epoch: "1", started: Instant(seconds: 10))
    let holdsBack = Lock(false)
    let asked = Mailbox<Request>()
    let waiting = Lock<[Waiting]>([])
    let answer = Lock<Answered>(.reply(data: ["rows": [1]], next: "more", lines: [], card: .null))
    let limit = Lock(60)

    init() {
        let features = [
            Feature(
                "toy", "Toys", version: "1", commands: [Self.read, Self.peek, Self.write, Self.own, Self.wide],
                export: { _, _ in .null }, erase: { _, _ in 0 }),
            Feature("other", "Others", version: "1", commands: [Self.other], export: { _, _ in .null }, erase: { _, _ in 0 }),
        ]
        guard let catalogue = try? Catalogue(features) else { preconditionFailure("the toys clash") }
        self.catalogue = catalogue
    }

    func ask(_ request: Request, then say: @escaping @Sendable (Answered) -> Void) {
        if holdsBack.locked({ $0 }) {
            waiting.locked { $0.append(Waiting(say: say)) }
        } else {
            say(answer.locked { $0 })
        }
        asked.send(request)
    }

    func answerAll() {
        for one in waiting.locked({ $0 }) { one.say(answer.locked { $0 }) }
    }

    func key(_ digest: String, then say: @escaping @Sendable (AccessKey?) -> Void) {
        let isKnown = digest == SHA256.hex(of: Booth.text.utf8)
        say(
            isKnown
                ? AccessKey(
                    id: 1, name: "test", guild: Booth.guild, role: .viewer, features: ["toy"], limit: limit.locked { $0 }) : nil
        )
    }

    func metrics(then say: @escaping @Sendable ([Metric]) -> Void) { say([Metric("toy_things", "Things.", .gauge, 3)]) }

    func look(_: Look, then: @escaping @Sendable (Result<[Panel.Line], Refusal>) -> Void) {}
    func complete(_: Completion, then: @escaping @Sendable (Result<[Choice], Refusal>) -> Void) {}
    func guilds(then: @escaping @Sendable ([GuildProfile]) -> Void) {}
    func whenCommitted(_: @escaping @Sendable (Set<String>) -> Void) {}
    func noteRefusal(_: Asker.Operator, method: String, sentence: String) {}
    func noteDeparture(_: Asker.Operator) {}
}

extension Mailbox {
    /// Until somebody has sent something.
    func waitForOne() { _ = receive(within: 20_000) }
}
