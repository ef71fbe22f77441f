internal import Kit
internal import Shared

extension Members {
    static let inactive = Command(
        "members.inactive", "Who has not been active for so many days, longest first", access: .manageGuild, changes: false,
        returns: .record(["total": .whole, "rows": .list(rowShape), "next": .text]), example: "days: 90",
        days, spared, .limit(100, most: 5000), .cursor
    ) { turn, days, role, limit, cursor in
        let all = try Inactive(days, sparing: role, turn).lines
        let page = Array(all.dropFirst(cursor.offset).prefix(limit))
        let next = all.count > cursor.offset + limit ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            MembersText.inactive(page, of: all.count, days),
            data: .fields([
                "total": .int(Int64(all.count)), "rows": .array(page.map(\.json)), "next": next.map { .string($0) },
            ]), next: next)
    }

    enum Way: String, CaseIterable, Codable, Sendable { case records, kick }

    /// MOD-07: what is shown is what is done; above 25 members it has to be confirmed. Whoever has come back before their turn
    /// comes is left alone.
    static let purge = Command(
        "members.purge", "Forgets, or removes from the server, who has not been active for so many days", access: .guildOwner,
        also: ["purge_inactive"], changes: true,
        returns: .record(["total": .whole, "blocked": .whole, "how": .text]), example: "days: 90 how: records",
        days, .oneOf("how", "records (what is kept about them goes) or kick (they go)", default: Way.records), spared
    ) { turn, days, way, role in
        let guild = try turn.requireGuild()
        let inactive = try Inactive(days, sparing: role, turn)
        let (can, blocked) = way == .kick ? try inactive.kickable(turn) : (inactive.lines.filter(\.wasActive), [])
        guard !can.isEmpty else {
            throw Refusal.notFound(
                "Nobody here has been away for \(days) days\(blocked.isEmpty ? "" : " whom I may remove").",
                hint: blocked.first.map { "\($0.line.name): \($0.reason)." } ?? "See members inactive.")
        }
        turn.touch(members: can.count)
        turn.change(
            "\(can.count) members away for \(days) days: \(way.rawValue)",
            from: .string(can.prefix(20).map(\.name).joined(separator: ", ") + (can.count > 20 ? ", …" : "")), to: .null)
        let state = Purging(
            guild: guild.number, way: way, days: days, after: 0, done: 0, of: can.count, spared: role?.number ?? 0)
        try turn.start(purging, key: "\(guild).\(turn.now.milliseconds)", state)
        return .done(
            MembersText.purging(can.count, blocked.count, days, way),
            data: ["total": .int(Int64(can.count)), "blocked": .int(Int64(blocked.count)), "how": .string(way.rawValue)])
    }

    private static let days: Parameter<Int> = .whole("days", "How many days without any activity", 7...3650, default: 90)
    private static let spared: Parameter<ID<Role>?> = .optional(.role("spare", "Whoever has this role is left alone"))

    // MARK: - The work

    struct Purging: Codable, Sendable {
        var guild: Int64
        var way: Way
        var days: Int
        /// The last member who was dealt with.
        var after: Int64
        var done: Int
        var of: Int
        var spared: Int64
        /// Who comes next: to look through everybody costs more than to forget a few.
        var next: [Int64] = []
    }

    /// So many are looked up at once, and so many are dealt with in a turn.
    private static let lot = 500
    private static let slice = 10

    static let purging = LongJob<Purging>("members.purging", "Forgets or removes members who have been away for long") {
        turn, state in
        guard let guild = ID<Guild>(state.guild), turn.guild == guild else { return .finished("no such server") }
        var more = state
        if more.next.isEmpty { more.next = try nextLot(state, turn) }
        let batch = Array(more.next.prefix(slice))
        guard let last = batch.last else { return .finished("\(state.done) members") }
        for member in batch.compactMap({ ID<Member>($0) }) where try isAway(member, state.days, turn) {
            switch state.way {
            case .records: _ = try turn.house.erase(member, turn)
            case .kick:
                turn.emit(.kick(guild: guild, member: member, reason: "away for \(state.days) days or more"))
            }
        }
        more.next.removeFirst(batch.count)
        more.after = last
        more.done += batch.count
        return .more(more, done: more.done, of: max(more.of, more.done))
    }

    private static func nextLot(_ state: Purging, _ turn: Turn) throws -> [Int64] {
        let inactive = try Inactive(state.days, sparing: ID<Role>(state.spared), turn)
        let all = state.way == .kick ? try inactive.kickable(turn).can : inactive.lines.filter(\.wasActive)
        return Array(all.map(\.id.number).filter { $0 > state.after }.sorted().prefix(lot))
    }

    /// Nobody has heard of them since.
    private static func isAway(_ member: ID<Member>, _ days: Int, _ turn: Turn) throws -> Bool {
        let idle = try turn.column("idle", of: member)
        return idle.members.isEmpty || Int(idle[member]) >= days
    }

    static let inactivePanel = Panel(
        "members.inactive", "Away for long", "Who has not been active for so many days", access: .manageGuild,
        tables: ["house_rosters", "activity_standings"],
        columns: [
            .init("member", "Member", .member), .init("idle_days", "Away", .days), .init("joined_ms", "Joined", .time),
            .init("score", "Score", .points),
        ], actions: [.init("members.show", "Profile", ["member": "member"]), .init("members.purge", "Purge", [:])],
        refresh: 60.seconds,
        empty: "Nobody has been away for so long.",
        days, .whole("top", "How many", 1...500, default: 200)
    ) { turn, days, top in
        try Inactive(days, sparing: nil, turn).lines.prefix(top).map { Panel.Line($0.id.description, $0.json) }
    }
}

/// Those who have been away for so many days, longest first. Bots are not; nor is the owner.
struct Inactive {
    let lines: [MemberRoll.Line]

    init(_ days: Int, sparing role: ID<Role>?, _ turn: Turn) throws {
        let owner = turn.house.directory.guild(try turn.requireGuild())?.owner
        lines = try MemberRoll(turn).sorted(by: .idle, name: nil).filter { line in
            !line.isBot && line.id != owner && (line.idle ?? 0) >= days && !(role.map(line.roles.contains) ?? false)
        }
    }

    /// Whom Discord lets the bot remove, and who is beyond it and why.
    func kickable(_ turn: Turn) throws -> (can: [MemberRoll.Line], blocked: [(line: MemberRoll.Line, reason: String)]) {
        let guild = try turn.requireGuild()
        let roles = turn.house.directory.roles(in: guild)
        let places = Dictionary(roles.map { ($0.id, $0) }) { first, _ in first }
        let own = turn.house.directory.bot.flatMap { turn.house.directory.member($0, in: guild)?.roles } ?? []
        let mine = own.compactMap { places[$0] }
        guard mine.contains(where: { $0.permissions.contains(.kickMembers) || $0.permissions.contains(.administrator) }) else {
            throw Refusal.forbidden("I lack Kick Members here.", hint: "Grant it to my role in the server's settings.")
        }
        let top = mine.map(\.position).max() ?? 0
        var (can, blocked): ([MemberRoll.Line], [(line: MemberRoll.Line, reason: String)]) = ([], [])
        for line in lines where line.isHere {
            let highest = line.roles.compactMap { places[$0] }.max { $0.position < $1.position }
            if let highest, highest.position >= top {
                blocked.append((line, "their role \(highest.name) is not below mine"))
            } else {
                can.append(line)
            }
        }
        return (can, blocked)
    }
}
