package import Shared

extension World {
    /// A text frame came from the bot.
    package mutating func receive(_ connection: Int, _ bytes: [UInt8], at moment: Instant) {
        advance(to: moment)
        guard let record = connections[connection], !record.isClosed else { return }
        let recent = record.sends.filter { $0 > now - 60.seconds } + [now]
        connections[connection]?.sends = recent
        if recent.count > rules.sendsPerMinute {
            return misuse(connection, 4008, "more than \(rules.sendsPerMinute) sends a minute")
        }
        guard bytes.count <= 4096 else { return misuse(connection, 4002, "a payload of \(bytes.count) bytes") }
        guard let frame = try? JSON(parsing: bytes), let op = frame["op"]?.int else {
            return misuse(connection, 4002, "a payload that is no gateway frame")
        }
        let data = frame["d"] ?? .null
        if !record.hasIdentified, ![1, 2, 6].contains(op) {
            if record.wasInvalidated { return close(connection, 4003, "Session invalidated.") }
            return misuse(connection, 4003, "op \(op) before identify")
        }
        switch op {
        case 1: beat(connection, data)
        case 2: identify(connection, data)
        case 3: changePresence(connection, data)
        case 4: moveVoice(connection, data)
        case 6: resume(connection, data)
        case 8: requestMembers(connection, data)
        default: misuse(connection, 4001, "unknown op \(op)")
        }
    }

    mutating func misuse(_ connection: Int, _ code: Int, _ reason: String) {
        frown(.gatewayMisuse, "\(code) \(reason)")
        close(connection, code, reason)
    }

    private mutating func beat(_ connection: Int, _ data: JSON) {
        connections[connection]?.lastBeat = now
        if rules.trimsByHeartbeat, let session = connections[connection]?.session, let sequence = data.int,
            let record = sessions[session], sequence <= record.sequence
        {
            sessions[session]?.acknowledged = max(record.acknowledged, sequence)
            sessions[session]?.replay.forget(through: sequence)
        }
        send(connection, op: 11, .null)
    }

    private mutating func changePresence(_ connection: Int, _ data: JSON) {
        let recent = (connections[connection]?.presences ?? []).filter { $0 > now - 20.seconds } + [now]
        connections[connection]?.presences = recent
        if recent.count > 5 { return misuse(connection, 4008, "more than 5 presences in 20 s") }
        let statuses = ["online", "dnd", "idle", "invisible", "offline"]
        guard let status = data["status"]?.text, statuses.contains(status), data["activities"]?.array != nil,
            data["afk"]?.bool != nil, data["since"] != nil
        else { return misuse(connection, 4002, "a malformed presence") }
    }

    private mutating func moveVoice(_ connection: Int, _ data: JSON) {
        guard let guild = data["guild_id"]?.id(Guild.self), guilds[guild]?.members[bot.user] != nil,
            data["self_mute"]?.bool != nil, data["self_deaf"]?.bool != nil
        else { return misuse(connection, 4002, "a malformed voice state") }
        setVoice(bot.user, in: guild, channel: data["channel_id"]?.id(Channel.self)) { voice in
            voice.isSelfMuted = data["self_mute"]?.bool ?? false
            voice.isSelfDeafened = data["self_deaf"]?.bool ?? false
        }
    }
}
