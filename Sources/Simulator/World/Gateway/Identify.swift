import Shared

extension World {
    mutating func identify(_ connection: Int, _ data: JSON) {
        if connections[connection]?.hasIdentified == true { return misuse(connection, 4005, "identified twice") }
        guard data["token"]?.text == bot.token else { return misuse(connection, 4004, "Authentication failed.") }
        guard let properties = data["properties"], ["os", "browser", "device"].allSatisfy({ properties[$0]?.text != nil })
        else { return misuse(connection, 4002, "identify without properties") }
        let pair = data["shard"]?.array?.compactMap(\.int)
        let shard = Int(pair?.first ?? 0)
        let shards = Int(pair?.last ?? 1)
        guard pair == nil || pair?.count == 2, shards >= 1, (0..<shards).contains(shard) else {
            return misuse(connection, 4010, "Invalid shard.")
        }
        let count = guilds.values.filter { $0.hasBot && Self.shard(of: $0.id, among: shards) == shard }.count
        guard count <= 2500 else { return misuse(connection, 4011, "Sharding required.") }
        guard let bits = data["intents"]?.int, Intents.known.isSuperset(of: Intents(rawValue: bits)) else {
            return misuse(connection, 4013, "Invalid intent(s).")
        }
        let intents = Intents(rawValue: bits)
        guard intents.intersection(.needApproval).isSubset(of: rules.privileged) else {
            return misuse(connection, 4014, "Disallowed intent(s).")
        }
        guard mayIdentify(shard) else { return send(connection, op: 9, false) }
        let threshold = Int(data["large_threshold"]?.int ?? 50)
        start(
            connection,
            SessionRecord(
                id: dice.secret(32), shard: shard, shards: shards, intents: intents, largeThreshold: threshold,
                connection: connection))
    }

    /// One identify a key every so often, and a budget for the day that costs the token when overdrawn.
    private mutating func mayIdentify(_ shard: Int) -> Bool {
        identifies.removeAll { $0 <= now - 24.hours }
        let key = shard % rules.identifyConcurrency
        if let last = identifiedKeys[key], last > now - rules.identifyPause { return false }
        guard identifies.count < rules.identifyBudget else {
            frown(.gatewayMisuse, "the identify budget is overdrawn: Discord resets the token")
            bot.token = dice.secret(60)
            return false
        }
        identifies.append(now)
        identifiedKeys[key] = now
        return true
    }

    private mutating func start(_ connection: Int, _ session: SessionRecord) {
        sessions[session.id] = session
        connections[connection]?.session = session.id
        connections[connection]?.hasIdentified = true
        let mine = guilds.values.filter { $0.hasBot && Self.shard(of: $0.id, among: session.shards) == session.shard }
            .sorted { $0.id < $1.id }
        let flags = portalFlags
        deliver(
            "READY", to: session.id,
            [
                "v": 10, "user": users[bot.user]?.json ?? .null, "session_id": .string(session.id),
                "guilds": .array(mine.map { ["id": .id($0.id), "unavailable": true] }), "session_type": "normal",
                "resume_gateway_url": .string(addresses.resume), "private_channels": [], "relationships": [],
                "shard": [.int(Int64(session.shard)), .int(Int64(session.shards))],
                "application": ["id": .id(bot.application), "flags": .int(flags)],
            ])
        for guild in mine where guild.isAvailable {
            if session.intents.contains(.guilds) { deliver("GUILD_CREATE", to: session.id, wholeGuild(guild, for: session)) }
        }
    }

    var portalFlags: Int64 {
        (rules.privileged.contains(.guildPresences) ? 1 << 13 : 0) | (rules.privileged.contains(.guildMembers) ? 1 << 15 : 0)
            | (rules.privileged.contains(.messageContent) ? 1 << 19 : 0)
    }

    static func shard(of guild: ID<Guild>, among count: Int) -> Int { Int((guild.number >> 22) % Int64(count)) }

    /// A guild as the gateway hands it over; without presences only the bot and people in voice are listed.
    func wholeGuild(_ guild: GuildRecord, for session: SessionRecord) -> JSON {
        guard case .object(var object) = guild.header else { return .null }
        let isLarge = guild.members.count > session.largeThreshold
        let all = session.intents.contains(.guildPresences) && !isLarge
        let listed = guild.members.values.filter { all || $0.id == bot.user || guild.voices[$0.id] != nil }.sorted {
            $0.id < $1.id
        }
        let visible = guild.channels.compactMap { channels[$0] }.filter { $0.thread == nil && canSee(bot.user, $0) }
        let threads = channels.values.filter {
            $0.guild == guild.id && $0.thread?.isArchived == false && canSee(bot.user, $0)
        }.sorted { $0.id < $1.id }
        object["joined_at"] = guild.members[bot.user].map { .string($0.joined.discord) } ?? .null
        object["large"] = .bool(isLarge)
        object["unavailable"] = false
        object["member_count"] = .int(Int64(guild.members.count))
        object["voice_states"] = .array(guild.voices.values.map { voiceJSON($0, in: guild, whole: false) })
        object["members"] = .array(listed.map { $0.json(user: users[$0.id]?.json) })
        object["channels"] = .array(visible.map { json($0, inGuild: false) })
        object["threads"] = .array(threads.map { json($0) })
        for list in ["presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] { object[list] = [] }
        return .object(object)
    }
}
