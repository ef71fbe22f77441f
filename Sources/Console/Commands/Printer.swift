internal import Shared

/// Puts data on standard output in the asked form, and notes beside it. Nothing but data goes out.
struct Printer {
    /// Nobody reads any more: there is nothing left to do, and that is no error.
    struct NobodyReads: Error {}

    let world: World
    let options: Options
    var format: Format { options.format ?? (world.outputIsTerminal ? .plain : .json) }

    func line(_ text: String) throws(NobodyReads) {
        if !world.write(text + "\n") { throw NobodyReads() }
    }

    func note(_ text: String) {
        if !options.quiet { world.say(text.inert) }
    }

    /// The text of a file as it is, unless another form is asked for.
    func document(_ text: String) throws(NobodyReads) -> Bool {
        guard options.format == nil, options.columns.isEmpty else { return false }
        if !world.write(text) { throw NobodyReads() }
        return true
    }

    func result(_ result: JSON, card: JSON?) throws(NobodyReads) {
        switch format {
        case .json: try line(options.columns.isEmpty ? result.line : picked(result).line)
        case .csv: try csv(Rows(result, wanting: options.columns), heading: true)
        case .plain:
            if result["dry_run"]?.bool == true {
                try plan(result)
            } else if let card, options.columns.isEmpty {
                try show(card)
            } else {
                try table(Rows(result, wanting: options.columns))
            }
        }
        if let next = result["next"]?.text, !next.isEmpty { note("There is more: --cursor \(next), or --stream for all.") }
    }

    /// One page of a stream: rows only, one a line, the heading before the first page.
    func page(_ result: JSON, first: Bool) throws(NobodyReads) {
        let rows = Rows(result, wanting: options.columns)
        switch format {
        case .json: for row in rows.rows { try line(options.columns.isEmpty ? row.line : pick(row).line) }
        case .csv: try csv(rows, heading: first)
        case .plain: try table(rows)
        }
    }

    // MARK: - Forms

    private func picked(_ result: JSON) -> JSON {
        guard case .object(var object) = result, let rows = result["rows"]?.array else { return pick(result) }
        object["rows"] = .array(rows.map(pick))
        return .object(object)
    }

    private func pick(_ row: JSON) -> JSON {
        .object(JSON.Object(options.columns.map { ($0, Rows.value($0, in: row)) }))
    }

    private func csv(_ rows: Rows, heading: Bool) throws(NobodyReads) {
        if heading { try line(rows.columns.map(Self.quoted).joined(separator: ",")) }
        for row in rows.rows {
            try line(rows.columns.map { Self.quoted(Rows.field(Rows.value($0, in: row))) }.joined(separator: ","))
        }
    }

    private static func quoted(_ field: String) -> String {
        guard field.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// The card as the daemon has drawn it for a terminal.
    private func show(_ card: JSON) throws(NobodyReads) {
        for text in card["lines"]?.array ?? [] { try line((text.text ?? "").inert) }
    }

    private func table(_ rows: Rows) throws(NobodyReads) {
        if rows.rows.isEmpty { return note("Nothing to show.") }
        let heading = rows.columns.map { $0.hasSuffix(".name") ? String($0.dropLast(5)) : $0 }
        let cells = rows.rows.map { row in rows.columns.map { Rows.value($0, in: row) } }
        if rows.rows.count == 1, rows.columns.count > 1, options.columns.isEmpty {
            let width = heading.map { $0.width() }.max() ?? 0
            for (name, value) in zip(heading, cells[0]) { try line(name.fitted(to: width) + "  " + Rows.field(value).inert) }
            return
        }
        let widths = heading.indices.map { index in
            max(heading[index].width(), cells.map { Rows.field($0[index]).width() }.max() ?? 0)
        }
        let numeric = heading.indices.map { index in cells.allSatisfy { $0[index].double != nil || $0[index].isNull } }
        func put(_ fields: [String]) throws(NobodyReads) {
            let cells = fields.indices.map { fields[$0].fitted(to: widths[$0], numeric[$0] ? .right : .left) }
            var text = cells.joined(separator: "  ")
            while text.last == " " { text.removeLast() }
            try line(world.columns.map { text.fitted(to: min(text.width(), $0)) } ?? text)
        }
        try put(heading)
        for row in cells { try put(row.map(Rows.field)) }
    }

    /// A dry run as a difference: what was, what would be, what would be sent.
    private func plan(_ result: JSON) throws(NobodyReads) {
        let changes = (result["changes"]?.array ?? []).filter { $0["before"] != $0["after"] }
        for change in changes {
            try line("\(change["table"]?.text ?? "") \(change["key"].map(Rows.field) ?? "")".inert)
            for text in Difference(from: change["before"], to: change["after"]).lines { try line("  \(text)".inert) }
        }
        let effects = result["effects"]?.array ?? []
        for effect in effects { try line("  > \(effect.text ?? effect.line)".inert) }
        if changes.isEmpty, effects.isEmpty { return note("Nothing would change.") }
        let count = "\(counted(Int64(changes.count), "change")) and \(counted(Int64(effects.count), "effect"))"
        note("Nothing has been changed: \(count) would follow.")
        if result["can_be_undone"]?.bool == false { note("This cannot be taken back.") }
        if let token = result["confirm"]?.text {
            note("To do exactly this: repeat with --confirm \(token) instead of --dry-run.")
        }
    }
}
