import Shared

extension World {
    mutating func requestMembers(_ connection: Int, _ data: JSON) {
        guard let id = connections[connection]?.session, let session = sessions[id] else { return }
        guard let guildID = data["guild_id"]?.id(Guild.self), let guild = guilds[guildID], guild.hasBot else {
            return misuse(connection, 4002, "members asked of no guild of ours")
        }
        let everyone = guild.members.values.sorted { $0.id < $1.id }
        var found: [MemberRecord] = []
        var missing: [JSON] = []
        if let wanted = data["user_ids"] {
            let ids = wanted.array ?? [wanted]
            guard ids.count <= 100, data["query"] == nil else { return misuse(connection, 4002, "a malformed member request") }
            for item in ids {
                if let user = item.id(Member.self), let member = guild.members[user] {
                    found.append(member)
                } else {
                    missing.append(item)
                }
            }
        } else {
            guard let query = data["query"]?.text, let limit = data["limit"]?.int else {
                return misuse(connection, 4002, "a malformed member request")
            }
            if query.isEmpty, limit == 0 {
                guard session.intents.contains(.guildMembers) else {
                    return misuse(connection, 4014, "all members asked without the members intent")
                }
                if let last = fullMemberRequests[guildID], last > now - 30.seconds {
                    return tellLimited(id, guildID, nonce: data["nonce"], since: last)
                }
                fullMemberRequests[guildID] = now
                found = everyone
            } else {
                let needle = query.lowercased()
                let matching = everyone.filter { member in
                    let names = [member.nick, users[member.id]?.name, users[member.id]?.displayName]
                    return names.contains { $0?.lowercased().hasPrefix(needle) ?? false }
                }
                found = Array(matching.prefix(Int(min(max(limit, 1), 100))))
            }
        }
        sendChunks(found, missing, of: guildID, to: id, nonce: data["nonce"])
    }

    private mutating func sendChunks(
        _ members: [MemberRecord], _ missing: [JSON], of guild: ID<Guild>, to session: String, nonce: JSON?
    ) {
        let count = max(1, (members.count + 999) / 1000)
        let kept = nonce?.text.flatMap { $0.utf8.count <= 32 ? nonce : nil }
        for index in 0..<count {
            let slice = members.dropFirst(index * 1000).prefix(1000)
            deliver(
                "GUILD_MEMBERS_CHUNK", to: session,
                .fields([
                    "guild_id": .id(guild), "members": .array(slice.map { $0.json(user: users[$0.id]?.json) }),
                    "chunk_index": .int(Int64(index)), "chunk_count": .int(Int64(count)),
                    "not_found": missing.isEmpty ? JSON?.none : .array(missing), "nonce": kept,
                ]))
        }
    }

    private mutating func tellLimited(_ session: String, _ guild: ID<Guild>, nonce: JSON?, since: Instant) {
        let left = Double((since + 30.seconds - now).milliseconds) / 1000
        deliver(
            "RATE_LIMITED", to: session,
            [
                "opcode": 8, "retry_after": .double(left),
                "meta": .fields(["guild_id": .id(guild), "nonce": nonce]),
            ])
    }
}
