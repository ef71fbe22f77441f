internal import Shared

/// Whom the leaderboard last asked about, and what the answers were.
struct Board: Hashable, Sendable {
    var member: String?
    var profile: CardText?
    var why: CardText?
}

/// The most active members of a guild, live.
struct BoardScreen {
    let model: Model

    static let columns: [ControlPanel.Column] = [
        .init(key: "rank", title: "#", kind: .number), .init(key: "delta", title: "±", kind: .delta),
        .init(key: "member", title: "Member", kind: .member), .init(key: "points", title: "Points", kind: .points),
        .init(key: "today", title: "Today", kind: .points), .init(key: "streak", title: "Streak", kind: .days),
        .init(key: "spark", title: "7 days", kind: .spark), .init(key: "messages", title: "Msgs", kind: .number),
        .init(key: "last_ms", title: "Last", kind: .time),
    ]

    var layout: (table: Rect, pane: Rect?) {
        let body = model.body
        guard model.isWide else { return (body, nil) }
        let (table, pane) = body.cut(left: body.width * 11 / 20)
        return (table, Rect(x: pane.x + 1, y: pane.y, width: pane.width - 2, height: pane.height))
    }

    func draw(into canvas: inout Canvas) {
        let layout = layout
        let feed = model.feed(of: .leaderboard)
        let rows = model.table.visible(feed, Self.columns, model.format)
        let empty = model.guild == nil ? "The bot is in no server yet." : "Nobody has been active in this time."
        TableView(
            columns: Self.columns, rows: rows, state: model.table, feed: feed, format: model.format,
            isExpected: model.guild != nil || model.hello == nil
        )
        .draw(into: &canvas, layout.table, empty: empty)
        if let pane = layout.pane { draw(pane: pane, &canvas, model.rowAtRest(in: rows)) }
    }

    /// What there is room for on a wide screen: the selected member, closer.
    private func draw(pane: Rect, _ canvas: inout Canvas, _ row: Feed.Row?) {
        guard let row else { return canvas.box(pane, model.glyphs, title: "Member") }
        let member = row.value["member"]
        canvas.box(pane, model.glyphs, title: member?["name"]?.text ?? row.key)
        let inside = pane.inset(2, 1)
        var y = facts(row, &canvas, inside)
        y = week(row, &canvas, Rect(x: inside.x, y: y + 1, width: inside.width, height: 11))
        let isSame = model.board.member == member?["id"]?.text
        y = card(isSame ? model.board.profile : nil, "Profile", "Enter asks for the profile.", &canvas, inside, y + 1)
        _ = card(isSame ? model.board.why : nil, "Why", "w asks why the score is what it is.", &canvas, inside, y + 1)
    }

    private func facts(_ row: Feed.Row, _ canvas: inout Canvas, _ rect: Rect) -> Int {
        let shown = Self.columns.filter { !["member", "spark"].contains($0.key) }
        let titles = ["rank": "Rank", "delta": "Moved", "messages": "Messages", "last_ms": "Last seen"]
        for (index, column) in shown.enumerated() {
            let x = rect.x + index % 2 * (rect.width / 2)
            let y = rect.y + index / 2
            let (text, ink) = model.format.show(row.value[column.key], column.kind)
            canvas.put(titles[column.key] ?? column.title, in: 10, .left, at: x, y, .quiet)
            canvas.put(text, at: x + 11, y, Style(ink, bold: true), until: x + rect.width / 2)
        }
        return rect.y + (shown.count + 1) / 2
    }

    private func week(_ row: Feed.Row, _ canvas: inout Canvas, _ rect: Rect) -> Int {
        let values = row.value["spark"]?.array?.map(\.double) ?? []
        guard !values.isEmpty else { return rect.y }
        canvas.rule(rect.y, from: rect.x, to: rect.right, model.glyphs)
        canvas.put(" Last \(values.count) days ", at: rect.x + 1, rect.y, .title)
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let today = model.clock.wall(model.clock.now).day
        let labels = values.indices.map { days[(today - (values.count - 1 - $0)).weekday] }
        let columns = Glyphs(model.glyphs.ladder == .ascii ? .ascii : .blocks, policy: model.policy)
        let plot = Rect(x: rect.x, y: rect.y + 1, width: min(rect.width, 60), height: rect.height - 2)
        LineChart(values: values, labels: labels, unit: "points", glyphs: columns).draw(into: &canvas, plot)
        return rect.bottom - 1
    }

    private func card(
        _ card: CardText?, _ title: String, _ invitation: String, _ canvas: inout Canvas, _ rect: Rect, _ y: Int
    ) -> Int {
        guard y + 2 <= rect.bottom else { return y }
        canvas.rule(y, from: rect.x, to: rect.right, model.glyphs)
        canvas.put(" \(title) ", at: rect.x + 1, y, .title)
        guard let card else {
            canvas.put(invitation, at: rect.x, y + 1, .quiet, until: rect.right)
            return y + 2
        }
        let rows = card.rows(rect.width, model.policy).prefix(max(0, rect.bottom - y - 1))
        for (line, row) in rows.enumerated() {
            canvas.put(row.text, at: rect.x, y + 1 + line, row.style, until: rect.right)
        }
        return y + 1 + rows.count
    }
}
