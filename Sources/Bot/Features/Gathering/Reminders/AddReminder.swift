internal import Kit
internal import Shared

extension Reminders {
    /// The parameters stand in the order of old bots: name, channel, time, days, message and the time that is shown.
    static let add = Command(
        "reminders.add", "Sets up a reminder in a channel: once, or on days and at a time", access: .manageEvents,
        also: ["add_reminder"], changes: true, returns: rowShape,
        example: "name: Stand-up channel: #general time: 09:00 days: mon,thu call_time: 09:15",
        name, channel, time, .optional(days), .optional(message), .optional(call), .optional(zone), .optional(place),
        .optional(role), .optional(mentionsEveryone), .optional(before)
    ) { turn, name, channel, time, days, message, call, zoneName, place, role, everyone, before in
        let guild = try turn.requireGuild()
        let zone = try read(zone: zoneName ?? turn.zone.name)
        let course = try WhenItComes(time: time, days: days).course(
            zone, ahead: before ?? turn[ahead], now: turn.now, turn)
        return try insert(
            Reminder(
                guild: guild, owner: turn.asker.member, way: .channel, channel: channel, name: name, text: message ?? "",
                course: course, zone: zone.name, call: call ?? nil, place: place, role: role ?? nil,
                mentionsEveryone: everyone ?? false), turn)
    }

    static let me = Command(
        "reminders.me", "Reminds you of something: in a private message, or here", also: ["remindme"], isPrivate: true,
        isForMembers: true, changes: true, returns: rowShape, example: "time: \"in 2h\" text: check the oven",
        time, words,
        .optional(.yesNo("here", "Whether you are mentioned here instead of written to privately")), .optional(before),
        .optional(zone)
    ) { turn, time, text, here, before, zoneName in
        let (guild, owner) = (try turn.requireGuild(), try turn.requireMember())
        let zone = try read(zone: zoneName ?? ownZone(of: owner, turn) ?? turn.zone.name)
        let course = try WhenItComes(time: time).course(zone, ahead: before ?? .zero, now: turn.now, turn)
        if here == true, turn.channel == nil {
            throw Refusal.invalid("Here is no channel.", field: "here", hint: "Set it in the channel where you want it.")
        }
        return try insert(
            Reminder(
                guild: guild, owner: owner, way: here == true ? .here : .privately, channel: turn.channel, name: "", text: text,
                course: course, zone: zone.name), turn)
    }

    private static var words: Parameter<String> {
        let inner = Parameter<String>.text("text", "What you are reminded of", longest: longest)
        var outline = inner.outline
        outline.runsOn = true
        return Parameter(outline) { raw, context throws(Refusal) in
            let text = trimmed(try inner.parse(raw, context))
            guard !text.isEmpty else { throw .invalid("text has nothing in it.") }
            return text
        }
    }

    /// At so many nobody finds anything in a server's list.
    static let mostOfServer = 500

    static func insert(_ one: Reminder, _ turn: Turn) throws -> Reply {
        try checkCount(one, turn)
        try check(one, turn)
        var new = one
        new.next = try one.coming(after: turn.now, count: 1, turn).first?.at
        new.id = try ReminderRows.insert(new, at: turn.now, in: turn.store)
        if let next = new.next { try turn.schedule(fire, key: new.key, new.id, at: next) }
        turn.change(new.subject, from: .null, to: new.audited)
        try note(.created, new, turn)
        return .done(
            try ReminderText.added(new, turn), data: try row(of: new, turn),
            undo: Invocation(command: "reminders.remove", arguments: ["id": .int(new.id)]))
    }

    private static func checkCount(_ one: Reminder, _ turn: Turn) throws {
        let limit = one.isPersonal ? turn[most] : mostOfServer
        guard try ReminderRows.count(in: one.guild, of: one.isPersonal ? one.owner : nil, in: turn.store) >= limit else {
            return
        }
        throw Refusal(
            .limited,
            one.isPersonal ? "You have \(limit) reminders here, and no more fit." : "There are \(limit) reminders already.",
            hint: "Remove some with reminders remove.")
    }

    /// What would fail when it comes is told when it is set.
    static func check(_ one: Reminder, _ turn: Turn) throws {
        if one.mentionsEveryone, !turn[everyone] {
            throw Refusal(
                .forbidden, "Reminders may not mention everyone here.",
                hint: "An admin can allow it: house set reminders.everyone yes.", field: "everyone")
        }
        if let role = one.role {
            guard turn.house.directory.roles(in: one.guild).contains(where: { $0.id == role }) else {
                throw Refusal(.notFound, "There is no such role here.", hint: "Name one of this server's.", field: "role")
            }
        }
        if one.mentionsEveryone || one.role != nil { try checkCaller(one, turn) }
        guard one.way != .privately, let channel = one.channel else { return }
        var needed: Permissions = [.viewChannel, .sendMessages]
        if one.mentionsEveryone { needed.insert(.mentionEveryone) }
        try turn.requireOwn(needed, in: channel, of: one.guild)
        guard one.way == .here, case .member(let member) = turn.asker,
            !member.permissions.contains(.administrator), !member.permissions.contains(.sendMessages)
        else { return }
        throw Refusal.forbidden("You may not write here, so I do not do it for you.", hint: "Leave out here.")
    }

    /// Nobody has the bot call many whom they could not call themselves; and who may sees first what would be done.
    private static func checkCaller(_ one: Reminder, _ turn: Turn) throws(Refusal) {
        turn.askFirst()
        guard case .member(let member) = turn.asker, !member.ownsGuild, !member.ownsHouse,
            !member.permissions.contains(.administrator), !member.permissions.contains(.mentionEveryone)
        else { return }
        throw Refusal(
            .forbidden, "You may not mention so many yourself (Mention Everyone).",
            hint: "Ask somebody who may, or leave that out.", field: one.mentionsEveryone ? "everyone" : "role")
    }

    static func read(zone name: String) throws(Refusal) -> Zone {
        do { return try Zone(named: name) } catch { throw .invalid("\(error)", field: "zone") }
    }
}

extension Reminder {
    /// What the audit keeps: of a personal one only that there is one.
    var audited: JSON { isPersonal ? .fields(["personal": true, "state": .string(state.rawValue)]) : settings }
}
