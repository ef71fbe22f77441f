internal import Shared

extension Model {
    /// The whole screen as cells.
    package func draw(into canvas: inout Canvas) {
        guard fits else { return drawTooSmall(&canvas) }
        header(&canvas)
        switch place {
        case .overview: OverviewScreen(model: self).draw(into: &canvas)
        case .leaderboard: BoardScreen(model: self).draw(into: &canvas)
        case .panel(let topic): PanelScreen(model: self, topic: topic).draw(into: &canvas)
        }
        if case .lost(let reason, let since) = link { dim(&canvas, reason, since) }
        for overlay in overlays { overlay.draw(into: &canvas, self) }
        if awaitsPlace { GoMenu(model: self).draw(into: &canvas) }
        footer(&canvas)
    }

    package func drawn() -> Canvas {
        var canvas = Canvas(size, policy: policy)
        draw(into: &canvas)
        return canvas
    }

    /// What lies between the header and the key bar, less the banner while there is no daemon.
    var body: Rect {
        let banner = if case .lost = link { 1 } else { 0 }
        return Rect(x: 0, y: 1, width: size.width, height: size.height - 2 - banner)
    }

    private func drawTooSmall(_ canvas: inout Canvas) {
        let lines = [
            "Hearth needs \(Size.smallest.width)x\(Size.smallest.height), and has \(size.width)x\(size.height).",
            "Everything is kept. Make the window larger, or press q.",
        ]
        for (index, line) in lines.enumerated() {
            canvas.put(line, in: size.width, .centre, at: 0, max(0, size.height / 2 - 1) + index)
        }
    }

    // MARK: - Header

    private func header(_ canvas: inout Canvas) {
        canvas.fill(Rect(x: 0, y: 0, width: size.width, height: 1), Style(.bar))
        var x = canvas.put(title, at: 1, 0, Style(.bar, bold: true))
        let time = clockText
        for note in headerNotes { x = canvas.put("  " + note, at: x, 0, Style(.bar), until: size.width - time.count - 2) }
        canvas.put(time, at: size.width - time.count - 1, 0, Style(.bar))
    }

    private var title: String {
        switch place {
        case .overview: "Hearth"
        case .leaderboard: "Leaderboard"
        case .panel(let topic): panels.first { $0.topic == topic }?.title ?? topic
        }
    }

    /// What the viewer turned away from the usual.
    private var parameterNotes: [String] {
        guard let panel else { return [] }
        return panel.parameters.compactMap { parameter in
            choices[panel.topic]?[parameter.name]?.plain.map { "\(parameter.name) \($0)" }
        }
    }

    private var headerNotes: [String] {
        var notes: [String] = []
        switch place {
        case .overview:
            notes +=
                hello.map { ["\($0.guilds.count) server" + ($0.guilds.count == 1 ? "" : "s"), "version \($0.version)"] } ?? []
            notes += [companyNote].compactMap(\.self)
        case .leaderboard: notes += [home?.name ?? "no server", period == "all" ? "all time" : period]
        case .panel(let topic):
            if panels.first(where: { $0.topic == topic })?.scope == .guild { notes.append(home?.name ?? "no server") }
            notes += parameterNotes
        }
        if table.frozen != nil { notes.append("FROZEN") }
        if !table.filter.isEmpty, !table.filtering { notes.append("filter: \(table.filter.text)") }
        if let span = shownSpan { notes.append(span) }
        if !table.marked.isEmpty { notes.append("\(table.marked.count) marked") }
        if isLocked { notes.append("locked") }
        return notes
    }

    /// Which rows are in sight, where not all are.
    private var shownSpan: String? {
        guard let shown = shownTable else { return nil }
        let count = table.visible(feed(of: place), shown.columns, format).count
        let last = min(count, table.offset + shown.rect.height - 1)
        return count > shown.rect.height - 1 ? "\(table.offset + 1)-\(last) of \(count)" : nil
    }

    private var clockText: String {
        let wall = clock.wall(clock.now)
        let text = Numbers.time(wall) + ":" + padded(wall.second, 2)
        return clock.offset == .zero ? text + " UTC" : text
    }

    // MARK: - Footer

    /// The key bar, or what is being written, or what has just been said.
    private func footer(_ canvas: inout Canvas) {
        let y = size.height - 1
        canvas.fill(Rect(x: 0, y: y, width: size.width, height: 1), .plain)
        let state = linkText
        let end = size.width - state.text.width(policy) - 2
        canvas.put(state.text, at: end + 1, y, Style(state.ink, bold: true))
        if table.filtering, overlays.isEmpty {
            let x = canvas.put(" /", at: 0, y, Style(.accent, bold: true))
            return table.filter.draw(into: &canvas, at: x, y, width: end - x - 1, .plain, focused: true)
        }
        if awaitsPlace {
            return _ = canvas.put(
                " g  and the letter of a screen; g again: the first row", at: 0, y, Style(.accent), until: end)
        }
        if let notice { return _ = canvas.put(" " + notice.text, at: 0, y, Style(notice.ink, bold: true), until: end) }
        var x = 1
        for binding in barKeys {
            let width = binding.label.width(policy) + binding.hint.width(policy) + 3
            guard x + width <= end else { break }
            x = canvas.put(binding.label, at: x, y, Style(.key, bold: true))
            x = canvas.put(" " + binding.hint, at: x, y, .quiet) + 2
        }
    }

    private var linkText: (text: String, ink: Ink) {
        switch link {
        case .connecting: ("connecting", .warn)
        case .live: ((hello?.role ?? "") + " LIVE", .good)
        case .lost: ("NO DAEMON", .bad)
        }
    }

    /// What was known is shown for what it is: old.
    private func dim(_ canvas: inout Canvas, _ reason: String, _ since: Instant) {
        canvas.restyle(body) { style in
            style.ink = .stale
            style.bold = false
        }
        let age = Numbers.duration((clock.now - since).milliseconds)
        let y = size.height - 2
        canvas.fill(Rect(x: 0, y: y, width: size.width, height: 1), Style(.bad))
        let known = feeds.isEmpty ? "" : " All this is \(age) old."
        canvas.put(" No daemon: \(reason).\(known) Trying again.", at: 0, y, Style(.bad, bold: true))
    }
}
