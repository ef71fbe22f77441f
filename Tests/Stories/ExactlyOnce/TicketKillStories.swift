import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories.ExactlyOnce {
    @Suite("A ticket through kills") struct TicketKills {
        @Test("TKT-01, TKT-03, TKT-04, P1: a ticket opened, worked and closed through ten kills ends as if none had happened")
        func tenKills() throws {
            let seed = Ordeal.Plan(rate: 50)
            let peaceful = try TicketLife(seed)
            try peaceful.lives(killed: false)
            let killed = try TicketLife(seed)
            try killed.lives(killed: true)
            #expect(killed.kills >= 10)
            #expect(killed.history == peaceful.history)
            #expect(killed.spoken == peaceful.spoken)
            #expect(killed.told == peaceful.told)
            #expect(killed.audit == peaceful.audit)
            #expect(killed.rooms == peaceful.rooms)
            print("TKT: \(killed.kills) kills, seed \(seed.seed)")
        }
    }
}

/// One ticket from its first word to its deletion, by a daemon that may be killed at each step.
private final class TicketLife {
    let ordeal: Ordeal
    private(set) var kills = 0
    /// What the transcript has, what the bot said in the ticket and in the log, what was done, and how many channels there are.
    private(set) var history: [String] = []
    private(set) var spoken: [String] = []
    private(set) var told: [String] = []
    private(set) var audit: [String] = []
    private(set) var rooms = 0
    private let home: ID<Guild>
    private let (member, staff): (ID<Member>, ID<Member>)
    private var isKilled = false

    /// Moments that come only when a step has consequences: the first time is the step's own.
    private static let points = [
        "write.parcels", "link.request-begun", "link.request-answered", "write.receipt", "write.trying",
    ]

    init(_ plan: Ordeal.Plan) throws {
        ordeal = try Ordeal(plan)
        home = ordeal.crowd.homes[0].guild
        (member, staff) = (ordeal.crowd.homes[0].people[0], ordeal.crowd.homes[0].people[1])
    }

    func lives(killed: Bool) throws {
        try ordeal.isBorn()
        try isFurnished()
        isKilled = killed
        try does("tickets.open", ["description": "My level is gone", "as": .id(member)])
        let place = try channel()
        try speaks("it was there yesterday", in: place)
        try does("tickets.claim", ["id": 1, "as": .id(staff)])
        try does("tickets.reply", ["id": 1, "text": "Which level?", "as": .id(staff)])
        try does("tickets.status", ["id": 1, "state": "waiting"])
        try speaks("the tenth", in: place)
        try does("tickets.priority", ["id": 1, "priority": "high"])
        try does("tickets.close", ["id": 1, "reason": "It is back"])
        try does("tickets.rate", ["id": 1, "stars": 5, "as": .id(member)])
        try does("tickets.reopen", ["id": 1])
        try does("tickets.close", ["id": 1, "reason": "It stays"])
        isKilled = false
        try isWritten(down: place)
        ordeal.looksAgain()
        try ordeal.dies()
    }

    private func isFurnished() throws {
        for person in [member, staff] { try ordeal.discord.says(person, in: ordeal.crowd.homes[0].channels[1], "hello") }
        try ordeal.isQuiet()
        let client = try ordeal.client()
        let log = ordeal.crowd.homes[0].channels[0]
        _ = try client.ask("house.set", ["name": "tickets.log", "value": .string(log.description), "guild": .id(home)])
        _ = try client.ask("tickets.add_kind", ["name": "help", "guild": .id(home)])
        for person in [member, staff] { _ = try client.ask("privacy.agree", ["as": .id(person), "guild": .id(home)]) }
        try ordeal.isQuiet()
    }

    // MARK: - Steps

    /// Asked until it is answered, always under the same key; killed on the way at a named moment, or at any.
    private func does(_ method: String, _ params: JSON) throws {
        let key = "step-\(step)"
        let asked = params.joined(with: ["guild": .id(home), "idem": .string(key)])
        try isThreatened()
        if isKilled, step % 2 == 1 {
            if let client = try? ordeal.client() {
                try? client.say(ControlRequest(id: 1, method: method, params: asked, card: false).json.line)
            }
            try dies(after: ordeal.dice.below(60))
        }
        for _ in 0..<20 {
            do {
                _ = try ordeal.client().ask(method, asked)
                return try isOver()
            } catch is SocketClient.Silent { try livesOn() } catch is SystemError { try livesOn() }
        }
        throw ordeal.lost("an answer to \(method)")
    }

    private func speaks(_ words: String, in place: ID<Channel>) throws {
        try isThreatened()
        try ordeal.discord.says(member, in: place, words)
        if isKilled { try dies(after: ordeal.dice.below(40)) }
        try isOver()
    }

    private var step = 0

    /// On every other step it will die by itself, at a named moment.
    private func isThreatened() throws {
        step += 1
        guard isKilled, step % 2 == 0 else { return }
        try ordeal.dies()
        try ordeal.starts(["HEARTH_CRASH": "\(Self.points[step / 2 % Self.points.count]):1"])
        try ordeal.waits(20_000, "its session") { ordeal.isOnline || ordeal.daemon?.hasEnded() ?? true }
        _ = try? ordeal.client()
    }

    private func dies(after milliseconds: Int) throws {
        let pause = Mailbox<Void>()
        _ = pause.receive(within: milliseconds)
        try ordeal.dies()
        kills += 1
        try ordeal.starts()
        try ordeal.waits(20_000, "its session") { ordeal.isOnline }
    }

    /// Who does not answer is dying, and is not always gone yet.
    private func livesOn() throws {
        try? ordeal.waits(1500, "its end") { ordeal.daemon?.hasEnded() ?? true }
        if ordeal.daemon?.hasEnded() ?? true { try dies(after: 0) }
    }

    /// Whatever the step has begun is done; one that was to die and did not is killed now.
    private func isOver() throws {
        if isKilled, step % 2 == 0 {
            try? ordeal.waits(1500, "its end") { ordeal.daemon?.hasEnded() ?? true }
            try dies(after: 0)
        }
        try ordeal.isQuiet()
    }

    // MARK: - What is left

    private func channel() throws -> ID<Channel> {
        let shown = try ordeal.client().ask("tickets.show", ["id": 1, "guild": .id(home)])
        return try #require(shown["ticket"]?["channel"]?["id"]?.id(Channel.self))
    }

    private func isWritten(down place: ID<Channel>) throws {
        let client = try ordeal.client()
        let lines = try client.ask("tickets.transcript", ["id": 1, "guild": .id(home)])["lines"]?.array ?? []
        history = lines.map { "\($0["voice"]?.text ?? "") \($0["author"]?["name"]?.text ?? "") \($0["text"]?.text ?? "")" }
        let ticket = try client.ask("tickets.show", ["id": 1, "guild": .id(home)])["ticket"]
        history.append(
            ["state", "reason", "reopened", "priority", "subject", "summary"].map { ticket?[$0]?.line ?? "" }.joined(
                separator: "|"))
        spoken = ordeal.discord.botMessages(in: place).map(Self.plain)
        told = ordeal.discord.botMessages(in: ordeal.crowd.homes[0].channels[0]).map(Self.plain).sorted()
        let entries = try client.ask("audit.list", ["guild": .id(home), "limit": 100])["rows"]?.array ?? []
        audit = entries.compactMap { $0["command"]?.text }.filter { $0.hasPrefix("tickets.") }
        rooms = ordeal.discord.channels(of: home).count
        #expect(ordeal.discord.ledger.doubled.map(\.content) == [])
    }

    /// Without ids and moments, which differ from life to life.
    private static func plain(_ message: MessageRecord) -> String {
        Story.words(message).replacing(#/\d{15,}/#, with: "#").replacing(#/<t:\d+/#, with: "<t:")
    }
}
