internal import Kit
internal import Shared

/// Where a member stands on the curve, worked out of their points.
struct Stand {
    let member: ID<Member>
    /// All that they ever had.
    let points: Int64
    /// What of it counts for the level.
    let earned: Int64
    let level: Int
    /// The points of this level and of the next one, where there is one.
    let floor: Int64
    let next: Int64?
    let toldAt: Instant?

    init(of member: ID<Member>, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let curve = turn.levelCurve
        self.member = member
        points = Int64(try turn.ledger().points(turn, member)[member])
        let start = try turn.store.first(
            "SELECT points FROM levels_starts WHERE guild = \(guild) AND member = \(member)"
        ) { $0.int(0) }
        earned = max(0, points - (start ?? 0))
        level = curve.level(at: earned)
        floor = curve.cost(of: level)
        next = curve.next(after: level)
        toldAt = try turn.store.first("SELECT at FROM levels_told WHERE guild = \(guild) AND member = \(member)") {
            $0.instant(0)
        }
    }

    /// How far they are on the way to the next level.
    var percent: Int { next.map { Int((earned - floor) * 100 / max(1, $0 - floor)) } ?? 100 }

    func data(_ turn: Turn) -> JSON {
        .fields([
            "member": turn.named(member), "level": .int(Int64(level)), "points": .points(points), "earned": .points(earned),
            "floor": .points(floor), "next": next.map { .points($0) }, "missing": next.map { .points($0 - earned) },
            "percent": .int(Int64(percent)), "reached_ms": toldAt.map { .int($0.milliseconds) },
        ])
    }
}

extension Levels {
    static let show = Command(
        "levels.show", "At which level a member is, and what the next one takes", also: ["level", "rank"], changes: false,
        returns: standShape, example: "member: @somebody",
        .memberOrSelf("member", "Whose level; yours when left out")
    ) { turn, member in
        try turn.requireSight(of: member)
        let stand = try known(member, turn)
        return .done(LevelText.shown(stand), data: stand.data(turn))
    }

    static let standShape = Shape.record([
        "member": .named, "level": .whole, "points": .decimal, "earned": .decimal, "floor": .decimal, "next": .decimal,
        "missing": .decimal, "percent": .whole, "reached_ms": .instant,
    ])

    /// What rules and reports may ask of levels.
    static let measures = MeasureReading(
        Measure("level", "The level that all points come to", unit: "levels") { turn, _, only in
            try column(on: turn.levelCurve, turn, only)
        })

    /// The level of each member on a curve.
    static func column(on curve: Curve, _ turn: Turn, _ only: ID<Member>? = nil) throws -> Column {
        let guild = try turn.requireGuild()
        var starts: [Int64: Int64] = [:]
        try turn.store.each("SELECT member, points FROM levels_starts WHERE guild = \(guild)") { starts[$0.int(0)] = $0.int(1) }
        let points = try turn.ledger().points(turn, only)
        var column = Column()
        for (member, figure) in zip(points.members, points.figures) {
            column.append(member, Double(curve.level(at: Int64(figure) - (starts[member] ?? 0))))
        }
        return column
    }
}
