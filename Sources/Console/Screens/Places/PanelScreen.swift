internal import Shared

/// Any live table of the daemon, from its description alone: what a new feature gets without a line here.
struct PanelScreen {
    let model: Model
    let topic: String

    private var panel: ControlPanel? { model.panels.first { $0.topic == topic } }

    struct Layout {
        var head: Rect
        var chart: Rect?
        var table: Rect
        /// The row under the cursor in full: below on a small screen, beside on a wide one.
        var strip: Rect?
        var pane: Rect?
    }

    var layout: Layout {
        var (head, body) = model.body.cut(top: 1)
        var layout = Layout(head: head, table: body)
        if model.isWide {
            let (left, right) = model.body.cut(left: model.size.width * 3 / 5)
            layout.pane = Rect(x: right.x + 1, y: right.y, width: right.width - 1, height: right.height)
            (head, body) = left.cut(top: 1)
            layout.head = head
        } else if isCrowded {
            let (upper, strip) = body.cut(top: body.height - 4)
            (body, layout.strip) = (upper, strip)
        }
        if let chart = panel?.chart, !model.showsNumbers {
            let isCalendar = chart.kind == "calendar"
            let height = isCalendar && model.isWide ? body.height * 3 / 5 : min(model.isWide ? 16 : 12, body.height * 3 / 5)
            let (upper, lower) = body.cut(top: height)
            let width = isCalendar || chart.kind == "grid" ? upper.width - 2 : min(76, upper.width - 2)
            layout.chart = Rect(x: 1, y: upper.y, width: width, height: upper.height - 1)
            body = lower
        }
        layout.table = body
        return layout
    }

    /// Whether a small screen cannot show every column: told by the columns, so that it does not change with the rows.
    private var isCrowded: Bool {
        guard let panel, panel.chart == nil || model.showsNumbers else { return false }
        return panel.columns.reduce(0) { $0 + min(16, CellFormat.room($1.kind).upperBound) + 1 } > model.size.width
    }

    func draw(into canvas: inout Canvas) {
        guard let panel else {
            canvas.put(model.isLive ? "The daemon has no such table." : "Asking…", at: 2, model.body.y + 1, .quiet)
            return
        }
        let feed = model.feed(of: model.place)
        let rows = model.table.visible(feed, panel.columns, model.format)
        let layout = layout
        head(panel, &canvas, layout.head)
        if let chart = panel.chart, let rect = layout.chart {
            PanelChart(model: model, panel: panel, chart: chart, rows: feed?.rows ?? []).draw(into: &canvas, rect)
        }
        TableView(columns: panel.columns, rows: rows, state: model.table, feed: feed, format: model.format)
            .draw(into: &canvas, layout.table, empty: panel.empty)
        let detail = DetailView(model: model, panel: panel, row: model.rowAtRest(in: rows))
        if let strip = layout.strip { detail.draw(strip: strip, into: &canvas) }
        if let pane = layout.pane { detail.draw(pane: pane, into: &canvas) }
    }

    /// The tables under this letter, then what this one is about.
    private func head(_ panel: ControlPanel, _ canvas: inout Canvas, _ rect: Rect) {
        let tabs = model.tabs
        guard tabs.count > 1 else { return _ = canvas.put(panel.summary, at: 2, rect.y, .quiet, until: rect.right) }
        let names = tabs.enumerated().map { model.showsCalendar ? $0.element.title : "\($0.offset + 1) \($0.element.title)" }
        let here = tabs.firstIndex { $0.topic == topic } ?? 0
        var first = 0
        func width(to last: Int) -> Int { (first...last).reduce(0) { $0 + names[$1].width(model.policy) + 2 } }
        while first < here, width(to: here) > rect.width - 4 { first += 1 }
        var x = rect.x + 2
        for index in first..<names.count {
            guard x + names[index].width(model.policy) <= rect.right else { break }
            x =
                canvas.put(names[index], at: x, rect.y, index == here ? Style(.accent, bold: true, underlined: true) : .quiet)
                + 2
        }
        if x + 12 < rect.right { canvas.put(panel.summary, at: x + 1, rect.y, .quiet, until: rect.right) }
    }
}

extension Model {
    /// The table that the cursor is in, and where it stands.
    var shownTable: (columns: [ControlPanel.Column], rect: Rect)? {
        switch place {
        case .overview: (OverviewScreen.guildColumns, OverviewScreen(model: self).layout.guilds)
        case .leaderboard: (BoardScreen.columns, BoardScreen(model: self).layout.table)
        case .panel(let topic):
            panels.first { $0.topic == topic }.map { ($0.columns, PanelScreen(model: self, topic: topic).layout.table) }
        }
    }

    /// The row that is shown closer: the one under the cursor as soon as it rests.
    func rowAtRest(in rows: [Feed.Row]) -> Feed.Row? {
        if isMoving, let row = rows.first(where: { $0.key == rested }) { return row }
        return table.index(in: rows).map { rows[$0] }
    }

    /// How many columns of it find no room.
    var hiddenColumns: Int {
        guard let shown = shownTable else { return 0 }
        let feed = feed(of: place)
        let rows = table.visible(feed, shown.columns, format)
        return TableView(columns: shown.columns, rows: rows, state: table, feed: feed, format: format).hidden(shown.rect.width)
    }
}
