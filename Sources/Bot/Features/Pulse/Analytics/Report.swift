internal import Kit
internal import Shared

/// What a server did in some days, beside as many days before them: as a command shows it and a snapshot keeps it.
struct Report {
    /// Weeks that the usual week is made of, and weeks of joining whose members are followed.
    static let heatDays = 28
    static let cohortWeeks = 8
    static let topChannels = 10

    let days: ClosedRange<Day>
    let json: JSON

    init(_ days: ClosedRange<Day>, _ turn: Turn) throws {
        self.days = days
        let count = days.upperBound - days.lowerBound + 1
        let earlier = (days.lowerBound - count)...(days.lowerBound - 1)
        let now = try DayLines(days, channels: true, turn)
        let before = try DayLines(earlier, turn)
        let arrivals = try Arrivals(turn)
        let heat = try HeatTable((days.upperBound - (Self.heatDays - 1))...days.upperBound, turn)
        json = .fields([
            "from": .string(days.lowerBound.description), "until": .string(days.upperBound.description),
            "zone": .string(turn.zone.name), "figures": try Self.figures(now, days, turn),
            "before": try Self.figures(before, earlier, turn), "days": .array(now.lines.map(Self.row)),
            "channels": .array(Self.channels(now.channels, turn)), "heat": heat.json,
            "funnel": Self.row(try arrivals.funnel(of: days)),
            "cohorts": .array(try arrivals.cohorts(weeks: Self.cohortWeeks, through: days.upperBound).map(Self.row)),
            "actives": try Self.actives(through: days.upperBound, turn),
            "gaps": .array(try Self.gaps(days, turn)),
        ])
    }

    // MARK: - Parts

    static func figures(_ lines: DayLines, _ days: ClosedRange<Day>, _ turn: Turn) throws -> JSON {
        let known = lines.lines.filter { $0.knowledge != .none }
        guard !known.isEmpty else { return .null }
        let total = lines.total
        return .fields([
            "messages": .int(total.messages), "points": .points(total.points),
            "members": .int(try members(lines, days, turn)), "reactions": .int(total.reactions), "voice_ms": .int(total.voice),
            "joins": .int(lines.lines.reduce(0) { $0 + $1.joins }), "leaves": .int(lines.lines.reduce(0) { $0 + $1.leaves }),
            "days_known": .int(Int64(known.count)),
        ])
    }

    /// Kept where the rollups have it; else it is counted.
    private static func members(_ lines: DayLines, _ days: ClosedRange<Day>, _ turn: Turn) throws -> Int64 {
        switch lines.lines.count {
        case 1: return lines.lines[0].sums.members
        case 7: if let week = lines.lines[6].week { return week }
        case 30: if let month = lines.lines[29].month { return month }
        default: break
        }
        return Int64(try turn.ledger().active(turn, days))
    }

    /// Members of the day, the week and the month that end on a day.
    static func actives(through last: Day, _ turn: Turn) throws -> JSON {
        let line = try DayLines(last...last, turn).lines[0]
        let ledger = try turn.ledger()
        return .fields([
            "day": .int(line.sums.members),
            "week": .int(try line.week ?? Int64(ledger.active(turn, last - 6...last))),
            "month": .int(try line.month ?? Int64(ledger.active(turn, last - 29...last))),
        ])
    }

    static func row(_ line: DayLines.Line) -> JSON {
        let isKnown = line.knowledge != .none
        func figure(_ number: Int64) -> JSON { isKnown ? .int(number) : .null }
        return .fields([
            "day": .string(line.day.description), "messages": figure(line.sums.messages),
            "points": isKnown ? .points(line.sums.points) : .null, "members": figure(line.sums.members),
            "reactions": figure(line.sums.reactions), "voice_ms": figure(line.sums.voice), "joins": figure(line.joins),
            "leaves": figure(line.leaves), "known": .string(line.knowledge.rawValue),
        ])
    }

    static func channels(_ channels: [Int64: LedgerReading.Sums], _ turn: Turn, most: Int = topChannels) -> [JSON] {
        channels.sorted { ($1.value.messages, $0.key) < ($0.value.messages, $1.key) }.prefix(most).compactMap { number, sums in
            guard let channel = ID<Channel>(number) else { return nil }
            return .fields([
                "channel": turn.named(channel), "messages": .int(sums.messages), "points": .points(sums.points),
                "reactions": .int(sums.reactions), "voice_ms": .int(sums.voice), "member_days": .int(sums.members),
            ])
        }
    }

    static func row(_ funnel: Arrivals.Funnel) -> JSON {
        .fields([
            "joined": .int(Int64(funnel.joined)), "spoke": .int(Int64(funnel.spoke)), "returned": .int(Int64(funnel.returned)),
            "pending": .int(Int64(funnel.pending)),
        ])
    }

    static func row(_ cohort: Arrivals.Cohort) -> JSON {
        .fields([
            "week": .string(cohort.week.description), "joined": .int(Int64(cohort.size)),
            "active": .array(cohort.active.map { .int(Int64($0)) }),
        ])
    }

    private static func gaps(_ days: ClosedRange<Day>, _ turn: Turn) throws -> [JSON] {
        let end = turn.zone.start(of: days.upperBound + 1)
        return try turn.gaps(since: turn.zone.start(of: days.lowerBound)).filter { $0.began < end }.map { gap in
            .fields([
                "began_ms": .int(gap.began.milliseconds), "ended_ms": gap.ended.map { .int($0.milliseconds) },
                "not_counted": .array(gap.notCounted.map(JSON.string)),
            ])
        }
    }

    static let shape = Shape.record([
        "from": .text, "until": .text, "zone": .text, "figures": .anything, "before": .anything,
        "days": .list(
            .record([
                "day": .text, "messages": .whole, "points": .decimal, "members": .whole, "reactions": .whole,
                "voice_ms": .duration, "joins": .whole, "leaves": .whole, "known": .text,
            ])), "channels": .list(channelShape), "heat": .list(.list(.decimal)), "funnel": funnelShape,
        "cohorts": .list(cohortShape), "actives": .record(["day": .whole, "week": .whole, "month": .whole]),
        "gaps": .list(.record(["began_ms": .instant, "ended_ms": .instant, "not_counted": .list(.text)])),
    ])
    static let channelShape = Shape.record([
        "channel": .named, "messages": .whole, "points": .decimal, "reactions": .whole, "voice_ms": .duration,
        "member_days": .whole,
    ])
    static let funnelShape = Shape.record(["joined": .whole, "spoke": .whole, "returned": .whole, "pending": .whole])
    static let cohortShape = Shape.record(["week": .text, "joined": .whole, "active": .list(.whole)])
}
