internal import Kit
internal import Shared

extension Badges {
    static let list = Command(
        "badges.list", "The badges of this server", also: ["badges"], changes: false,
        returns: .record(["rows": .list(rowShape)])
    ) { turn in
        let rows = try BadgeRows.all(of: try turn.requireGuild(), in: turn.store).map { try row(of: $0, turn) }
        return .done(BadgeText.list(rows), data: ["rows": .array(rows)])
    }

    static let show = Command(
        "badges.show", "A badge and who wears it", changes: false,
        returns: .record(["badge": rowShape, "rows": .list(heldShape), "next": .text]), example: "badge: Founder",
        badge, .limit(20), .cursor
    ) { turn, word, limit, cursor in
        let badge = try BadgeRows.require(word, turn)
        var rows = try held("held.badge = \(badge.id)", from: cursor.offset, limit: limit + 1, turn)
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        let next = hasMore ? Cursor(offset: cursor.offset + limit).text : nil
        let row = try row(of: badge, turn)
        return .page(
            BadgeText.shown(badge, row, rows, limit: limit, next: next),
            data: .fields(["badge": row, "rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    static let worn = Command(
        "badges.worn", "The badges that a member wears, and for what", changes: false,
        returns: .record(["member": .named, "rows": .list(heldShape)]), example: "member: @somebody",
        .memberOrSelf("member", "Whose badges; yours when left out")
    ) { turn, member in
        let rows = try held("held.member = \(member)", from: 0, limit: 100, turn)
        if rows.isEmpty, member != turn.asker.member { try seen(member, turn) }
        return .done(BadgeText.worn(member, rows), data: ["member": turn.named(member), "rows": .array(rows)])
    }

    // MARK: - Rows

    static let rowShape = Shape.record([
        "id": .whole, "name": .text, "emoji": .text, "text": .text, "occasion": .text, "holders": .whole, "version": .whole,
    ])

    static let heldShape = Shape.record([
        "badge": .whole, "name": .text, "emoji": .text, "member": .named, "at_ms": .instant, "giver": .named, "reason": .text,
    ])

    static func row(of badge: Badge, _ turn: Turn) throws -> JSON {
        .fields([
            "id": .int(badge.id), "name": .string(badge.name), "emoji": .string(badge.emoji), "text": .string(badge.text),
            "occasion": badge.occasion.map { .string($0.spelled) },
            "holders": .int(try BadgeRows.holders(of: badge.id, in: turn.store)), "version": .int(badge.version),
        ])
    }

    /// What is worn, the newest first.
    static func held(_ which: SQL, from offset: Int, limit: Int, _ turn: Turn) throws -> [JSON] {
        let guild = try turn.requireGuild()
        return try turn.store.all(
            """
            SELECT held.badge, one.name, one.emoji, held.member, held.at, held.giver, held.reason
            FROM badges_held AS held JOIN badges_badges AS one ON one.id = held.badge
            WHERE held.guild = \(guild) AND one.state = 'on' AND \(which)
            ORDER BY held.at DESC, held.member LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            .fields([
                "badge": .int(row.int(0)), "name": .string(row.text(1)), "emoji": .string(row.text(2)),
                "member": row.id(3, Member.self).map { turn.named($0) }, "at_ms": .int(row.int(4)),
                "giver": row.id(5, Member.self).map { turn.named($0) }, "reason": .string(row.text(6)),
            ])
        }
    }

    static let panel = Panel(
        "badges.list", "Badges", "What members can wear", tables: ["badges_badges", "badges_held"],
        columns: [
            .init("id", "#", .number), .init("emoji", "", .text), .init("name", "Badge", .text), .init("text", "For", .text),
            .init("occasion", "Given at", .text), .init("holders", "Worn by", .number),
        ],
        actions: [
            .init("badges.show", "Who wears it", ["badge": "name"]), .init("badges.edit", "Edit", ["badge": "name"]),
            .init("badges.give", "Give", ["badge": "name"]), .init("badges.remove", "Remove", ["badge": "name"]),
        ],
        empty: "No badges yet. badges add defines one."
    ) { turn in
        try BadgeRows.all(of: try turn.requireGuild(), in: turn.store).map { Panel.Line(String($0.id), try row(of: $0, turn)) }
    }

    static let givenPanel = Panel(
        "badges.given", "Badges given", "Who got which badge, and for what", tables: ["badges_badges", "badges_held"],
        columns: [
            .init("at_ms", "When", .time), .init("member", "Member", .member), .init("emoji", "", .text),
            .init("name", "Badge", .text), .init("giver", "By", .member), .init("reason", "For", .text),
        ],
        actions: [.init("badges.take", "Take away", ["member": "member", "badge": "name"])],
        empty: "Nobody wears a badge yet. badges give gives one."
    ) { turn in
        try held("held.at > 0", from: 0, limit: 200, turn).map { row in
            Panel.Line("\(row["badge"]?.line ?? "").\(row["member"]?["id"]?.text ?? "")", row)
        }
    }

    // MARK: - Readings

    static let measures = MeasureReading(
        Measure("badges", "How many badges they wear", unit: "badges") { turn, _, only in
            let which: SQL = only.map { "AND held.member = \($0)" } ?? ""
            var column = Column()
            try turn.store.each(
                """
                SELECT held.member, COUNT(*) FROM badges_held AS held JOIN badges_badges AS one ON one.id = held.badge
                WHERE held.guild = \(try turn.requireGuild()) AND one.state = 'on' \(which)
                GROUP BY held.member ORDER BY held.member
                """
            ) { row in column.append(row.int(0), Double(row.int(1))) }
            return column
        })

    static let reading = BadgeReading(
        names: { turn in try BadgeRows.all(of: try turn.requireGuild(), in: turn.store).map(\.name) },
        holders: { turn, name in
            let wanted = name.lowercased()
            let all = try BadgeRows.all(of: try turn.requireGuild(), in: turn.store)
            guard let badge = all.first(where: { $0.name.lowercased() == wanted }) else { return nil }
            return Set(try turn.store.all("SELECT member FROM badges_held WHERE badge = \(badge.id)") { $0.int(0) })
        })
}
