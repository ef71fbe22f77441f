internal import Kit
internal import Shared

extension Levels {
    /// What each level would cost, and how the members of now would be spread over them; nothing is changed.
    static let curve = Command(
        "levels.curve", "What each level costs on a curve, and how many members would be there", changes: false,
        returns: .record([
            "curve": .text, "own": .text, "per_point": .decimal, "members": .whole, "highest": .whole,
            "rows": .list(.record(["level": .whole, "points": .decimal, "more": .decimal, "members": .whole])),
        ]), example: "curve: amari",
        .optional(Parameter<Curve.Preset>.oneOf("curve", "Which curve; the server's when left out")),
        .optional(polynomial("own", "Coefficients of an own curve, the highest power first")),
        .optional(.decimal("per_point", "How much experience a point is", 0.01...10_000)), .limit(20)
    ) { turn, preset, own, perPoint, limit in
        let preset = preset ?? (own == nil ? turn[Levels.preset] : .own)
        let own = own ?? turn[Levels.own]
        let perPoint = perPoint ?? turn[Levels.perPoint]
        let chosen = try preset.polynomial ?? Polynomial(own)
        let curve = Curve(chosen, perPoint: perPoint, most: turn[most])
        let spread = try spread(over: curve, turn)
        let rows = (1...min(limit, curve.costs.count)).map { level -> JSON in
            .fields([
                "level": .int(Int64(level)), "points": .points(curve.cost(of: level)),
                "more": .points(curve.cost(of: level) - curve.cost(of: level - 1)), "members": .int(spread[level] ?? 0),
            ])
        }
        let highest = spread.keys.max() ?? 0
        return .done(
            LevelText.curve(preset, chosen, perPoint, rows, spread),
            data: .fields([
                "curve": .string(preset.rawValue), "own": .string(chosen.spelled), "per_point": .double(perPoint),
                "members": .int(spread.values.reduce(0, +)), "highest": .int(Int64(highest)), "rows": .array(rows),
            ]))
    }

    /// How many members are at each level that somebody is at.
    static func spread(over curve: Curve, _ turn: Turn) throws -> [Int: Int64] {
        var spread: [Int: Int64] = [:]
        for level in try column(on: curve, turn).figures { spread[Int(level), default: 0] += 1 }
        return spread
    }

    static let panel = Panel(
        "levels.list", "Levels", "Who is at which level",
        tables: ["activity_facts", "activity_standings", "levels_starts", "house_settings"],
        columns: [
            .init("rank", "#", .number), .init("member", "Member", .member), .init("level", "Level", .number),
            .init("earned", "Points", .points), .init("missing", "To the next", .points), .init("percent", "Way", .percent),
        ],
        actions: [
            .init("levels.show", "Show", ["member": "member"]), .init("levels.reset", "Begin anew", ["member": "member"]),
            .init("levels.restore", "Count all points", ["member": "member"]),
        ],
        empty: "Nobody has points yet: they come with the first message.",
        .whole("top", "How many members", 1...200, default: 50)
    ) { turn, top in
        let ledger = try turn.ledger()
        let points = try ledger.points(turn, nil)
        let best = zip(points.members, points.figures).sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(top)
        return try best.enumerated().compactMap { index, one in
            guard let member = ID<Member>(one.0) else { return nil }
            let rank: JSON = ["rank": .int(Int64(index + 1))]
            return Panel.Line(member.description, rank.joined(with: try Stand(of: member, turn).data(turn)))
        }
    }

    static let spreadPanel = Panel(
        "levels.spread", "Members by level", "How many members are at each level",
        tables: ["activity_facts", "activity_standings", "levels_starts", "house_settings"],
        columns: [
            .init("level", "Level", .number), .init("members", "Members", .number), .init("points", "From points", .points),
        ],
        chart: .init("bars", x: "level", y: "members")
    ) { turn in
        let curve = turn.levelCurve
        let spread = try spread(over: curve, turn)
        return (0...max(0, spread.keys.max() ?? 0)).map { level in
            Panel.Line(
                String(level),
                .fields([
                    "level": .int(Int64(level)), "members": .int(spread[level] ?? 0), "points": .points(curve.cost(of: level)),
                ]))
        }
    }
}
