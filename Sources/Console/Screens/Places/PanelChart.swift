internal import Shared

/// The chart over a table, as the table's description says: a line, bars, a heatmap, a funnel, a grid or a calendar.
struct PanelChart {
    let model: Model
    let panel: ControlPanel
    let chart: ControlPanel.Chart
    let rows: [Feed.Row]

    private var glyphs: Glyphs { model.glyphs }
    private var selected: Int? { model.selectedRow.flatMap { row in rows.firstIndex { $0.key == row.key } } }
    private var metric: ControlPanel.Column? {
        let key = model.metric[panel.topic] ?? chart.y
        return panel.columns.first { $0.key == key }
    }

    func draw(into canvas: inout Canvas, _ rect: Rect) {
        guard !rows.isEmpty else { return }
        switch chart.kind {
        case "heatmap": heat(&canvas, rect)
        case "funnel":
            FunnelChart(steps: rows.map { (name: name($0), value: $0.value[chart.y]?.double) }, glyphs: glyphs)
                .draw(into: &canvas, rect)
        case "grid":
            GridChart(rows: rows.map { (name: name($0), cells: $0.value[chart.y]) }, glyphs: glyphs, selected: selected)
                .draw(into: &canvas, rect)
        case "calendar": calendar(&canvas, rect)
        case "bars": bars(&canvas, rect)
        default: line(&canvas, rect)
        }
    }

    private func name(_ row: Feed.Row) -> String {
        let kind = panel.columns.first { $0.key == chart.x }?.kind ?? .text
        return model.format.show(row.value[chart.x], kind).text
    }

    private func values(_ key: String) -> [Double?] { rows.map { $0.value[key]?.double } }

    private var unit: String { metric.map { $0.unit.map { unit in "\(metric?.title ?? "") in \(unit)" } ?? $0.title } ?? "" }

    private func heat(_ canvas: inout Canvas, _ rect: Rect) {
        let cells = rows.map { ($0.value[chart.y]?.array ?? []).map(\.double) }
        HeatChart(rows: rows.map(name), cells: cells, glyphs: glyphs, selected: selected).draw(into: &canvas, rect)
    }

    private func bars(_ canvas: inout Canvas, _ rect: Rect) {
        let all = values(metric?.key ?? chart.y)
        let bars = zip(rows, all).map { (name: name($0), value: $1) }
        BarChart(bars: bars, unit: unit, glyphs: glyphs, selected: selected).draw(into: &canvas, rect)
    }

    /// Compared, the later half stands before the earlier one.
    private func line(_ canvas: inout Canvas, _ rect: Rect) {
        let all = values(metric?.key ?? chart.y)
        let half = model.compares && all.count >= 4 ? all.count / 2 : 0
        let shown = Array(all.suffix(half > 0 ? half : all.count))
        let earlier = half > 0 ? Array(all.dropLast(half).suffix(half)) : []
        let step = max(1, shown.count / 8)
        let labels = rows.suffix(shown.count).enumerated().map { index, row -> String in
            guard index % step == 0, let value = row.value[chart.x] else { return "" }
            guard panel.columns.first(where: { $0.key == chart.x })?.kind == .time, let moment = value.int else {
                return shortDay(name(row))
            }
            return Numbers.time(model.clock.wall(Instant(milliseconds: moment)))
        }
        LineChart(
            values: shown, labels: labels, unit: half > 0 ? unit + ", the time before behind it" : unit, glyphs: glyphs,
            earlier: earlier
        )
        .draw(into: &canvas, rect)
    }

    /// "2026-11-21" as "11-21": the year is no news under an axis.
    private func shortDay(_ text: String) -> String {
        let parts = text.split(separator: "-")
        return parts.count == 3 && parts[0].count == 4 ? parts[1] + "-" + parts[2] : text
    }

    private func calendar(_ canvas: inout Canvas, _ rect: Rect) {
        let chosen = model.selectedRow
        let entries = rows.flatMap { row -> [MonthChart.Entry] in
            let start = row.value[chart.x]?.int
            let length = max(0, (row.value["ends_ms"]?.int ?? start ?? 0) - (start ?? 0))
            let coming = (row.value["times_ms"]?.array ?? []).compactMap(\.int)
            return Set([start].compactMap(\.self) + coming).sorted().map { moment in
                MonthChart.Entry(
                    start: Instant(milliseconds: moment), end: Instant(milliseconds: moment + length),
                    title: row.value[chart.y]?.plain ?? row.key, isSelected: row.key == chosen?.key)
            }
        }
        MonthChart(entries: entries, clock: model.clock, glyphs: glyphs, day: model.calendarDay, span: model.calendarSpan)
            .draw(into: &canvas, rect)
    }
}

extension Model {
    /// The day that a calendar shows: the one of the row under the cursor, turned by whole months or weeks.
    var calendarDay: Day {
        let today = clock.wall(clock.now).day
        let start = panel?.chart.flatMap { chart in selectedRow?.value[chart.x]?.int }
        let day = start.map { clock.wall(Instant(milliseconds: $0)).day } ?? today
        guard calendarShift != 0 else { return day }
        guard calendarSpan == .month else { return day + 7 * calendarShift }
        let months = day.date.year * 12 + day.date.month - 1 + calendarShift
        return Day(year: months / 12, month: months % 12 + 1, day: 1)
    }

    var showsCalendar: Bool { panel?.chart?.kind == "calendar" && !showsNumbers }
}
