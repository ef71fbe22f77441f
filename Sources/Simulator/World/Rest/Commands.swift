import Shared

extension Route {
    private static let global = "/applications/{application_id}/commands"
    private static let local = "/applications/{application_id}/guilds/{guild_id}/commands"

    static let commandRoutes: [Route] = [global, local].flatMap { base in
        [
            Route("GET", base, .commands) { world, call throws(Refusal) in
                let guild = try world.scope(call)
                return .ok(.array(world.commands.filter { $0.guild == guild }.map { $0.json(world.bot.application) }))
            },
            Route("PUT", base, .commands) { world, call throws(Refusal) in .ok(try world.replaceCommands(call)) },
            Route("POST", base, .commands) { world, call throws(Refusal) in try world.upsertCommand(call) },
            Route("GET", base + "/{command_id}", .commands) { world, call throws(Refusal) in
                .ok(world.commands[try world.commandIndex(call)].json(world.bot.application))
            },
            Route("PATCH", base + "/{command_id}", .commands) { world, call throws(Refusal) in .ok(try world.patchCommand(call))
            },
            Route("DELETE", base + "/{command_id}", .commands) { world, call throws(Refusal) in
                world.commands.remove(at: try world.commandIndex(call))
                return .nothing
            },
        ]
    }
}

extension World {
    fileprivate func scope(_ call: Call) throws(Refusal) -> ID<Guild>? {
        guard try call.id("application_id", Application.self) == bot.application else { throw Refusal.wrongApplication }
        if call.names["guild_id"] == nil { return nil }
        guard let guild = guilds[try call.id("guild_id")], guild.hasBot else { throw Refusal.missingAccess }
        return guild.id
    }

    fileprivate func commandIndex(_ call: Call) throws(Refusal) -> Int {
        let guild = try scope(call)
        let id: ID<Application> = try call.id("command_id")
        guard let index = commands.firstIndex(where: { $0.id == id && $0.guild == guild }) else { throw Refusal.unknownCommand }
        return index
    }

    /// Only really new ones count to the day's 200.
    private mutating func spendCreations(_ count: Int) throws(Refusal) {
        commandsMadeToday.removeAll { $0 <= now - 24.hours }
        guard commandsMadeToday.count + count <= 200 else {
            throw Refusal(400, 30034, "Max number of daily application command creates has been reached (200)")
        }
        commandsMadeToday += Array(repeating: now, count: count)
    }

    private func find(_ body: JSON, in guild: ID<Guild>?) -> Int? {
        commands.firstIndex { $0.guild == guild && $0.name == body["name"]?.text && $0.kind == body["type"]?.int ?? 1 }
    }

    private mutating func register(_ body: JSON, in guild: ID<Guild>?) -> CommandRecord {
        let earlier = find(body, in: guild).map { commands[$0] }
        let id = earlier?.id ?? mint(Application.self)
        var record = CommandRecord(id: id, guild: guild, version: earlier?.version ?? id, body: body)
        if let earlier, earlier.json(bot.application) != record.json(bot.application) {
            record.version = mint(Application.self)
        }
        return record
    }

    fileprivate mutating func replaceCommands(_ call: Call) throws(Refusal) -> JSON {
        let guild = try scope(call)
        guard let wanted = call.body.array else { throw Form.refusal(code: "BASE_TYPE_BAD_TYPE", "Only lists are allowed.") }
        var form = Form()
        CommandRules.checkScope(wanted, &form)
        for (index, command) in wanted.enumerated() { CommandRules.check(command, at: [String(index)], &form) }
        try form.refuse()
        try spendCreations(wanted.filter { find($0, in: guild) == nil }.count)
        let records = wanted.map { register($0, in: guild) }
        commands.removeAll { $0.guild == guild }
        commands += records
        return .array(records.map { $0.json(bot.application) })
    }

    fileprivate mutating func upsertCommand(_ call: Call) throws(Refusal) -> Answer {
        let guild = try scope(call)
        var form = Form()
        CommandRules.check(call.body, at: [], &form)
        try form.refuse()
        let earlier = find(call.body, in: guild)
        if earlier == nil { try spendCreations(1) }
        let record = register(call.body, in: guild)
        if let earlier {
            commands[earlier] = record
        } else {
            let others = commands.filter { $0.guild == guild }.map(\.body)
            CommandRules.checkScope(others + [call.body], &form)
            if !form.isClean { throw Refusal(400, 30032, "Maximum number of application commands reached") }
            commands.append(record)
        }
        return .json(earlier == nil ? 201 : 200, record.json(bot.application))
    }

    fileprivate mutating func patchCommand(_ call: Call) throws(Refusal) -> JSON {
        let index = try commandIndex(call)
        guard case .object(var body) = commands[index].body else { throw Refusal.unknownCommand }
        for (key, value) in call.body.object?.members ?? [] { body[key] = value }
        var form = Form()
        CommandRules.check(.object(body), at: [], &form)
        try form.refuse()
        if let twin = find(.object(body), in: commands[index].guild), twin != index {
            throw Refusal(400, 40041, "An application command with that name already exists")
        }
        commands[index].body = .object(body)
        commands[index].version = mint(Application.self)
        return commands[index].json(bot.application)
    }
}
