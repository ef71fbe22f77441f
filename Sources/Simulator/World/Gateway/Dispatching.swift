import Shared

/// An event and who hears it.
struct Dispatch: Sendable {
    let name: String
    let data: JSON
    /// What a session without the message-content intent gets instead.
    var stripped: JSON?
    var guild: ID<Guild>?
    var intents: Intents = []
}

extension World {
    /// Sends an event to every session it concerns, unless a fault delays or doubles it.
    mutating func dispatch(
        _ name: String, _ data: JSON, guild: ID<Guild>?, channel: ID<Channel>? = nil, intents: Intents = [],
        stripped: JSON? = nil
    ) {
        if let guild, guilds[guild]?.hasBot != true || guilds[guild]?.isAvailable != true { return }
        if let channel = channel.flatMap({ channels[$0] }), !canSee(bot.user, channel) { return }
        let odd = faults.takes(.oddity, &dice)
        var event = Dispatch(
            name: name, data: odd ? Self.seasoned(data) : data, stripped: stripped, guild: guild, intents: intents)
        event.stripped = odd ? stripped.map(Self.seasoned) : stripped
        if odd { deliver(Dispatch(name: "SIMULATED_NOVELTY", data: ["novelty": ["a": [1, 2.5, nil]]], guild: guild)) }
        if let delay = faults.delay(&dice) { return delayed.append((now + delay, event)) }
        deliver(event)
        if faults.takes(.duplicate, &dice) { deliver(event) }
        misbehave()
    }

    /// Fields and values that no documentation names.
    private static func seasoned(_ data: JSON) -> JSON {
        guard case .object(var object) = data else { return data }
        object["simulated_novelty"] = ["kind": "unheard-of", "values": [true, nil, -1, 1.5e300]]
        return .object(object)
    }

    mutating func deliver(_ event: Dispatch) {
        var open: [UInt8]?
        var closed: [UInt8]?
        for id in sessions.keys.sorted() {
            guard let hearer = sessions[id].map({ Hearer($0) }),
                event.intents.isEmpty || !hearer.intents.isDisjoint(with: event.intents),
                hearer.shard == event.guild.map({ Self.shard(of: $0, among: hearer.shards) }) ?? 0
            else { continue }
            if let stripped = event.stripped, !hearer.intents.contains(.messageContent) {
                let bytes = closed ?? stripped.bytes
                closed = bytes
                deliver(event.name, to: id, bytes)
            } else {
                let bytes = open ?? event.data.bytes
                open = bytes
                deliver(event.name, to: id, bytes)
            }
        }
    }

    mutating func deliver(_ name: String, to session: String, _ data: JSON) { deliver(name, to: session, data.bytes) }

    mutating func deliver(_ name: String, to session: String, _ data: [UInt8]) {
        var frame: [UInt8] = []
        frame.reserveCapacity(data.count + name.utf8.count + 48)
        frame.append(contentsOf: "{\"t\":\"\(name)\",\"op\":0,\"d\":".utf8)
        frame.append(contentsOf: data)
        deliver(frame: frame, to: session)
    }

    /// The frame lacks only its sequence and the closing bracket.
    mutating func deliver(frame open: [UInt8], to session: String) {
        guard let next = sessions[session].map({ $0.sequence + 1 }) else { return }
        var frame = open
        frame.append(contentsOf: ",\"s\":\(next)}".utf8)
        sessions[session]?.sequence = next
        sessions[session]?.replay.append(frame, keeping: rules.replayEvents)
        ledger.dispatched += 1
        if let connection = sessions[session]?.connection { queue(connection, frame) }
    }

    /// Whole frames, numbered on from the session's last one.
    mutating func deliver(frames: [[UInt8]], to session: String) {
        guard let connection = sessions[session]?.connection else { return }
        sessions[session]?.sequence += Int64(frames.count)
        for frame in frames {
            sessions[session]?.replay.append(frame, keeping: rules.replayEvents)
            queue(connection, frame)
        }
        ledger.dispatched += frames.count
    }
}
