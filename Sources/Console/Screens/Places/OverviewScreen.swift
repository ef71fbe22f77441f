internal import Shared

/// The house at a glance: how it is, what goes on, where, and what went wrong.
struct OverviewScreen {
    let model: Model

    private var glyphs: Glyphs { model.glyphs }
    private var house: [Feed.Row] { model.feeds[FeedKey("house.overview")]?.rows ?? [] }
    private var faults: [Feed.Row] { model.feeds[FeedKey("house.faults")]?.rows ?? [] }
    private var hours: [Feed.Row] { model.feeds[FeedKey("activity.hours")]?.rows ?? [] }

    static let guildColumns: [ControlPanel.Column] = [
        .init(key: "name", title: "Server", kind: .text), .init(key: "members", title: "Members", kind: .number),
        .init(key: "messages_today", title: "Today", kind: .number),
        .init(key: "points_today", title: "Points", kind: .points), .init(key: "state", title: "State", kind: .state),
    ]

    /// Above house and chart, below servers and faults; on a wide screen beside each other.
    struct Layout {
        var house: Rect
        var chart: Rect
        var guilds: Rect
        var faults: Rect
    }

    var layout: Layout {
        let body = model.body.inset(1)
        if model.isWide {
            let (top, bottom) = body.cut(top: 22)
            let (left, right) = top.cut(left: body.width / 2)
            let (guilds, faults) = bottom.cut(left: body.width / 2)
            return Layout(
                house: Rect(x: left.x, y: left.y + 1, width: left.width - 4, height: left.height - 2),
                chart: Rect(x: right.x, y: right.y + 1, width: right.width, height: 19),
                guilds: Rect(x: guilds.x, y: guilds.y, width: guilds.width - 4, height: guilds.height - 1), faults: faults)
        }
        let spare = max(0, body.height - 22)
        let (house, rest) = body.cut(top: 6)
        let (chart, below) = rest.cut(top: 8 + spare / 3)
        let (guilds, faults) = below.cut(top: 5 + spare / 3)
        return Layout(house: house, chart: chart, guilds: guilds, faults: faults)
    }

    func draw(into canvas: inout Canvas) {
        let layout = layout
        drawHouse(&canvas, layout.house)
        drawHours(&canvas, layout.chart)
        let feed = model.feeds[FeedKey("house.guilds")]
        let rows = model.table.visible(feed, Self.guildColumns, model.format)
        TableView(columns: Self.guildColumns, rows: rows, state: model.table, feed: feed, format: model.format)
            .draw(into: &canvas, layout.guilds, empty: "The bot is in no server yet. Invite it to one.")
        drawFaults(&canvas, layout.faults)
    }

    private func section(_ title: String, _ note: String = "", _ canvas: inout Canvas, _ rect: Rect) {
        canvas.rule(rect.y, from: rect.x, to: rect.right, glyphs)
        let x = canvas.put(" \(title) ", at: rect.x + 1, rect.y, .title)
        if !note.isEmpty { canvas.put(note + " ", at: x, rect.y, .quiet, until: rect.right) }
    }

    /// Why there are no rows.
    private func absence(_ topic: String, empty: String = "Nothing.") -> String {
        switch model.feeds[FeedKey(topic)]?.state {
        case nil, .opening?: "Asking…"
        case .refused(let why)?: why
        case .live?, .stale?: empty
        }
    }

    private func drawHouse(_ canvas: inout Canvas, _ rect: Rect) {
        section("House", "", &canvas, rect)
        let body = rect.cut(top: 1).1
        let rows = house
        if rows.isEmpty { canvas.put(absence("house.overview"), at: body.x + 1, body.y, .quiet, until: body.right) }
        let columns = rows.count > body.height ? 2 : 1
        let perColumn = (rows.count + columns - 1) / columns
        let width = body.width / columns
        for (index, row) in rows.enumerated() where index % max(1, perColumn) < body.height {
            let x = body.x + index / max(1, perColumn) * width
            let y = body.y + index % max(1, perColumn)
            let state = glyphs.state(row.value["state"]?.text ?? "")
            canvas.sign(state.sign, at: x + 1, y, Style(state.ink, bold: true))
            canvas.put(row.value["label"]?.text ?? row.key, in: 11, .left, at: x + 3, y, .quiet)
            let ink: Ink = ["warn", "bad"].contains(row.value["state"]?.text) ? state.ink : .plain
            canvas.put(row.value["value"]?.plain ?? "", at: x + 15, y, Style(ink), until: x + width - 1)
        }
    }

    private func drawHours(_ canvas: inout Canvas, _ rect: Rect) {
        let values = hours.map { $0.value["messages"]?.double }
        let total = Int(values.compactMap { $0 }.reduce(0, +))
        let missing = values.filter { $0 == nil }.count
        let note = hours.isEmpty ? "" : "\(total) in 24 hours" + (missing > 0 ? ", \(missing) h not counted" : "")
        section("Messages an hour", note, &canvas, rect)
        let body = rect.cut(top: 1).1
        guard !hours.isEmpty else {
            return _ = canvas.put(absence("activity.hours"), at: body.x + 1, body.y, .quiet, until: body.right)
        }
        let times = hours.map { row in
            row.value["hour_ms"]?.int.map { Numbers.time(model.clock.wall(Instant(milliseconds: $0))) } ?? ""
        }
        if model.showsNumbers { return drawNumbers(&canvas, body, times, values) }
        let labels = times.enumerated().map { $0.offset % 4 == 0 ? $0.element : "" }
        let chart = Rect(x: body.x, y: body.y, width: min(body.width, 76), height: min(body.height, 15))
        LineChart(values: values, labels: labels, unit: "messages", glyphs: glyphs).draw(into: &canvas, chart)
    }

    /// The same as a table, which can be read aloud.
    private func drawNumbers(_ canvas: inout Canvas, _ rect: Rect, _ times: [String], _ values: [Double?]) {
        let rows = max(1, min(rect.height, 6))
        for (index, time) in times.enumerated() {
            let x = rect.x + 1 + index / rows * 13
            let text = values[index].map { Numbers.fixed($0, 0) } ?? "?"
            guard x + 12 <= rect.right else { return }
            canvas.put(time, at: x, rect.y + index % rows, .quiet)
            canvas.put(text, in: 5, .right, at: x + 6, rect.y + index % rows)
        }
    }

    private func drawFaults(_ canvas: inout Canvas, _ rect: Rect) {
        guard rect.height > 0 else { return }
        section("Faults", faults.isEmpty ? "" : "\(faults.count)", &canvas, rect)
        let body = rect.cut(top: 1).1
        if faults.isEmpty {
            let word = absence("house.faults", empty: "None. All is well.")
            canvas.put(word, at: body.x + 1, body.y, .quiet, until: body.right)
        }
        for (line, row) in faults.prefix(body.height).enumerated() {
            canvas.put(FaultLine(row.value, model.format).text, at: body.x + 1, body.y + line, Style(.warn), until: body.right)
        }
    }
}

/// One fault in one line, whatever columns the daemon has for it.
struct FaultLine {
    var text: String

    init(_ row: JSON, _ format: CellFormat) {
        let parts = (row.object?.members ?? []).compactMap { key, value -> String? in
            if key.hasSuffix("_ms") { return format.show(value, .time).text }
            return value.plain ?? value["name"]?.text
        }
        text = parts.filter { !$0.isEmpty }.joined(separator: "  ")
    }
}
