internal import Kit
internal import Shared

extension Analytics {
    /// A report that would come later than this after its days is kept, and not posted any more.
    private static let patience = 3

    /// ANA-01 and ANA-02: the last whole day, week or month is kept as it was, once, and posted where a setting says.
    static func takeSnapshot(of guild: ID<Guild>, _ turn: Turn) throws {
        let local = turn.inside(guild)
        guard let days = try snapshotDue(local) else { return }
        let span = local[every]
        let report = try Report(days, local).json
        try turn.store.run(
            """
            INSERT INTO analytics_snapshots (guild, span, first, at, data)
            VALUES (\(guild), \(span.rawValue), \(days.lowerBound), \(turn.now + turn.late), \(report))
            """)
        guard let place = local[place], today(turn, guild) - days.upperBound <= patience, local.whyNotPost(in: place) == nil
        else { return }
        let name = try serverName(local)
        let card = AnalyticsText.report(report, title: "\(name), the \(words: span.rawValue) in figures")
        let picture = AnalyticsPicture.attachment(report, titled: name)
        turn.emit(.post(channel: .known(place), local.post(card, picture, in: place)))
    }

    /// The days of the snapshot that is to be taken; nil where it is there, or too early for it.
    static func snapshotDue(_ local: Turn) throws -> ClosedRange<Day>? {
        let now = local.zone.wallTime(at: local.now + local.late)
        let span = local[every]
        let days = span.last(before: now.day)
        guard now.hour >= local[hour] || now.day - days.upperBound > 1,
            let first = try local.ledger().firstDay(local), first <= days.upperBound
        else { return nil }
        let known = try local.store.first(
            """
            SELECT 1 FROM analytics_snapshots
            WHERE guild = \(try local.requireGuild()) AND span = \(span.rawValue) AND first = \(days.lowerBound)
            """
        ) { $0.int(0) }
        return known == nil ? days : nil
    }

    /// Shows the last snapshot, or an earlier one.
    static let dashboard = Command(
        "analytics.dashboard", "The last snapshot of the server's statistics", also: ["dashboard"], isSlow: true,
        changes: false,
        returns: .record(["at_ms": .instant, "span": .text, "report": Report.shape]), example: "back: 1",
        .whole("back", "How many snapshots before the last one", 0...1000, default: 0)
    ) { turn, back in
        let found = try rows(turn, from: back, limit: 1).first
        guard let found, let data = found["data"] else {
            if back > 0 {
                throw Refusal(
                    .notFound, "There are not so many snapshots yet.", hint: "See them with analytics snapshots.", field: "back"
                )
            }
            let span = turn[every]
            let report = try Report(span.upTo(turn.zone.day(of: turn.now)), turn).json
            return Reply.done(
                AnalyticsText.early(report, span, at: turn[hour]),
                data: .fields(["at_ms": .null, "span": .string(span.rawValue), "report": report]))
        }
        let at = Instant(milliseconds: found["at_ms"]?.int ?? 0)
        let name = try serverName(turn)
        return Reply.done(
            AnalyticsText.snapshot(data, at: at, name),
            data: .fields(["at_ms": found["at_ms"], "span": found["span"], "report": data])
        ).with(AnalyticsPicture.attachment(data, titled: name))
    }

    static let snapshots = Command(
        "analytics.snapshots", "The snapshots that are kept", changes: false,
        returns: .record([
            "rows": .list(.record(["at_ms": .instant, "span": .text, "from": .text, "until": .text, "messages": .whole])),
            "next": .text,
        ]), .limit(20), .cursor
    ) { turn, limit, cursor in
        var rows = try rows(turn, from: cursor.offset, limit: limit + 1).map(summary)
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        let next = hasMore ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            AnalyticsText.snapshots(rows), data: .fields(["rows": .array(rows), "next": next.map { .string($0) }]), next: next)
    }

    static func summary(_ row: JSON) -> JSON {
        .fields([
            "at_ms": row["at_ms"], "span": row["span"], "from": row["data"]?["from"], "until": row["data"]?["until"],
            "messages": row["data"]?["figures"]?["messages"], "members": row["data"]?["figures"]?["members"],
        ])
    }

    /// Newest first.
    static func rows(_ turn: Turn, from offset: Int, limit: Int) throws -> [JSON] {
        try turn.store.all(
            """
            SELECT at, span, data FROM analytics_snapshots WHERE guild = \(try turn.requireGuild())
            ORDER BY at DESC, first DESC LIMIT \(limit) OFFSET \(offset)
            """
        ) { ["at_ms": .int($0.int(0)), "span": .string($0.text(1)), "data": $0.json(2)] }
    }
}
