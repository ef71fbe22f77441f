internal import Shared

/// Draws a form: its fields, what is wrong with them, what would happen, and what it answered.
struct FormView {
    let form: FormState
    let model: Model

    private struct Line {
        var text: String
        var style: Style = .plain
        var field: Int?
        var indent = 0
    }

    func draw(into canvas: inout Canvas) {
        let room = Rect(x: 0, y: 1, width: model.size.width, height: model.size.height - 2)
        let width = min(room.width - 4, 76)
        let lines = lines(width - 4)
        let frame = room.centred(Size(width, min(room.height, lines.count + 4)))
        canvas.box(frame, model.glyphs, title: form.method.name.replacingDots)
        let inside = frame.inset(2, 1)
        let body = Rect(x: inside.x, y: inside.y, width: inside.width, height: inside.height - 1)
        let focused = focusLine(lines)
        let first = max(0, min(focused - body.height + 3, lines.count - body.height))
        for (row, line) in lines.dropFirst(first).prefix(body.height).enumerated() {
            let y = body.y + row
            canvas.put(line.text, at: body.x + line.indent, y, line.style, until: body.right)
            if let field = line.field { draw(field, &canvas, Rect(x: body.x, y: y, width: body.width, height: 1)) }
        }
        canvas.put("In a shell: " + form.line, at: inside.x, inside.bottom - 1, .quiet, until: inside.right)
        if let word = form.typedWord { askWord(word, &canvas, body, first, lines.count) }
    }

    /// The typed word stands on the last line of the text.
    private func askWord(_ word: String, _ canvas: inout Canvas, _ body: Rect, _ first: Int, _ count: Int) {
        let y = body.y + min(body.height, count - first) - 1
        let x = canvas.put("Type \"\(word)\" and Enter: ", at: body.x, y, Style(.warn, bold: true))
        form.word.draw(into: &canvas, at: x, y, width: body.right - x, Style(.accent, underlined: true), focused: true)
    }

    private func focusLine(_ lines: [Line]) -> Int {
        if form.stage == .editing {
            return lines.firstIndex { $0.field == form.focus } ?? (form.isOnButton ? lines.count - 1 : 0)
        }
        return lines.count - 1
    }

    private func lines(_ width: Int) -> [Line] {
        var lines = form.method.summary.wrapped(to: width, model.policy).map { Line(text: $0, style: .quiet) }
        if let behalf = form.behalf { lines.append(Line(text: "On behalf of \(behalf)", style: Style(.warn, bold: true))) }
        lines.append(Line(text: ""))
        if case .done(let card) = form.stage {
            lines.append(Line(text: card.title, style: .title))
            return lines + card.rows(width, model.policy).map { Line(text: $0.text, style: $0.style) }
        }
        for index in form.fields.indices {
            lines.append(Line(text: "", field: index))
            lines += below(index, width)
        }
        lines.append(Line(text: ""))
        return lines + ending(width)
    }

    /// What stands under a field: its fault, or what it is and what is offered while it is being filled in.
    private func below(_ index: Int, _ width: Int) -> [Line] {
        let field = form.fields[index]
        var lines: [Line] = []
        if let error = field.error {
            lines += picture(error, width - 20).map { Line(text: $0, style: Style(.bad, bold: true), indent: 18) }
        }
        guard index == form.focus, form.stage == .editing else { return lines }
        lines.append(Line(text: field.parameter.summary + " (" + field.note + ")", style: .quiet, indent: 18))
        let first = max(0, (field.candidate ?? 0) - 4)
        for (offset, choice) in field.candidates.enumerated().dropFirst(first).prefix(5) {
            let chosen = offset == field.candidate
            let name = choice.label == choice.value ? choice.value : "\(choice.label)  \(choice.value)"
            let mark = chosen ? model.glyphs.pointer : model.glyphs.dot
            lines.append(Line(text: mark + " " + name, style: chosen ? Style(.selected) : .plain, indent: 18))
        }
        return lines
    }

    /// A sentence wraps; the picture of a rule with its caret under the place does not, or the caret would point elsewhere.
    private func picture(_ error: String, _ width: Int) -> [String] {
        let parts = error.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isPicture = parts.contains { part in part.contains("^") && part.allSatisfy { $0 == " " || $0 == "^" } }
        let lines = parts.flatMap { isPicture && $0 != parts[0] ? [$0] : $0.wrapped(to: width, model.policy) }
        return lines.enumerated().map { ($0.offset == 0 ? "! " : "  ") + $0.element }
    }

    private func ending(_ width: Int) -> [Line] {
        var lines: [Line] = []
        if let complaint = form.complaint {
            lines += complaint.wrapped(to: width, model.policy).map { Line(text: $0, style: Style(.bad, bold: true)) }
        }
        if let plan = form.preview {
            lines.append(Line(text: "Dry run: this would happen", style: .title))
            lines += (plan.lines + plan.times(model.clock, there: plan.zone.flatMap { model.zones[$0] })).flatMap {
                $0.wrapped(to: width, model.policy)
            }.map { text in
                Line(text: text, style: text.hasPrefix("  -") ? Style(.warn) : text.hasPrefix("  +") ? Style(.good) : .plain)
            }
        }
        switch form.stage {
        case .waiting(let what): lines.append(Line(text: what, style: .quiet))
        case .asking where form.typedWord != nil: lines.append(Line(text: ""))
        case .asking: lines.append(Line(text: "Do it? y/N", style: Style(.warn, bold: true)))
        case .editing:
            let label =
                form.method.changes ? (form.method.dryRun ? "[ Show what would happen, then ask ]" : "[ Go on ]") : "[ Run ]"
            let pointer = form.isOnButton ? model.glyphs.pointer + " " : "  "
            lines.append(Line(text: pointer + label, style: form.isOnButton ? Style(.accent, bold: true) : .quiet))
        case .done: break
        }
        return lines
    }

    private func draw(_ index: Int, _ canvas: inout Canvas, _ row: Rect) {
        let field = form.fields[index]
        let focused = index == form.focus && form.stage == .editing
        if focused { canvas.sign(model.glyphs.pointer, at: row.x, row.y, Style(.accent, bold: true)) }
        let name = String(field.parameter.name.map { $0 == "_" ? " " : $0 })
        canvas.put(name, in: 14, .left, at: row.x + 2, row.y, focused ? Style(.title, bold: true) : .plain)
        let x = row.x + 18
        let room = row.right - x
        if field.turns.isEmpty {
            let width = min(room, 40)
            field.text.draw(into: &canvas, at: x, row.y, width: width, Style(.plain, underlined: true), focused: focused)
            if field.text.isEmpty, !focused, let current = field.current {
                canvas.put("now " + current, at: x, row.y, .quiet, until: row.right)
            }
            if let label = field.label, label != field.text.text {
                canvas.put(label, at: x + width + 1, row.y, .quiet, until: row.right)
            }
            return
        }
        let chosen = field.parameter.choices.first { $0.value == field.text.text }?.label ?? field.text.text
        let arrows = model.policy == .ascii ? ("<", ">") : ("‹", "›")
        canvas.put(
            "\(arrows.0) \(chosen.isEmpty ? field.current.map { "now " + $0 } ?? "not said" : chosen) \(arrows.1)", at: x,
            row.y, focused ? Style(.accent) : .plain,
            until: row.right)
    }
}
