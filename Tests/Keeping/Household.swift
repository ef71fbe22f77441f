import Engine
import Keeping
import Kit
import Machine
import Shared
import Store
import Testing

/// The real engine over a real store, stepped by hand: two servers, an admin, and a toy feature that counts messages.
final class Household {
    static let tea = ID<Guild>(firstAt: Instant(seconds: 1_600_000_000))
    static let kitchen = ID<Guild>(firstAt: Instant(seconds: 1_600_000_100))
    static let hall = ID<Channel>(firstAt: Instant(seconds: 1_600_000_200))
    static let pantry = ID<Channel>(firstAt: Instant(seconds: 1_600_000_300))
    static let ann = ID<Member>(firstAt: Instant(seconds: 1_600_000_400))
    static let bot = ID<Member>(firstAt: Instant(seconds: 1_600_000_500))
    static let owner = Asker.Operator(user: 0, name: "root", role: .owner, client: "test")
    static let admin = Asker.Operator(user: 1000, name: "ada", role: .admin, client: "test")
    static let viewer = Asker.Operator(user: 1001, name: "vic", role: .viewer, client: "test")

    let store: SQLiteWriter
    let vitals: HouseVitals
    let courier = RecordingCourier()
    let time = Lock(Instant(seconds: 1_700_000_000))
    private let readers: Readers
    private let desk: FrontDesk
    private let loop: EngineLoop
    private var sequence: Int64 = 0

    init(featuresOff: Set<String> = [], before: (SQLiteWriter) throws -> Void = { _ in }) throws {
        let library = try SQLiteLibrary.temporary()
        store = try library.openWriter()
        let features = [HouseFeature.feature, AuditFeature.feature, Toy.feature]
        try store.migrate(
            features: [("house", HouseSchema.migrations), ("toy", Toy.feature.schema), ("audit", AuditFeature.feature.schema)],
            version: "1.0",
            at: Instant(seconds: 1))
        try before(store)
        let time = time
        let clocks = Clocks(wall: { time.locked { $0 } }, steadyNanoseconds: { 0 })
        let facts = HouseFacts(version: "1.0", epoch: "7", started: Instant(seconds: 1_699_999_000))
        let catalogue = try Catalogue(features)
        let options = EngineOptions(featuresOff: featuresOff)
        vitals = HouseVitals(facts: facts)
        readers = Readers(
            ReaderSetting(
                library: library, catalogue: catalogue, options: options, vitals: vitals, clocks: clocks,
                shelf: PaperShelf()))
        desk = FrontDesk(catalogue: catalogue, facts: facts, readers: readers)
        loop = EngineLoop(
            desk: desk, options: options, store: store, courier: courier, vitals: vitals, clocks: clocks, log: { _ in })
        _ = try loop.open()
        begin()
    }

    // MARK: - What happens

    private func begin() {
        let start = SessionStart(
            shard: 0, shards: 1, session: "s", resumeURL: "ws://127.0.0.1", bot: Self.bot, botName: "Hearth",
            application: ID<Application>(firstAt: Instant(seconds: 1_600_000_600)), guilds: [Self.tea, Self.kitchen],
            isFirst: true)
        happen(.sessionStarted(start))
        happen(.guildSeen(Self.guild(Self.tea, "Tea House", Self.hall)))
        happen(.guildSeen(Self.guild(Self.kitchen, "Kitchen", Self.pantry)))
    }

    private static func guild(_ id: ID<Guild>, _ name: String, _ channel: ID<Channel>) -> GuildSeen {
        GuildSeen(
            profile: GuildProfile(id: id, name: name, owner: ann, locale: "en-GB", afkChannel: nil), joined: nil,
            memberCount: 2,
            channels: [
                ChannelProfile(id: channel, guild: id, name: "talk", type: 0, parent: nil, position: 0, overwrites: [])
            ], roles: [],
            members: MemberList([
                MemberProfile(
                    id: ann, guild: id, username: "ann", globalName: "Ann", nick: nil, roles: [], isBot: false, joined: nil)
            ]), voice: [])
    }

    func happen(_ event: Event) {
        sequence += 1
        desk.deliver([Dispatch(shard: 0, sequence: sequence, event: event, receivedNanoseconds: 0)], weight: 100)
        loop.step()
    }

    func receive(_ receipt: Receipt) {
        desk.deliver([receipt])
        loop.step()
    }

    /// Ann says something in the tea house's hall.
    func say(_ text: String) {
        let frame = Array(text.utf8)
        var message = MessageSeen(
            frame: frame, id: ID<Message>(firstAt: time.locked { $0 } + .milliseconds(sequence)), channel: Self.hall,
            guild: Self.tea, author: Self.ann, isAutomatic: false, type: 0)
        message.content = .init(start: 0, count: frame.count, isEscaped: false)
        happen(.message(message))
    }

    /// Somebody closes their console.
    func leaves(_ person: Asker.Operator) {
        desk.noteDeparture(person)
        loop.step()
    }

    func pass(_ wait: Duration) {
        time.locked { $0 = $0 + wait }
        loop.step()
    }

    // MARK: - What is asked

    @discardableResult
    func ask(
        _ method: String, _ params: JSON = .object(.init()), in guild: ID<Guild>? = Household.tea,
        as person: Asker.Operator = Household.owner, ifVersion: Int64? = nil, isDryRun: Bool = false,
        wantsCard: Bool = false
    ) throws -> Answered {
        let command = try #require(desk.catalogue.command(method))
        var request = Request(command, params: params.object ?? .init(), guild: guild, person: person)
        request.ifVersion = ifVersion
        request.isDryRun = isDryRun
        request.wantsCard = wantsCard
        let answer = Lock<Answered?>(nil)
        desk.ask(request) { given in answer.locked { $0 = given } }
        loop.step()
        readers.drain()
        return try #require(answer.locked { $0 })
    }

    /// The data of an answer that must be a reply.
    @discardableResult
    func data(
        _ method: String, _ params: JSON = .object(.init()), in guild: ID<Guild>? = Household.tea,
        as person: Asker.Operator = Household.owner
    ) throws -> JSON {
        let answer = try ask(method, params, in: guild, as: person)
        guard case .reply(let data, _, _, _) = answer else {
            Issue.record("\(method) answered \(answer)")
            return .null
        }
        return data
    }

    /// What a terminal is told.
    func said(_ method: String, _ params: JSON) throws -> [String] {
        guard case .reply(_, _, let lines, _) = try ask(method, params, wantsCard: true) else { return [] }
        return lines
    }

    func refusal(
        _ method: String, _ params: JSON = .object(.init()), in guild: ID<Guild>? = Household.tea,
        as person: Asker.Operator = Household.owner, ifVersion: Int64? = nil
    ) throws -> Refusal {
        let answer = try ask(method, params, in: guild, as: person, ifVersion: ifVersion)
        guard case .refused(let refusal) = answer else {
            Issue.record("\(method) answered \(answer)")
            return Refusal(.invalid, "")
        }
        return refusal
    }

    func lines(of topic: String, in guild: ID<Guild>? = nil, as person: Asker.Operator = Household.owner) throws -> [Panel.Line]
    {
        let panel = try #require(desk.catalogue.panel(topic))
        let answer = Lock<Result<[Panel.Line], Refusal>?>(nil)
        desk.look(Look(panel, params: .init(), guild: guild, person: person)) { given in answer.locked { $0 = given } }
        loop.step()
        readers.drain()
        return try #require(answer.locked { $0 }).get()
    }

    /// Runs what the newest entry of the audit that can be undone offers.
    func undoLast() throws {
        let entry = try data("audit.list")["rows"]?.array?.first { $0["undo"] == true }
        let page = try data("audit.show", ["id": try #require(entry?["id"])])
        let undo = try #require(page["undo"])
        try data(try #require(undo["command"]?.text), try #require(undo["arguments"]))
    }

    func count(_ sql: SQL) throws -> Int64 { try store.first(sql) { $0.int(0) } ?? -1 }
    func reply(in channel: ID<Channel>? = nil) throws -> Double? {
        try data("house.settings", ["name": "toy.reply"])["rows"]?[0]?["value"]?.double
    }
}
