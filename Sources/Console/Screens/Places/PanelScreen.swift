internal import Shared

/// Any live table of the daemon, from its description alone: what a new feature gets without a line here.
struct PanelScreen {
    let model: Model
    let topic: String

    private var panel: ControlPanel? { model.panels.first { $0.topic == topic } }

    var layout: (chart: Rect?, table: Rect) {
        let body = model.body
        guard panel?.chart != nil, !model.showsNumbers else { return (nil, body.cut(top: 1).1) }
        let (chart, table) = body.cut(top: min(14, body.height / 2))
        return (Rect(x: 1, y: chart.y + 1, width: min(76, chart.width - 2), height: chart.height - 2), table)
    }

    func draw(into canvas: inout Canvas) {
        guard let panel else {
            canvas.put(model.isLive ? "The daemon has no such table." : "Asking…", at: 2, model.body.y + 1, .quiet)
            return
        }
        let feed = model.feed(of: model.place)
        let rows = model.table.visible(feed, panel.columns, model.format)
        let layout = layout
        canvas.put(panel.summary, at: 2, model.body.y, .quiet)
        if let chart = panel.chart, let rect = layout.chart { draw(chart, feed?.rows ?? [], &canvas, rect) }
        TableView(columns: panel.columns, rows: rows, state: model.table, feed: feed, format: model.format)
            .draw(into: &canvas, layout.table, empty: panel.empty)
    }

    private func draw(_ chart: ControlPanel.Chart, _ rows: [Feed.Row], _ canvas: inout Canvas, _ rect: Rect) {
        guard !rows.isEmpty else { return }
        if chart.kind == "heatmap" {
            let cells = rows.map { ($0.value[chart.y]?.array ?? []).map(\.double) }
            let labels = rows.map { $0.value[chart.x]?.text ?? "" }
            return HeatChart(rows: labels, cells: cells, glyphs: Glyphs(model.glyphs.ladder, policy: model.policy))
                .draw(into: &canvas, rect)
        }
        let kind = panel?.columns.first { $0.key == chart.x }?.kind ?? .text
        let step = max(1, rows.count / 8)
        let labels = rows.enumerated().map { index, row in
            guard index % step == 0, let value = row.value[chart.x] else { return "" }
            guard kind == .time, let moment = value.int else { return model.format.show(value, kind).text }
            return Numbers.time(model.clock.wall(Instant(milliseconds: moment)))
        }
        let unit = panel?.columns.first { $0.key == chart.y }?.unit ?? ""
        let ladder: Ladder = chart.kind == "bars" && model.glyphs.ladder == .braille ? .blocks : model.glyphs.ladder
        LineChart(
            values: rows.map { $0.value[chart.y]?.double }, labels: labels, unit: unit,
            glyphs: Glyphs(ladder, policy: model.policy)
        ).draw(into: &canvas, rect)
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
}
