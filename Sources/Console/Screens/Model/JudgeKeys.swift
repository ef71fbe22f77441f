internal import Shared

extension Model {
    /// The rows of the key table for what has the focus: the topmost overlay, else the screen and what works everywhere.
    var bindings: [Binding] {
        if let overlay = overlays.last { return overlay.bindings(self) }
        if table.filtering { return KeyTable.filter }
        let row = selectedRow
        return keys(row).map { judged($0, row) }
    }

    /// What a key does now, with the reason why not.
    func binding(of key: Key) -> Binding? {
        guard overlays.isEmpty, !table.filtering else { return bindings.first { $0.keys.contains(key) } }
        let row = selectedRow
        return keys(row).first { $0.keys.contains(key) }.map { judged($0, row) }
    }

    private func keys(_ row: Feed.Row?) -> [Binding] { KeyTable.help + placeKeys(row) + KeyTable.moving + KeyTable.everywhere }

    /// What matters most here: no more than people take in at a glance.
    var barKeys: [Binding] { Array(bindings.filter { $0.inBar && $0.off == nil }.prefix(6)) }

    private func placeKeys(_ row: Feed.Row?) -> [Binding] {
        switch place {
        case .overview:
            return KeyTable.open + KeyTable.numbers + KeyTable.overview
        case .leaderboard:
            return KeyTable.open + KeyTable.period + KeyTable.why + KeyTable.compare + KeyTable.rows + KeyTable.table
                + KeyTable.sideways + KeyTable.guild
        case .panel:
            guard let panel else { return [] }
            var keys = KeyTable.open + verbKeys(panel, row)
            if turnedParameter != nil { keys += KeyTable.period }
            if showsCalendar { keys += KeyTable.calendar } else if steppedParameter != nil { keys += KeyTable.steps }
            if let chart = panel.chart {
                keys += KeyTable.numbers
                if metrics.count > 1 { keys += KeyTable.metric }
                if chart.kind == "line" { keys += KeyTable.compare }
            }
            if tabs.count > 1 { keys += KeyTable.tabs }
            if panel.scope != .house { keys += KeyTable.guild }
            return keys + KeyTable.table + KeyTable.rows + KeyTable.sideways
        }
    }

    /// The keys of what this table's rows can do; the first three are worth a place in the bar.
    private func verbKeys(_ panel: ControlPanel, _ row: Feed.Row?) -> [Binding] {
        let found = RowVerb.all.compactMap { verb -> Binding? in
            label(of: verb, panel, row?.value).map { Binding(verb.key, hint: $0, .verb(verb.key), inBar: false) }
        }
        return found.enumerated().map { index, binding in
            var binding = binding
            binding.inBar = index < 3
            return binding
        }
    }

    /// With the words of this moment, and the reason why not.
    private func judged(_ binding: Binding, _ row: Feed.Row?) -> Binding {
        var binding = binding
        binding.off = reason(against: binding.intent, row)
        switch binding.intent {
        case .open: binding.hint = opening
        case .freeze where table.frozen != nil: binding.hint = "go on"
        case .mark where row.map({ table.marked.contains($0.key) }) == true: binding.hint = "unmark"
        case .mouse: binding.hint = catchesMouse ? "leave the mouse to the terminal" : "use the mouse"
        case .lock: binding.hint = isLocked ? "allow changes" : "allow no changes"
        case .period: if case .panel = place { binding.hint = turnedParameter?.name ?? binding.hint }
        case .rowActions where !table.marked.isEmpty: binding.hint = "act on \(table.marked.count) marked"
        case .go(.overview): binding.inBar = place != .overview
        default: break
        }
        return binding
    }

    private var opening: String {
        switch place {
        case .overview: "leaderboard"
        case .leaderboard: "profile"
        case .panel: panel.flatMap(firstLook)?.label.lowercased() ?? "actions"
        }
    }

    /// Why a key does nothing now.
    private func reason(against intent: Intent, _ row: Feed.Row?) -> String? {
        let nothing = row == nil ? "there is no row to act on" : nil
        switch intent {
        case .open where place == .overview: return nothing
        case .open where place == .leaderboard: return nothing ?? asleep
        case .why: return nothing ?? asleep
        case .open, .rowActions:
            return (panel?.actions.isEmpty == false ? nil : "rows of this table have no actions") ?? nothing ?? asleep
        case .verb(let key): return reason(against: key, row)
        case .copy, .mark: return nothing
        case .compare where place == .leaderboard:
            return table.marked.count == 2 ? nil : "mark two members with Space, then c compares them"
        case .undo:
            return asleep ?? locked
                ?? (changesDone.isEmpty ? "nothing was changed from here yet; the audit (g A) has the rest" : nil)
        case .switchGuild: return (hello?.guilds.count ?? 0) > 1 ? nil : "the bot is in one server only"
        case .reverse: return table.sort == nil ? "nothing is sorted: s sorts" : nil
        case .back: return table.filter.isEmpty && table.marked.isEmpty ? "there is no filter and no mark" : nil
        case .sideways: return hiddenColumns > 0 || table.firstColumn > 0 ? nil : "all columns are in sight"
        case .freeze: return feed(of: place)?.rows.isEmpty == false ? nil : "there is nothing to freeze"
        default: return nil
        }
    }

    private func reason(against key: Key, _ row: Feed.Row?) -> String? {
        guard let panel, let verb = RowVerb.all.first(where: { $0.key == key }) else { return nil }
        guard let action = panel.action(for: verb, row?.value) else { return asleep }
        if !action.arguments.isEmpty, row == nil { return "there is no row to act on" }
        return asleep ?? objection(to: action.method)
    }

    /// Why nothing may be changed now.
    var locked: String? { isLocked ? "changes are locked: ! on a screen unlocks" : nil }

    /// Why nothing can be asked now.
    var asleep: String? { isLive ? nil : "there is no daemon to ask" }

    var selectedRow: Feed.Row? {
        guard let shown = shownTable else { return nil }
        let rows = table.visible(feed(of: place), shown.columns, format)
        return table.index(in: rows).map { rows[$0] }
    }
}

extension Model {
    /// What works here now, for whoever checks that it does.
    package var keysNow: [(keys: [Key], hint: String)] { bindings.filter { $0.off == nil }.map { ($0.keys, $0.hint) } }
    /// What a key asks for now, as the page of keys names it; nil where it does nothing or is text.
    package func meaning(of key: Key) -> String? {
        binding(of: key).flatMap { $0.off == nil ? String(describing: $0.intent) : nil }
    }
    package var isReadOnly: Bool { isLocked }
    package var keysInBar: [String] { barKeys.map(\.hint) }
}
