import Shared

extension Route {
    private static let events = "/guilds/{guild_id}/scheduled-events"

    static let eventRoutes: [Route] = [
        Route("GET", events, .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call)
            return .ok(.array(guild.events.values.sorted { $0.id < $1.id }.map { $0.json(guild.id) }))
        },
        Route("POST", events, .roles) { world, call throws(Refusal) in .ok(try world.makeEvent(call)) },
        Route("GET", events + "/{event_id}", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call)
            return .ok(try world.event(call, in: guild).json(guild.id))
        },
        Route("PATCH", events + "/{event_id}", .roles) { world, call throws(Refusal) in .ok(try world.editEvent(call)) },
        Route("DELETE", events + "/{event_id}", .roles) { world, call throws(Refusal) in try world.deleteEvent(call) },
    ]
}

extension World {
    fileprivate func event(_ call: Call, in guild: GuildRecord) throws(Refusal) -> EventRecord {
        guard let event = guild.events[try call.id("event_id")] else { throw Refusal.unknownEvent }
        return event
    }

    fileprivate mutating func makeEvent(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call, needing: .createEvents)
        guard guild.events.values.filter({ $0.status == .scheduled || $0.status == .active }).count < 100 else {
            throw Refusal(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
        }
        var event = EventRecord(id: mint(ScheduledEvent.self), creator: bot.user, start: now)
        try fill(&event, call.body, isNew: true, in: guild)
        guilds[guild.id]?.events[event.id] = event
        tell("CREATE", event, guild.id)
        audit(100, by: bot.user, target: event.id.number, call.reason, in: guild.id)
        return event.json(guild.id)
    }

    private func mayChange(_ event: EventRecord, in guild: GuildRecord) -> Bool {
        let mine = permissions(of: bot.user, in: guild)
        return mine.contains(.manageEvents) || event.creator == bot.user && mine.contains(.createEvents)
    }

    fileprivate mutating func editEvent(_ call: Call) throws(Refusal) -> JSON {
        let guild = try guildForBot(call)
        var event = try event(call, in: guild)
        guard mayChange(event, in: guild) else { throw Refusal.missingPermissions }
        guard event.status == .scheduled || event.status == .active else {
            throw Refusal(400, 180000, "Cannot update a finished event")
        }
        try fill(&event, call.body, isNew: false, in: guild)
        guilds[guild.id]?.events[event.id] = event
        tell("UPDATE", event, guild.id)
        audit(101, by: bot.user, target: event.id.number, call.reason, in: guild.id)
        return event.json(guild.id)
    }

    fileprivate mutating func deleteEvent(_ call: Call) throws(Refusal) -> Answer {
        let guild = try guildForBot(call)
        let event = try event(call, in: guild)
        guard mayChange(event, in: guild) else { throw Refusal.missingPermissions }
        guilds[guild.id]?.events[event.id] = nil
        tell("DELETE", event, guild.id)
        audit(102, by: bot.user, target: event.id.number, nil, in: guild.id)
        return .nothing
    }

    private mutating func tell(_ what: String, _ event: EventRecord, _ guild: ID<Guild>) {
        dispatch("GUILD_SCHEDULED_EVENT_" + what, event.json(guild), guild: guild, intents: .guildScheduledEvents)
    }

    private func fill(_ event: inout EventRecord, _ body: JSON, isNew: Bool, in guild: GuildRecord) throws(Refusal) {
        var form = Form()
        EventRules.check(body, isNew: isNew, now: now, &form)
        try form.refuse()
        if let name = body["name"]?.text { event.name = name }
        if let text = body["description"] { event.text = text.text }
        if let kind = body["entity_type"]?.int { event.kind = kind }
        if let channel = body["channel_id"] { event.channel = channel.id(Channel.self) }
        if let metadata = body["entity_metadata"] { event.location = metadata["location"]?.text }
        if let start = body["scheduled_start_time"]?.text.flatMap({ Instant(rfc3339: $0) }) { event.start = start }
        if let end = body["scheduled_end_time"] { event.end = end.text.flatMap { Instant(rfc3339: $0) } }
        if let rule = body["recurrence_rule"] { event.rule = rule.isNull ? nil : rule }
        try checkPlace(event, in: guild)
        try change(&event, to: body["status"]?.int)
    }

    /// Where it is has to fit what it is.
    private func checkPlace(_ event: EventRecord, in guild: GuildRecord) throws(Refusal) {
        var form = Form()
        if event.kind == 3 {
            if (event.location ?? "").isEmpty {
                form.note("entity_metadata", "location", code: "BASE_TYPE_REQUIRED", "This field is required")
            }
            if event.end == nil { form.note("scheduled_end_time", code: "BASE_TYPE_REQUIRED", "This field is required") }
            if event.channel != nil { form.note("channel_id", code: "BASE_TYPE_INVALID", "an external event has no channel") }
        } else {
            let place = event.channel.flatMap { channels[$0] }
            guard let place, place.guild == guild.id else { throw Refusal.unknownChannel }
            guard place.kind == (event.kind == 1 ? .stage : .voice) else {
                throw Refusal(400, 50091, "Invalid entity type for this channel")
            }
            let needed: Permissions =
                event.kind == 1 ? [.manageChannels, .muteMembers, .moveMembers] : [.viewChannel, .connect]
            guard permissions(of: bot.user, in: place).isSuperset(of: needed) else { throw Refusal.missingPermissions }
        }
        if let end = event.end, end <= event.start {
            form.note("scheduled_end_time", code: "GUILD_SCHEDULED_EVENT_END_BEFORE_START", "Must end after it starts")
        }
        try form.refuse()
    }

    /// Scheduled, then active, then completed; or cancelled before it began.
    private func change(_ event: inout EventRecord, to number: Int64?) throws(Refusal) {
        guard let number, number != event.status.rawValue else { return }
        let next = EventRecord.Status(rawValue: number)
        switch (event.status, next) {
        case (.scheduled, .active?), (.active, .completed?), (.scheduled, .cancelled?): event.status = next ?? event.status
        default: throw Refusal(400, 180002, "Invalid Guild Scheduled Event Status transition")
        }
    }
}
