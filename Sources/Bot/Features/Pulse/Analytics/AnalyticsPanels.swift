internal import Kit
internal import Shared

extension Analytics {
    private static let tables: Set<String> = [
        "activity_facts", "activity_ledger", "activity_hours", "analytics_days", "analytics_channels", "analytics_moves",
        "analytics_arrivals", "house_gaps", "house_settings",
    ]

    static let figuresPanel = Panel(
        "analytics.figures", "Figures", "The last day, week and month beside the ones before", tables: tables,
        columns: [
            .init("span", "The last", .text), .init("messages", "Messages", .number), .init("messages_change", "±", .text),
            .init("members", "Members", .number), .init("members_change", "±", .text), .init("points", "Points", .points),
            .init("reactions", "Reactions", .number), .init("voice_ms", "Voice", .duration), .init("joins", "Joined", .number),
            .init("leaves", "Left", .number),
        ], refresh: 60.seconds
    ) { turn in
        let today = turn.zone.day(of: turn.now)
        return try Span.allCases.map { span in
            let days = span.upTo(today)
            let earlier = days.lowerBound - span.days...days.lowerBound - 1
            let now = try Report.figures(try DayLines(days, turn), days, turn)
            let before = try Report.figures(try DayLines(earlier, turn), earlier, turn)
            func change(_ key: String) -> JSON {
                .string(trimmed(AnalyticsText.change(now[key]?.double ?? 0, before[key]?.double)))
            }
            let changes: JSON = [
                "span": .string(span.rawValue), "messages_change": change("messages"), "members_change": change("members"),
            ]
            return Panel.Line(span.rawValue, changes.joined(with: now))
        }
    }

    static let daysPanel = Panel(
        "analytics.days", "Day by day", "Messages, members, joins and leaves of each day", tables: tables,
        columns: [
            .init("day", "Day", .text), .init("messages", "Messages", .number), .init("members", "Members", .number),
            .init("points", "Points", .points), .init("reactions", "Reactions", .number), .init("voice_ms", "Voice", .duration),
            .init("joins", "Joined", .number), .init("leaves", "Left", .number), .init("known", "Known", .text),
        ],
        chart: .init("line", x: "day", y: "messages"), refresh: 60.seconds,
        .whole("days", "How many days back", 2...400, default: 60)
    ) { turn, count in
        let today = turn.zone.day(of: turn.now)
        let lines = try DayLines(today - (count - 1)...today, turn).lines
        // Before the first day that is known there is nothing to draw; from then on a gap is one.
        let first = lines.firstIndex { $0.knowledge != .none } ?? lines.endIndex
        return lines[min(first, lines.count - 2)...].map { Panel.Line($0.day.description, Report.row($0)) }
    }

    /// A day of 23 or 25 hours has as many lines.
    static let hoursPanel = Panel(
        "analytics.hours", "Hour by hour", "Messages and members of each hour of a day on the server's clocks", tables: tables,
        columns: [
            .init("hour_ms", "Hour", .time), .init("messages", "Messages", .number), .init("members", "Members", .number),
            .init("points", "Points", .points), .init("reactions", "Reactions", .number), .init("joins", "Joined", .number),
            .init("leaves", "Left", .number), .init("known", "Known", .text),
        ],
        chart: .init("line", x: "hour_ms", y: "messages"), refresh: 60.seconds,
        .whole("back", "How many days back; 0 is today", 0...400, default: 0)
    ) { turn, back in
        try HourLines(of: turn.zone.day(of: turn.now) - back, turn).rows.map { Panel.Line($0["hour_ms"]?.line ?? "", $0) }
    }

    static let channelsPanel = Panel(
        "analytics.channels", "Channels", "Where most is said", tables: tables,
        columns: [
            .init("name", "Channel", .text), .init("messages", "Messages", .number), .init("points", "Points", .points),
            .init("reactions", "Reactions", .number), .init("voice_ms", "Voice", .duration),
            .init("member_days", "Members × days", .number),
        ],
        chart: .init("bars", x: "name", y: "messages"), refresh: 60.seconds,
        empty: "Nothing has been said in that time.",
        .oneOf("span", "How many days: day, week or month", default: Span.week)
    ) { turn, span in
        let days = span.upTo(turn.zone.day(of: turn.now))
        return Report.channels(try DayLines(days, channels: true, turn).channels, turn, most: 50).map { row in
            let name = row["channel"]?["name"]?.text ?? ""
            return Panel.Line(row["channel"]?["id"]?.text ?? name, row.joined(with: ["name": .string("#" + name)]))
        }
    }

    static let heatPanel = Panel(
        "analytics.heatmap", "Usual week", "Messages of a usual hour, by weekday, on the server's clocks", tables: tables,
        columns: [
            .init("weekday", "Day", .text), .init("hours", "0 to 24 h", .spark), .init("busiest", "Busiest", .text),
            .init("messages", "Messages", .number),
        ],
        chart: .init("heatmap", x: "weekday", y: "hours"), refresh: 60.seconds,
        .whole("weeks", "How many weeks back", 1...52, default: 4)
    ) { turn, weeks in
        let today = turn.zone.day(of: turn.now)
        let heat = try HeatTable(today - (7 * weeks - 1)...today, turn)
        return zip(HeatTable.weekdays, heat.cells).map { weekday, cells in
            let sum = cells.reduce(0) { $0 + ($1 ?? 0) }
            let best = cells.enumerated().max { ($0.element ?? -1) < ($1.element ?? -1) }
            let busiest = best.flatMap { hour in hour.element.map { _ in padded(hour.offset, 2) + ":00" } } ?? ""
            return Panel.Line(
                weekday,
                .fields([
                    "weekday": .string(weekday), "hours": .array(cells.map { $0.map(JSON.double) ?? .null }),
                    "busiest": .string(sum > 0 ? busiest : ""), "messages": .int(Int64(sum.rounded())),
                ]))
        }
    }

    static let cohortsPanel = Panel(
        "analytics.cohorts", "Who stayed", "By the week of joining: who wrote something in the weeks since", tables: tables,
        columns: [
            .init("week", "Week", .text), .init("joined", "Joined", .number), .init("now", "First week", .percent),
            .init("later", "Last week", .percent), .init("active", "Each week", .spark),
        ],
        chart: .init("heatmap", x: "week", y: "active"),
        .whole("weeks", "How many weeks of joining", 2...26, default: Report.cohortWeeks)
    ) { turn, weeks in
        try Arrivals(turn).cohorts(weeks: weeks, through: turn.zone.day(of: turn.now)).map { cohort in
            func share(_ count: Int?) -> JSON { cohort.size > 0 ? .double(Double((count ?? 0) * 100 / cohort.size)) : .null }
            let shares: JSON = ["now": share(cohort.active.first), "later": share(cohort.active.last)]
            return Panel.Line(cohort.week.description, Report.row(cohort).joined(with: shares))
        }
    }

    static let funnelPanel = Panel(
        "analytics.funnel", "Newcomers", "Who joined, spoke within a week, and came back", tables: tables,
        columns: [.init("step", "Step", .text), .init("members", "Members", .number), .init("share", "Share", .percent)],
        chart: .init("funnel", x: "step", y: "members"),
        .whole("days", "How many days back they joined", 1...365, default: 30)
    ) { turn, count in
        let today = turn.zone.day(of: turn.now)
        let funnel = try Arrivals(turn).funnel(of: today - (count - 1)...today)
        return [
            ("joined", funnel.joined), ("spoke", funnel.spoke), ("came back", funnel.returned), ("have time", funnel.pending),
        ].map {
            step, members in
            let share: JSON = funnel.joined > 0 ? .double(Double(members * 100 / funnel.joined)) : .null
            return Panel.Line(step, .fields(["step": .string(step), "members": .int(Int64(members)), "share": share]))
        }
    }

    static let snapshotsPanel = Panel(
        "analytics.snapshots", "Snapshots", "What was kept of each week", tables: ["analytics_snapshots"],
        columns: [
            .init("at_ms", "Taken", .time), .init("span", "Span", .text), .init("from", "From", .text),
            .init("until", "Until", .text), .init("messages", "Messages", .number), .init("members", "Members", .number),
        ],
        actions: [.init("analytics.dashboard", "Show", ["back": "back"])],
        empty: "None yet: one is taken when a week is over."
    ) { turn in
        try rows(turn, from: 0, limit: 100).enumerated().map { index, row in
            Panel.Line(
                "\(row["span"]?.text ?? "").\(row["data"]?["from"]?.text ?? "")",
                summary(row).joined(with: ["back": .int(Int64(index))]))
        }
    }
}
