internal import Shared

/// Every screen and every command of the daemon by name; it also shows the line that does the same in a shell.
struct PaletteState: Sendable {
    var search = TextField()
    var selected = 0

    struct Entry: Hashable, Sendable {
        var title: String
        var summary: String
        var line: String
        var outcome: Outcome
        var changes = false
    }

    func keys(_ model: Model) -> [Binding] {
        let entries = entries(model)
        let chosen = entries.indices.contains(selected) ? entries[selected] : nil
        let needsDaemon = chosen?.isCommand == true ? model.asleep : nil
        let mayNot = chosen?.outcome.method.flatMap { model.objection(to: $0) }
        return KeyTable.palette.map { row in
            var row = row
            if row.intent == .accept { row.off = entries.isEmpty ? "nothing matches" : needsDaemon ?? mayNot }
            if row.intent == .copy { row.off = entries.isEmpty ? "nothing matches" : nil }
            return row
        }
    }

    func entries(_ model: Model) -> [Entry] {
        var all = [
            Entry(title: "Overview", summary: "The house at a glance", line: "hearth status", outcome: .go(.overview)),
            Entry(
                title: "Leaderboard", summary: "The most active members, live", line: "hearth watch activity.leaderboard",
                outcome: .go(.leaderboard)),
        ]
        all += model.panels.filter { !["house.overview", "activity.leaderboard"].contains($0.topic) }.map { panel in
            Entry(
                title: panel.title, summary: panel.summary, line: "hearth watch " + panel.topic,
                outcome: .go(.panel(panel.topic)))
        }
        all += model.methods.filter { !$0.name.hasPrefix("meta.") && !$0.name.hasPrefix("sub.") && $0.name != "hello" }
            .map { method in
                Entry(
                    title: method.name.replacingDots, summary: method.summary, line: "hearth " + method.name.replacingDots,
                    outcome: .form(Wish(method: method.name, label: method.summary)), changes: method.changes)
            }
        let text = search.text.lowercased()
        let wanted = text.split(separator: " ")
        let found = all.filter { entry in
            let text = (entry.title + " " + entry.summary + " " + entry.line).lowercased()
            return wanted.allSatisfy { text.contains($0) }
        }
        return (0...3).flatMap { rank in found.filter { $0.rank(of: text) == rank } }
    }

    func chosen(_ model: Model) -> Outcome? {
        let entries = entries(model)
        return entries.indices.contains(selected) ? entries[selected].outcome : nil
    }

    func draw(into canvas: inout Canvas, _ model: Model) {
        let entries = entries(model)
        let frame = Rect(x: 0, y: 1, width: model.size.width, height: model.size.height - 2)
            .centred(Size(72, min(model.size.height - 4, 30)))
        canvas.box(frame, model.glyphs, title: "Go to, or do")
        let inside = frame.inset(2, 1)
        canvas.put(":", at: inside.x, inside.y, Style(.accent, bold: true))
        search.draw(into: &canvas, at: inside.x + 2, inside.y, width: inside.width - 2, .plain, focused: true)
        let list = Rect(x: inside.x, y: inside.y + 2, width: inside.width, height: inside.height - 4)
        let first = max(0, min(selected - list.height / 2, entries.count - list.height))
        for (line, index) in entries.indices.dropFirst(first).prefix(list.height).enumerated() {
            let entry = entries[index]
            let y = list.y + line
            canvas.put(entry.title, in: 26, .left, at: list.x + 2, y, entry.isCommand ? .plain : Style(.title))
            canvas.put(entry.changes ? model.glyphs.changed : " ", at: list.x + 29, y, Style(.warn))
            canvas.put(entry.summary, at: list.x + 31, y, .quiet, until: list.right)
            if index == selected {
                canvas.sign(model.glyphs.pointer, at: list.x, y, Style(.accent, bold: true))
                canvas.restyle(Rect(x: list.x, y: y, width: list.width, height: 1)) { $0.ink = .selected }
            }
        }
        if entries.isEmpty { canvas.put("Nothing is called that.", at: list.x + 2, list.y, .quiet) }
        if entries.indices.contains(selected) {
            canvas.put("In a shell: " + entries[selected].line, at: inside.x, inside.bottom - 1, .quiet, until: inside.right)
        }
    }
}

extension Outcome {
    fileprivate var method: String? { if case .form(let wish) = self { wish.method } else { nil } }
}

extension PaletteState.Entry {
    var isCommand: Bool { if case .form = outcome { true } else { false } }

    /// What is called so comes first, then a screen that begins so, then one that speaks of it, and commands at last.
    fileprivate func rank(of text: String) -> Int {
        let title = title.lowercased()
        if title == text { return 0 }
        return isCommand ? 3 : title.hasPrefix(text) ? 1 : 2
    }
}
