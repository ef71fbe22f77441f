internal import Link
internal import Machine
internal import Shared

/// A live table read aloud: each row a line with its columns' names, then each change as it happens.
struct PlainTable {
    let mode: PlainMode

    init(_ mode: PlainMode) { self.mode = mode }

    func show(_ words: [String], watching: Bool) throws(PlainMode.Ending) {
        let (options, line) = try mode.read(words)
        guard case .word(let topic)? = line.first else {
            throw .complaint(Complaint(.usage, "which table? tables lists them"))
        }
        let panels = try mode.panels()
        guard let panel = panels.first(where: { $0.topic == topic || $0.title.lowercased() == topic.lowercased() }) else {
            let near = nearest(to: topic, among: panels.map(\.topic)).map { "Did you mean \($0)?" }
            throw .complaint(Complaint(.notFound, "there is no table '\(topic)'", near ?? "tables lists them."))
        }
        let subscription = try open(panel, Array(line.dropFirst()), options)
        try read(panel, subscription, watching: watching)
        try mode.asking { () throws(Complaint) in
            _ = try mode.exchange().call("sub.close", ["sub": .string(subscription)])
        }
    }

    private func open(
        _ panel: ControlPanel, _ line: [Options.Argument], _ options: Options
    ) throws(PlainMode.Ending) -> String {
        try mode.asking { () throws(Complaint) in
            let exchange = try mode.exchange()
            let method = ControlMethod(
                name: panel.topic, summary: panel.summary, scope: panel.scope, parameters: panel.parameters)
            var params = try Arguments(line, for: method).params
            if let guild = try GuildChoice(options, mode.talk.world).id(for: panel.scope, exchange) {
                params.append(("guild", guild))
            }
            let asked: JSON = ["topic": .string(panel.topic), "params": .object(JSON.Object(params))]
            return try exchange.call("sub.open", asked).result["sub"]?.text ?? ""
        }
    }

    private func read(_ panel: ControlPanel, _ subscription: String, watching: Bool) throws(PlainMode.Ending) {
        let exchange = try mode.asking { () throws(Complaint) in try mode.exchange() }
        let mayWatch = watching && exchange.watchForWords(mode.talk.world.input)
        defer { if mayWatch { exchange.forget(mode.talk.world.input) } }
        var rows = 0
        while let line = try mode.asking({ () throws(Complaint) in try exchange.next(before: nil) }) {
            guard case .event(subscription, let event)? = ControlMessage(line) else { continue }
            if case .live = event {
                if rows == 0 { try mode.tell([panel.empty]) }
                guard mayWatch, !mode.talk.hasTypedAhead else { return }
                try mode.tell(["Watching; Enter ends it."])
            } else if let text = spell(event, panel) {
                rows += 1
                try mode.tell([text])
            }
        }
        try mode.heard { () throws(PlainTalk.Unheard) in try mode.talk.swallow() }
    }

    private func spell(_ event: ControlEvent, _ panel: ControlPanel) -> String? {
        switch event {
        case .snapshot(_, _, let row): spell(row, panel)
        case .upsert(_, _, _, _, let row): "Now: " + spell(row, panel)
        case .delete(_, _, let key): "Gone: \(key)"
        case .move(_, _, let key, let at): "Moved: \(key) is number \(at + 1)"
        case .resync: "Some changes were left out; the whole table follows."
        case .live, .gone, .tick: nil
        }
    }

    private func spell(_ row: JSON, _ panel: ControlPanel) -> String {
        panel.columns.compactMap { column -> String? in
            guard let value = row[column.key], !value.isNull else { return nil }
            let text: String =
                if column.kind == .time, let moment = value.int { Instant(milliseconds: moment).rfc3339 } else {
                    Rows.field(value)
                }
            return text.isEmpty ? nil : column.title.isEmpty ? text : "\(column.title) \(text)"
        }.joined(separator: ", ")
    }
}
