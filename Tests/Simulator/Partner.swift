import Shared
import Simulator

/// The bot's side of the wire, by hand: it says exactly what a test tells it to say.
struct Partner {
    let sim: Simulation
    var connection = 0

    init(_ sim: Simulation) { self.sim = sim }

    static let headers = [
        "authorization": "Bot " + BotAccount.madeUpToken, "user-agent": "DiscordBot (https://example.org, 1)",
        "content-type": "application/json",
    ]

    func ask(
        _ method: String, _ path: String, _ body: JSON? = nil, headers: [String: String] = Self.headers, reason: String? = nil
    ) -> Response {
        var headers = headers
        headers["x-audit-log-reason"] = reason
        return sim.respond(to: Request(method, "/api/v10" + path, headers: headers, body: body?.bytes ?? []))
    }

    /// Sends a message that pings nobody.
    func post(_ channel: ID<Channel>, _ text: String, _ more: JSON = [:]) -> Response {
        var body = JSON.Object([("content", .string(text)), ("allowed_mentions", ["parse": []])])
        for (key, value) in more.object?.members ?? [] { body[key] = value }
        return ask("POST", "/channels/\(channel)/messages", .object(body))
    }

    /// What came since the last look, decoded; closes and resets come as objects of their own.
    func heard() -> [JSON] {
        sim.frames(of: connection).map { outbound in
            switch outbound {
            case .text(let bytes), .mangled(_, let bytes): (try? JSON(parsing: bytes)) ?? .null
            case .close(let code, _): ["close": .int(Int64(code))]
            case .reset: "reset"
            }
        }
    }

    func events() -> [String] {
        heard().map { $0["t"]?.text ?? $0["close"].map { "close \($0.line)" } ?? "op \($0["op"]?.line ?? "?")" }
    }

    mutating func connect(resuming: Bool = false) { connection = sim.open(isResumeAddress: resuming) }

    static let everything = Intents.known.rawValue

    func identify(intents: Int64 = Self.everything, token: String = BotAccount.madeUpToken, shard: [JSON]? = nil) {
        let properties: JSON = ["os": "linux", "browser": "hearth", "device": "hearth"]
        let data = JSON.fields([
            "token": .string(token), "intents": .int(intents), "properties": properties, "shard": shard.map { .array($0) },
        ])
        sim.send(["op": 2, "d": data], on: connection)
    }

    func resume(_ session: String, _ sequence: Int64) {
        let data: JSON = ["token": .string(BotAccount.madeUpToken), "session_id": .string(session), "seq": .int(sequence)]
        sim.send(["op": 6, "d": data], on: connection)
    }

    func beat(_ sequence: Int64?) { sim.send(["op": 1, "d": sequence.map { .int($0) } ?? .null], on: connection) }

    /// Connects, identifies and answers with what READY and the guilds said.
    mutating func start(intents: Int64 = Self.everything) -> [JSON] {
        connect()
        identify(intents: intents)
        return heard()
    }
}
