import Kit
import Machine
import Shared

/// A desk over the notebook, as honest as the engine's: one thread of its own, turns, dry runs that are taken back, answers
/// that are kept by key, commits that are told.
final class NotebookDesk: Desk {
    let notebook = Notebook()
    let catalogue: Catalogue
    let facts = HouseFacts(version: "9.9", epoch: "e1", started: Instant(milliseconds: 1_000_000))
    private let work = Mailbox<@Sendable () -> Void>()
    private let thread: Thread
    private let audience = Lock(Audience())
    private let kept = Lock<[String: (params: JSON, data: JSON)]>([:])
    private let refusals = Lock<[(user: UInt32, method: String, sentence: String)]>([])
    private let departures = Lock<[String]>([])
    private let looks = Lock(0)

    init() throws {
        catalogue = try notebook.catalogue()
        thread = Thread("desk") { [work] in
            while let batch = work.receive() { for one in batch { one() } }
        }
    }

    deinit {
        work.close()
        thread.join()
    }

    var refused: [(user: UInt32, method: String, sentence: String)] { refusals.locked { $0 } }
    /// Who has left the console.
    var departed: [String] { departures.locked { $0 } }
    /// How many times a panel was run.
    var lookCount: Int { looks.locked { $0 } }
    /// Holds everything back that is asked from now on, until the answer is called.
    func pause() -> @Sendable () -> Void {
        let gate = Mailbox<Bool>()
        work.send { _ = gate.receive() }
        return { gate.send(true) }
    }

    private struct Audience {
        var tell: @Sendable (Set<String>) -> Void = { _ in }
    }

    func commit() { audience.locked { $0.tell }(["notes"]) }

    func whenCommitted(_ tell: @escaping @Sendable (Set<String>) -> Void) { audience.locked { $0.tell = tell } }
    func noteRefusal(_ person: Asker.Operator, method: String, sentence: String) {
        refusals.locked { $0.append((person.user, method, sentence)) }
    }

    func noteDeparture(_ person: Asker.Operator) { departures.locked { $0.append(person.spelled) } }

    func guilds(then answer: @escaping @Sendable ([GuildProfile]) -> Void) {
        guard let id = ID<Guild>(Int64(42)), let owner = ID<Member>(Int64(7)) else { return answer([]) }
        work.send { answer([GuildProfile(id: id, name: "Tea House", owner: owner, locale: "en-GB", afkChannel: nil)]) }
    }

    func look(_ request: Look, then answer: @escaping @Sendable (Result<[Panel.Line], Refusal>) -> Void) {
        work.send { [self] in
            looks.locked { $0 += 1 }
            let turn = turn(request.guild, request.person)
            do {
                answer(.success(try request.panel.lines(turn, arguments(request.params, turn))))
            } catch {
                answer(.failure(error as? Refusal ?? .unavailable("\(error)")))
            }
        }
    }

    func complete(_ request: Completion, then answer: @escaping @Sendable (Result<[Choice], Refusal>) -> Void) {
        work.send { [self] in
            guard case .lookup(let lookup)? = request.command.parameters.first(where: { $0.name == request.parameter })?.kind
            else { return answer(.success([])) }
            answer(.success((try? lookup.choices(turn(request.guild, request.person), request.text)) ?? []))
        }
    }

    func ask(_ request: Request, then answer: @escaping @Sendable (Answered) -> Void) {
        work.send { [self] in answer(perform(request)) }
    }

    private func perform(_ request: Request) -> Answered {
        if let key = request.idem, let old = kept.locked({ $0[key] }) {
            return old.params == .object(request.params)
                ? .replayed(data: old.data) : .refused(.conflict("The key \(key) was used for something else."))
        }
        let before = notebook.notes
        let turn = turn(request.guild, request.person)
        do {
            let reply = try request.command.run(turn, arguments(request.params, turn))
            let plan = Plan(changes: turn.changes, effects: turn.effects, canBeUndone: true)
            let token = turn.membersTouched > 2 ? "t\(turn.membersTouched)" : nil
            if request.isDryRun || token != nil && request.confirm != token { notebook.notes = before }
            if request.isDryRun { return .planned(plan, confirm: token, data: reply.data) }
            if let token, request.confirm != token {
                var refusal = Refusal(.unconfirmed, "Look at the plan first.")
                refusal.confirmation = Confirmation(token: token, plan: plan)
                return .refused(refusal)
            }
            if let key = request.idem { kept.locked { $0[key] = (.object(request.params), reply.data) } }
            if request.command.changes { commit() }
            var next: String?
            if case .page(let more) = reply.kind { next = more }
            return .reply(data: reply.data, next: next, lines: ["a line"], card: ["text": "a card"])
        } catch {
            return (error as? Refusal).map(Answered.refused) ?? .failed(reference: "F-1")
        }
    }

    private func turn(_ guild: ID<Guild>?, _ person: Asker.Operator) -> Turn {
        Turn(
            cause: .request("test"), now: facts.started, guild: guild, asker: .unix(person), door: .socket, store: NoStore(),
            house: NotebookHouse(catalogue, facts))
    }

    private func arguments(_ params: JSON.Object, _ turn: Turn) -> Arguments {
        let context = ReadingContext(now: turn.now, zone: .utc, guild: turn.guild, member: turn.asker.member)
        return Arguments(Dictionary(params.members.map { ($0.key, Raw.json($0.value)) }, uniquingKeysWith: { $1 }), in: context)
    }
}
