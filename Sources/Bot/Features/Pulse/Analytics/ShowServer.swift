internal import Kit
internal import Shared

extension Analytics {
    /// ANA-05: how the server does, up to now.
    static let server = Command(
        "analytics.server", "Statistics of the server: the last day, week or month beside the one before",
        also: ["serverstats", "server_stats"], isSlow: true, changes: false, returns: Report.shape, example: "span: week",
        .oneOf("span", "How many days: day, week or month", default: Span.week)
    ) { turn, span in
        let report = try Report(span.upTo(turn.zone.day(of: turn.now)), turn).json
        let title: Phrase = "\(turn.house.directory.guild(try turn.requireGuild())?.name ?? "This server")"
        return Reply.done(AnalyticsText.report(report, title: title), data: report)
            .with(AnalyticsPicture.attachment(report, titled: try serverName(turn)))
    }

    static let days = Command(
        "analytics.days", "Each day's messages, members, joins and leaves", changes: false,
        returns: .record(["rows": .list(.anything)]), example: "days: 14",
        .whole("days", "How many days back", 1...400, default: 14)
    ) { turn, count in
        let today = turn.zone.day(of: turn.now)
        let rows = try DayLines(today - (count - 1)...today, turn).lines.reversed().map(Report.row)
        return .done(AnalyticsText.days(rows), data: ["rows": .array(rows)])
    }

    static let channels = Command(
        "analytics.channels", "The channels in which most is said", also: ["top_channels"], changes: false,
        returns: .record(["rows": .list(Report.channelShape)]), example: "span: month",
        .oneOf("span", "How many days: day, week or month", default: Span.week), .limit(10, most: 100)
    ) { turn, span, limit in
        let days = span.upTo(turn.zone.day(of: turn.now))
        let rows = Report.channels(try DayLines(days, channels: true, turn).channels, turn, most: limit)
        return .done(AnalyticsText.channels(rows, span), data: ["rows": .array(rows)])
    }

    static let heatmap = Command(
        "analytics.heatmap", "When the server is awake: messages by weekday and hour on its own clocks", changes: false,
        returns: .record(["zone": .text, "rows": .list(.record(["weekday": .text, "hours": .list(.decimal)]))]),
        example: "weeks: 4",
        .whole("weeks", "How many weeks back", 1...52, default: 4)
    ) { turn, weeks in
        let today = turn.zone.day(of: turn.now)
        let heat = try HeatTable(today - (7 * weeks - 1)...today, turn)
        let rows = heatRows(heat)
        let drawing = Drawing(
            try serverName(turn), subtitle: "messages in a usual hour, \(turn.zone.name)",
            blocks: [.grid(AnalyticsPicture.heat(heat.cells))])
        let picture = Attachment(drawing, name: "heatmap.png", caption: AnalyticsText.spokenHeat(heat.cells))
        let data: JSON = ["zone": .string(turn.zone.name), "rows": .array(rows)]
        return Reply.done(AnalyticsText.heatmap(heat.cells, turn.zone.name), data: data).with(picture)
    }

    static let cohorts = Command(
        "analytics.cohorts", "Who joined when, and who of them is still there weeks later", isSlow: true, changes: false,
        returns: .record(["rows": .list(Report.cohortShape)]), example: "weeks: 8",
        .whole("weeks", "How many weeks of joining", 2...26, default: Report.cohortWeeks)
    ) { turn, weeks in
        let rows = try Arrivals(turn).cohorts(weeks: weeks, through: turn.zone.day(of: turn.now)).map(Report.row)
        return .done(AnalyticsText.cohorts(rows), data: ["rows": .array(rows)])
    }

    static let funnel = Command(
        "analytics.funnel", "Of those who joined, who spoke within a week and who came back", isSlow: true, changes: false,
        returns: Report.funnelShape, example: "days: 30",
        .whole("days", "How many days back they joined", 1...365, default: 30)
    ) { turn, count in
        let today = turn.zone.day(of: turn.now)
        let row = Report.row(try Arrivals(turn).funnel(of: today - (count - 1)...today))
        return .done(AnalyticsText.funnel(row, days: count), data: row)
    }

    static func heatRows(_ heat: HeatTable) -> [JSON] {
        zip(HeatTable.weekdays, heat.cells).map { weekday, cells in
            .fields(["weekday": .string(weekday), "hours": .array(cells.map { $0.map(JSON.double) ?? .null })])
        }
    }

    static func serverName(_ turn: Turn) throws -> String {
        turn.house.directory.guild(try turn.requireGuild())?.name ?? "This server"
    }
}
