internal import Machine
import Shared

/// The loopback door for tests in other languages: people act and the truth is read, in JSON.
struct Door: Sendable {
    private let simulation: Simulation

    init(_ simulation: Simulation) { self.simulation = simulation }

    func answer(_ request: Request) -> Response {
        let word = String(request.path.dropFirst("/simulator/".count))
        do throws(Refusal) {
            switch request.method {
            case "GET": return Response(200, try look(word, request.query))
            case "POST":
                guard let body = try? JSON(parsing: request.body) else { throw Refusal.badJSON }
                return Response(200, try act(word, body))
            default: throw Refusal.noRoute
            }
        } catch {
            return Response(error.status, error.json)
        }
    }

    private func act(_ word: String, _ body: JSON) throws(Refusal) -> JSON {
        if word == "faults" { return try setFaults(body) }
        if word == "rules" { return try setRules(body) }
        return try simulation.act { (world) throws(Refusal) -> JSON in
            switch word {
            case "says": return try world.doorSays(body)
            case "reacts": return try world.doorReacts(body)
            case "slash": return try world.doorSlash(body)
            case "clicks":
                let said = try world.doorMessage(body)
                let user = try world.doorMember(body)
                return ["interaction_id": .id(try world.click(user, try Self.text(body, "component"), on: said))]
            case "joins":
                let guild = try world.doorGuild(body)
                return ["user_id": .id(world.join(try Self.text(body, "author"), guild, isBot: body["bot"]?.bool ?? false))]
            case "voice": return try world.doorVoice(body)
            case "load": return try world.doorLoad(body)
            default: throw Refusal.noRoute
            }
        }
    }

    private func look(_ word: String, _ query: Query) throws(Refusal) -> JSON {
        try simulation.world.locked { (world) throws(Refusal) -> JSON in
            switch word {
            case "ledger": world.ledger.json
            case "oracle": Oracle(world.ledger).json(of: try world.doorGuild(query["guild"]))
            case "violations": .array(world.violations.map(\.json))
            case "messages": try world.doorMessages(query)
            case "state": world.stateJSON
            case "interaction": try world.doorInteraction(query)
            default: throw Refusal.noRoute
            }
        }
    }

    private func setFaults(_ body: JSON) throws(Refusal) -> JSON {
        if body["stop"] == true {
            simulation.act { $0.faults.stop() }
        } else {
            let book = try FaultBook(script: body)
            simulation.act { $0.faults.add(book) }
        }
        return simulation.read(\.faults).json
    }

    private func setRules(_ body: JSON) throws(Refusal) -> JSON {
        try simulation.act { (world) throws(Refusal) in
            for (key, value) in body.object?.members ?? [] {
                guard let number = value.int ?? value.bool.map({ $0 ? 1 : 0 }) else {
                    throw Refusal(400, 0, "\(key) is no number")
                }
                switch key {
                case "heartbeat_ms": world.rules.heartbeat = .milliseconds(number)
                case "replay_events": world.rules.replayEvents = Int(number)
                case "replay_window_s": world.rules.replayWindow = .seconds(number)
                case "nonce_window_s": world.rules.nonceWindow = .seconds(number)
                case "identify_total": world.rules.identifyBudget = Int(number)
                case "trims_by_heartbeat": world.rules.trimsByHeartbeat = number != 0
                default: throw Refusal(400, 0, "unknown rule \(key)")
                }
            }
            return [:]
        }
    }

    static func text(_ body: JSON, _ key: String) throws(Refusal) -> String {
        guard let text = body[key]?.text else { throw Refusal(400, 0, "\(key) is missing") }
        return text
    }
}
