import Shared

extension Route {
    static let memberRoutes: [Route] = [
        Route("GET", "/guilds/{guild_id}/members", .guildRead) { world, call throws(Refusal) in .ok(try world.listMembers(call))
        },
        Route("GET", "/guilds/{guild_id}/members/search", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call)
            guard let needle = call.query["query"]?.lowercased(), !needle.isEmpty else {
                throw Form.refusal("query", code: "BASE_TYPE_REQUIRED", "This field is required")
            }
            let limit = try call.limit(1...1000, default: 1)
            let found = guild.members.values.sorted { $0.id < $1.id }.filter { member in
                [member.nick, world.users[member.id]?.name, world.users[member.id]?.displayName]
                    .contains { $0?.lowercased().hasPrefix(needle) ?? false }
            }
            return .ok(.array(found.prefix(limit).map { $0.json(user: world.users[$0.id]?.json) }))
        },
        Route("GET", "/guilds/{guild_id}/members/{user_id}", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call)
            let member = try world.member(try call.id("user_id"), of: guild)
            return .ok(member.json(user: world.users[member.id]?.json))
        },
        Route("PATCH", "/guilds/{guild_id}/members/@me", .members) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call, needing: call.body["nick"] == nil ? [] : .changeNickname)
            var form = Form()
            form.length(call.body["nick"], ["nick"], 0...32)
            try form.refuse()
            return .ok(world.changeMember(world.bot.user, in: guild.id) { $0.nick = call.body["nick"]?.text })
        },
        Route("PATCH", "/guilds/{guild_id}/members/{user_id}", .members) { world, call throws(Refusal) in
            .ok(try world.patchMember(call))
        },
        Route("DELETE", "/guilds/{guild_id}/members/{user_id}", .members) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call, needing: .kickMembers)
            let member = try world.member(try call.id("user_id"), of: guild)
            guard world.outranks(world.bot.user, member.id, in: guild) else { throw Refusal.missingPermissions }
            world.remove(member.id, from: guild.id)
            world.audit(20, by: world.bot.user, target: member.id.number, call.reason, in: guild.id)
            return .nothing
        },
        Route("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", .roles) { world, call throws(Refusal) in
            try world.setRole(call, held: true)
        },
        Route("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}", .roles) { world, call throws(Refusal) in
            try world.setRole(call, held: false)
        },
    ]
}

extension World {
    func member(_ user: ID<Member>, of guild: GuildRecord) throws(Refusal) -> MemberRecord {
        if let member = guild.members[user] { return member }
        throw users[user] == nil ? Refusal.unknownUser : Refusal.unknownMember
    }

    /// Changes a member and tells everybody.
    @discardableResult
    mutating func changeMember(_ user: ID<Member>, in guild: ID<Guild>, _ body: (inout MemberRecord) -> Void) -> JSON {
        guard var member = guilds[guild]?.members[user] else { return .null }
        body(&member)
        guilds[guild]?.members[user] = member
        let json = member.json(user: users[user]?.json)
        guard case .object(var event) = json else { return json }
        event["guild_id"] = .id(guild)
        dispatch(
            "GUILD_MEMBER_UPDATE", .object(event), guild: guild, intents: user == bot.user ? [] : .guildMembers)
        return json
    }

    /// A member is gone, however that came.
    mutating func remove(_ user: ID<Member>, from guild: ID<Guild>) {
        guard guilds[guild]?.members[user] != nil else { return }
        setVoice(user, in: guild, channel: nil) { _ in }
        guilds[guild]?.members[user] = nil
        if user == bot.user {
            dispatch("GUILD_DELETE", ["id": .id(guild)], guild: guild, intents: .guilds)
            guilds[guild]?.hasBot = false
            return
        }
        dispatch(
            "GUILD_MEMBER_REMOVE", ["guild_id": .id(guild), "user": users[user]?.json ?? .null], guild: guild,
            intents: .guildMembers)
    }

    fileprivate func listMembers(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call)
        guard rules.privileged.contains(.guildMembers) else { throw Refusal.missingAccess }
        let limit = try call.limit(1...1000, default: 1)
        let after = try call.cursor("after", Member.self)
        let found = guild.members.values.filter { member in after.map { member.id > $0 } ?? true }.sorted { $0.id < $1.id }
        return .array(found.prefix(limit).map { $0.json(user: users[$0.id]?.json) })
    }

    fileprivate mutating func patchMember(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call)
        let member = try member(try call.id("user_id"), of: guild)
        let mine = permissions(of: bot.user, in: guild)
        var needed: Permissions = []
        let needs: [(String, Permissions)] = [
            ("nick", .manageNicknames), ("roles", .manageRoles), ("mute", .muteMembers), ("deaf", .deafenMembers),
            ("channel_id", .moveMembers), ("communication_disabled_until", .moderateMembers),
        ]
        for (field, permission) in needs where call.body[field] != nil { needed.formUnion(permission) }
        guard mine.isSuperset(of: needed) else { throw Refusal.missingPermissions }
        if call.body["nick"] != nil || call.body["communication_disabled_until"] != nil {
            guard outranks(bot.user, member.id, in: guild) else { throw Refusal.missingPermissions }
        }
        var form = Form()
        form.length(call.body["nick"], ["nick"], 0...32)
        let until = try timeout(call.body["communication_disabled_until"], of: member, in: guild, &form)
        try form.refuse()
        let roles = try replacedRoles(call.body["roles"], of: member, in: guild)
        if let channel = call.body["channel_id"] { try move(member, channel, in: guild) }
        let json = changeMember(member.id, in: guild.id) { member in
            if let nick = call.body["nick"] { member.nick = nick.text.flatMap { $0.isEmpty ? nil : $0 } }
            if let until { member.timedOutUntil = until }
            if let roles { member.roles = roles }
            if let mute = call.body["mute"]?.bool { member.isMuted = mute }
            if let deaf = call.body["deaf"]?.bool { member.isDeafened = deaf }
        }
        audit(roles == nil ? 24 : 25, by: bot.user, target: member.id.number, call.reason, in: guild.id)
        return json
    }

    /// Outer nil: not asked; inner nil: lifted.
    private func timeout(
        _ value: JSON?, of member: MemberRecord, in guild: GuildRecord, _ form: inout Form
    ) throws(Refusal) -> Instant?? {
        guard let value else { return nil }
        if value.isNull { return .some(nil) }
        guard let until = value.text.flatMap({ Instant(rfc3339: $0) }) else {
            form.note(
                "communication_disabled_until", code: "DATE_TIME_TYPE_PARSE",
                "Could not parse \(value.line). Should be ISO8601.")
            return nil
        }
        if until > now + 28.days {
            form.note("communication_disabled_until", code: "DATE_TIME_MAX", "At most 28 days ahead.")
        }
        if permissions(of: member.id, in: guild).contains(.administrator) { throw Refusal.missingPermissions }
        return .some(until)
    }

    private func replacedRoles(_ value: JSON?, of member: MemberRecord, in guild: GuildRecord) throws(Refusal) -> [ID<Role>]? {
        guard let wanted = value?.array else { return nil }
        let ids = wanted.compactMap { $0.id(Role.self) }
        for id in Set(ids).symmetricDifference(member.roles) { _ = try assignable(id, in: guild) }
        return ids
    }

    private mutating func move(_ member: MemberRecord, _ channel: JSON, in guild: GuildRecord) throws(Refusal) {
        guard guild.voices[member.id] != nil else { throw Refusal(400, 40032, "Target user is not connected to voice.") }
        if let id = channel.id(Channel.self) {
            guard let place = channels[id], place.kind.isVoice else { throw Refusal.wrongChannelKind }
            guard permissions(of: bot.user, in: place).contains(.connect) else { throw Refusal.missingPermissions }
        }
        setVoice(member.id, in: guild.id, channel: channel.id(Channel.self)) { _ in }
    }

    /// A role that the bot may give and take.
    func assignable(_ id: ID<Role>, in guild: GuildRecord) throws(Refusal) -> RoleRecord {
        guard let role = guild.roles[id] else { throw Refusal.unknownRole }
        guard id != guild.id.everyone, !role.isManaged, outranks(bot.user, role, in: guild) else {
            throw Refusal.missingPermissions
        }
        return role
    }

    fileprivate mutating func setRole(_ call: Call, held: Bool) throws(Refusal) -> Answer {
        let guild = try guildForBot(call, needing: .manageRoles)
        let member = try member(try call.id("user_id"), of: guild)
        let role = try assignable(try call.id("role_id"), in: guild)
        if member.roles.contains(role.id) == held { return .nothing }
        changeMember(member.id, in: guild.id) { member in
            if held { member.roles.append(role.id) } else { member.roles.removeAll { $0 == role.id } }
        }
        let change: JSON = ["key": held ? "$add" : "$remove", "new_value": [["id": .id(role.id), "name": .string(role.name)]]]
        audit(25, by: bot.user, target: member.id.number, call.reason, in: guild.id, changes: [change])
        return .nothing
    }
}
