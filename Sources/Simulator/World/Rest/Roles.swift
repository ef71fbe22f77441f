import Shared

extension Route {
    static let roleRoutes: [Route] = [
        Route("GET", "/guilds/{guild_id}/roles", .guildRead) { world, call throws(Refusal) in
            .ok(.array(try world.guildForBot(call).ranked.reversed().map(\.json)))
        },
        Route("GET", "/guilds/{guild_id}/roles/{role_id}", .guildRead) { world, call throws(Refusal) in
            guard let role = try world.guildForBot(call).roles[try call.id("role_id")] else { throw Refusal.unknownRole }
            return .ok(role.json)
        },
        Route("POST", "/guilds/{guild_id}/roles", .roles) { world, call throws(Refusal) in .ok(try world.makeRole(call)) },
        Route("PATCH", "/guilds/{guild_id}/roles", .roles) { world, call throws(Refusal) in .ok(try world.sortRoles(call)) },
        Route("PATCH", "/guilds/{guild_id}/roles/{role_id}", .roles) { world, call throws(Refusal) in
            .ok(try world.editRole(call))
        },
        Route("DELETE", "/guilds/{guild_id}/roles/{role_id}", .roles) { world, call throws(Refusal) in
            try world.deleteRole(call)
        },
    ]
}

extension World {
    private func fill(_ role: inout RoleRecord, _ body: JSON, in guild: GuildRecord) throws(Refusal) {
        var form = Form()
        form.length(body["name"], ["name"], 0...100)
        form.number(body["color"], ["color"], 0...0xFF_FFFF)
        form.number(body["colors"]?["primary_color"], ["colors", "primary_color"], 0...0xFF_FFFF)
        if let name = body["name"]?.text { role.name = name }
        if let color = body["colors"]?["primary_color"]?.int ?? body["color"]?.int { role.color = Int(color) }
        if let hoist = body["hoist"]?.bool { role.isHoisted = hoist }
        if let mentionable = body["mentionable"]?.bool { role.isMentionable = mentionable }
        if let bits = body["permissions"], !bits.isNull {
            guard let value = bits.text.flatMap({ UInt64($0) }) ?? bits.int.flatMap({ UInt64(exactly: $0) }) else {
                throw Form.refusal("permissions", code: "NUMBER_TYPE_COERCE", "Value \(bits.line) is not int.")
            }
            let wanted = Permissions(rawValue: value)
            guard permissions(of: bot.user, in: guild).isSuperset(of: wanted.subtracting(role.permissions)) else {
                throw Refusal.missingPermissions
            }
            role.permissions = wanted
        }
        try form.refuse()
    }

    fileprivate mutating func makeRole(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call, needing: .manageRoles)
        guard guild.roles.count < 250 else { throw Refusal(400, 30005, "Maximum number of guild roles reached (250)") }
        var role = RoleRecord(
            id: mint(Role.self), name: "new role", permissions: guild.roles[guild.id.everyone]?.permissions ?? [], position: 1)
        role.permissions.formIntersection(permissions(of: bot.user, in: guild))
        try fill(&role, call.body, in: guild)
        guilds[guild.id]?.roles[role.id] = role
        dispatch("GUILD_ROLE_CREATE", ["guild_id": .id(guild.id), "role": role.json], guild: guild.id, intents: .guilds)
        audit(30, by: bot.user, target: role.id.number, call.reason, in: guild.id)
        return role.json
    }

    private func ownRole(_ call: Call, in guild: GuildRecord) throws(Refusal) -> RoleRecord {
        guard let role = guild.roles[try call.id("role_id")] else { throw Refusal.unknownRole }
        guard outranks(bot.user, role, in: guild) else { throw Refusal.missingPermissions }
        return role
    }

    fileprivate mutating func editRole(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call, needing: .manageRoles)
        var role = try ownRole(call, in: guild)
        try fill(&role, call.body, in: guild)
        guilds[guild.id]?.roles[role.id] = role
        dispatch("GUILD_ROLE_UPDATE", ["guild_id": .id(guild.id), "role": role.json], guild: guild.id, intents: .guilds)
        audit(31, by: bot.user, target: role.id.number, call.reason, in: guild.id)
        return role.json
    }

    fileprivate mutating func sortRoles(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call, needing: .manageRoles)
        for item in call.body.array ?? [] {
            guard let id = item["id"]?.id(Role.self), let role = guild.roles[id] else { throw Refusal.unknownRole }
            guard let position = item["position"]?.int else { continue }
            let top = rank(of: bot.user, in: guild).position
            guard outranks(bot.user, role, in: guild), guild.owner == bot.user || Int(position) < top else {
                throw Refusal.missingPermissions
            }
            guilds[guild.id]?.roles[id]?.position = Int(position)
            guard let moved = guilds[guild.id]?.roles[id] else { continue }
            dispatch("GUILD_ROLE_UPDATE", ["guild_id": .id(guild.id), "role": moved.json], guild: guild.id, intents: .guilds)
        }
        return .array((guilds[guild.id]?.ranked ?? []).reversed().map(\.json))
    }

    fileprivate mutating func deleteRole(_ call: Call) throws(Refusal) -> Answer {
        let guild = try guildForBot(call, needing: .manageRoles)
        let role = try ownRole(call, in: guild)
        guard role.id != guild.id.everyone, !role.isManaged else { throw Refusal(400, 50028, "Invalid role") }
        guilds[guild.id]?.roles[role.id] = nil
        for user in guild.members.keys { guilds[guild.id]?.members[user]?.roles.removeAll { $0 == role.id } }
        dispatch(
            "GUILD_ROLE_DELETE", ["guild_id": .id(guild.id), "role_id": .id(role.id)], guild: guild.id, intents: .guilds)
        audit(32, by: bot.user, target: role.id.number, call.reason, in: guild.id)
        return .nothing
    }
}
