internal import Kit
internal import Shared

extension Members {
    static let list = Command(
        "members.list", "The members of this server, with what they do", access: .moderate, changes: false,
        returns: .record(["total": .whole, "rows": .list(rowShape), "next": .text]), example: "name: an by: idle",
        .optional(.text("name", "Only those whose name has this in it", longest: 100)),
        .oneOf("by", "Their order: name, joined, idle (longest away first) or score", default: Order.name), .limit(50), .cursor
    ) { turn, name, order, limit, cursor in
        let roll = try MemberRoll(turn)
        let found = roll.sorted(by: order, name: name).filter(\.isHere)
        let page = found.dropFirst(cursor.offset).prefix(limit)
        let next = found.count > cursor.offset + limit ? Cursor(offset: cursor.offset + limit).text : nil
        let rows = page.map(\.json)
        return .page(
            MembersText.list(Array(page), of: found.count),
            data: .fields([
                "total": .int(Int64(found.count)), "rows": .array(rows), "next": next.map { .string($0) },
            ]), next: next)
    }

    enum Order: String, CaseIterable, Sendable { case name, joined, idle, score }

    static let rowShape = Shape.record([
        "member": .named, "bot": .flag, "here": .flag, "joined_ms": .instant, "idle_days": .whole, "score": .decimal,
        "roles": .whole,
    ])

    static let panel = Panel(
        "members.list", "Members", "Who is here, and what they do", access: .moderate,
        tables: ["house_rosters", "activity_standings"],
        columns: [
            .init("member", "Member", .member), .init("score", "Score", .points), .init("idle_days", "Away", .days),
            .init("joined_ms", "Joined", .time), .init("roles", "Roles", .number),
        ],
        actions: [
            .init("members.show", "Profile", ["member": "member"]),
            .init("activity.why", "Why this score", ["member": "member"]),
            .init("activity.override", "Set a figure", ["member": "member"]),
            .init("silence.add", "Silence", ["member": "member"]),
            .init("privacy.export", "Export their data", ["as": "member"]),
            .init("privacy.erase", "Erase for good", ["as": "member"]),
        ],
        .optional(.text("name", "Only those whose name has this in it", longest: 100)),
        .oneOf("by", "Their order", default: Order.score), .whole("top", "How many", 1...500, default: 200)
    ) { turn, name, order, top in
        try MemberRoll(turn).sorted(by: order, name: name).filter(\.isHere).prefix(top).map {
            Panel.Line($0.id.description, $0.json)
        }
    }
}

/// Everybody in a guild, and whoever has left something there, with the figures that lists are ordered by.
struct MemberRoll {
    struct Line {
        var id: ID<Member>
        var name: String
        var isBot: Bool
        /// Who has left is known by what they did.
        var isHere: Bool
        var joined: Instant?
        var roles: [ID<Role>]
        /// Days since they were last active, or since they came where they never were.
        var idle: Int?
        var wasActive: Bool
        var score: Double

        var json: JSON {
            .fields([
                "member": ["id": .id(id), "name": .string(name)], "bot": .bool(isBot), "here": .bool(isHere),
                "joined_ms": joined.map { .int($0.milliseconds) }, "idle_days": idle.map { .int(Int64($0)) },
                "score": .double((score * 10).rounded() / 10), "roles": .int(Int64(roles.count)),
            ])
        }
    }

    let lines: [Line]

    init(_ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let idle = try turn.column("idle")
        let score = try turn.column("score")
        let today = turn.zone.day(of: turn.now)
        let known = Set(idle.members)
        var lines: [Line] = []
        turn.house.directory.each(in: guild) { packed in
            let profile = packed.profile(in: guild)
            let wasActive = known.contains(profile.id.number)
            let away = wasActive ? Int(idle[profile.id]) : profile.joined.map { max(0, today - turn.zone.day(of: $0)) }
            lines.append(
                Line(
                    id: profile.id, name: profile.name, isBot: profile.isBot, isHere: true, joined: profile.joined,
                    roles: profile.roles,
                    idle: away, wasActive: wasActive, score: score[profile.id]))
        }
        let here = Set(lines.map(\.id))
        for member in idle.members.compactMap({ ID<Member>($0) }) where !here.contains(member) {
            lines.append(
                Line(
                    id: member, name: turn.house.directory.name(of: member, in: guild) ?? "member \(member)", isBot: false,
                    isHere: false, joined: nil, roles: [], idle: Int(idle[member]), wasActive: true, score: score[member]))
        }
        self.lines = lines
    }

    func sorted(by order: Members.Order, name: String?) -> [Line] {
        let wanted = name?.lowercased()
        let found = wanted.map { part in lines.filter { $0.name.lowercased().contains(part) } } ?? lines
        return switch order {
        case .name: found.sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
        case .joined: found.sorted { ($1.joined?.milliseconds ?? 0, $0.id) < ($0.joined?.milliseconds ?? 0, $1.id) }
        case .idle: found.sorted { ($1.idle ?? -1, $0.id) < ($0.idle ?? -1, $1.id) }
        case .score: found.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
        }
    }
}

extension Turn {
    /// A measure's column for the turn's guild, or for one member of it; empty in a house that has nobody who measures it.
    func column(_ name: String, of member: ID<Member>? = nil) throws -> Column {
        let measure = house.catalogue.readings(MeasureReading.self).flatMap(\.measures).first { $0.name == name }
        return try measure?.column(self, nil, member) ?? Column()
    }
}
