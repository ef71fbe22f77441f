import Shared

extension Route {
    static let guildRoutes: [Route] = [
        Route("GET", "/guilds/{guild_id}", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call)
            guard case .object(var object) = guild.header else { return .ok(.null) }
            if call.query["with_counts"] == "true" {
                object["approximate_member_count"] = .int(Int64(guild.members.count))
                object["approximate_presence_count"] = .int(Int64(guild.members.count))
            }
            return .ok(.object(object))
        },
        Route("GET", "/guilds/{guild_id}/channels", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call)
            return .ok(
                .array(guild.channels.compactMap { world.channels[$0] }.filter { $0.thread == nil }.map { world.json($0) }))
        },
        Route("GET", "/guilds/{guild_id}/audit-logs", .guildRead) { world, call throws(Refusal) in .ok(try world.auditLog(call))
        },
        Route("GET", "/guilds/{guild_id}/bans", .guildRead) { world, call throws(Refusal) in .ok(try world.bans(call)) },
        Route("GET", "/guilds/{guild_id}/bans/{user_id}", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call, needing: .banMembers)
            guard let reason = guild.bans[try call.id("user_id")] else { throw Refusal.unknownBan }
            let user: ID<Member> = try call.id("user_id")
            return .ok(["reason": reason.map(JSON.string) ?? .null, "user": world.users[user]?.json ?? .null])
        },
        Route("PUT", "/guilds/{guild_id}/bans/{user_id}", .members) { world, call throws(Refusal) in try world.ban(call) },
        Route("DELETE", "/guilds/{guild_id}/bans/{user_id}", .members) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call, needing: .banMembers)
            let user: ID<Member> = try call.id("user_id")
            guard guild.bans[user] != nil else { throw Refusal.unknownBan }
            world.guilds[guild.id]?.bans[user] = nil
            world.dispatchBan("GUILD_BAN_REMOVE", user, guild.id)
            world.audit(23, by: world.bot.user, target: user.number, call.reason, in: guild.id)
            return .nothing
        },
    ]
}

extension World {
    /// The guild of this call: unknown, not ours, or short of a permission are three different answers.
    func guildForBot(_ call: Call, needing needed: Permissions = []) throws(Refusal) -> GuildRecord {
        guard let guild = guilds[try call.id("guild_id")] else { throw Refusal.unknownGuild }
        guard guild.hasBot else { throw Refusal.missingAccess }
        guard permissions(of: bot.user, in: guild).isSuperset(of: needed) else { throw Refusal.missingPermissions }
        return guild
    }

    mutating func audit(
        _ action: Int, by user: ID<Member>, target: Int64?, _ reason: String?, in guild: ID<Guild>, changes: [JSON] = []
    ) {
        let record = AuditRecord(
            id: mint(Guild.self), action: action, user: user, target: target, reason: reason, changes: changes)
        guilds[guild]?.audit.append(record)
        guard let state = guilds[guild], permissions(of: bot.user, in: state).contains(.viewAuditLog),
            case .object(var object) = record.json
        else { return }
        object["guild_id"] = .id(guild)
        dispatch("GUILD_AUDIT_LOG_ENTRY_CREATE", .object(object), guild: guild, intents: .guildModeration)
    }

    mutating func dispatchBan(_ name: String, _ user: ID<Member>, _ guild: ID<Guild>) {
        guard let state = guilds[guild], !permissions(of: bot.user, in: state).isDisjoint(with: [.banMembers, .viewAuditLog])
        else { return }
        dispatch(
            name, ["guild_id": .id(guild), "user": users[user]?.json ?? .null], guild: guild, intents: .guildModeration)
    }

    fileprivate func auditLog(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call, needing: .viewAuditLog)
        let limit = try call.limit(1...100, default: 50)
        let before = try call.cursor("before", Guild.self)
        let action = call.query["action_type"].flatMap { Int($0) }
        let user = try call.cursor("user_id", Member.self)
        let found = guild.audit.reversed().filter { entry in
            (action == nil || entry.action == action) && (user == nil || entry.user == user)
                && (before.map { entry.id < $0 } ?? true)
        }.prefix(limit)
        return [
            "audit_log_entries": .array(found.map(\.json)),
            "users": .array(Set(found.map(\.user)).sorted().compactMap { users[$0]?.json }),
            "application_commands": [], "auto_moderation_rules": [], "guild_scheduled_events": [], "integrations": [],
            "threads": [], "webhooks": [],
        ]
    }

    fileprivate func bans(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call, needing: .banMembers)
        let limit = try call.limit(1...1000, default: 1000)
        let after = try call.cursor("after", Member.self)
        let found = guild.bans.filter { ban in after.map { ban.key > $0 } ?? true }.sorted { $0.key < $1.key }
        return .array(
            found.prefix(limit).map { user, reason in
                ["reason": reason.map(JSON.string) ?? .null, "user": users[user]?.json ?? .null]
            })
    }

    fileprivate mutating func ban(_ call: Call) throws(Refusal) -> Answer {
        let guild = try guildForBot(call, needing: .banMembers)
        let user: ID<Member> = try call.id("user_id")
        guard users[user] != nil else { throw Refusal.unknownUser }
        var form = Form()
        form.number(call.body["delete_message_seconds"], ["delete_message_seconds"], 0...604_800)
        try form.refuse()
        if guild.members[user] != nil, !outranks(bot.user, user, in: guild) { throw Refusal.missingPermissions }
        guilds[guild.id]?.bans[user] = .some(call.reason)
        dispatchBan("GUILD_BAN_ADD", user, guild.id)
        remove(user, from: guild.id)
        audit(22, by: bot.user, target: user.number, call.reason, in: guild.id)
        return .nothing
    }
}
