internal import Shared

/// A command that somebody wants to run, on nothing, on a row or on several: what is known of its arguments already.
struct Wish: Hashable, Sendable {
    struct Target: Hashable, Sendable {
        var key: String
        var name: String
        var arguments: [String: String]
        /// What the row says now, by the names of its columns.
        var current: [String: String] = [:]
    }

    var method: String
    var label: String
    var targets: [Target] = []
    /// It takes something away: a typed word is wanted however small it is.
    var isGrave = false
    /// The difference is shown at once.
    var looksFirst = false
    var needsRow = false

    var arguments: [String: String] { targets.first?.arguments ?? [:] }
}

extension Model {
    /// The description of the table that is shown, also where it has a screen of its own.
    var panel: ControlPanel? {
        switch place {
        case .overview: nil
        case .leaderboard: panels.first { $0.topic == "activity.leaderboard" }
        case .panel(let topic): panels.first { $0.topic == topic }
        }
    }

    /// What a key of a verb stands for in this table: an action of its rows, else a command of the same family.
    func wish(for verb: RowVerb, _ panel: ControlPanel, _ row: JSON?) -> Wish? {
        if let action = panel.action(for: verb, row) { return wish(for: action) }
        return familyMethod(of: verb, panel).map { Wish(method: $0, label: verb.hint, isGrave: verb.isGrave) }
    }

    /// What the key says of itself, where it does anything here.
    func label(of verb: RowVerb, _ panel: ControlPanel, _ row: JSON?) -> String? {
        panel.action(for: verb, row)?.label.lowercased() ?? familyMethod(of: verb, panel).map { _ in verb.hint }
    }

    /// Something new, or the verifying of all, is no row's matter.
    private func familyMethod(of verb: RowVerb, _ panel: ControlPanel) -> String? {
        guard verb.key == .character("n") || verb.key == .character("V") else { return nil }
        let family = panel.topic == "house.audit" ? "audit" : panel.topic.prefix { $0 != "." }
        return verb.words.map { "\(family).\($0)" }.first { name in methods.contains { $0.name == name } }
    }

    func wish(for action: ControlPanel.RowAction) -> Wish {
        Wish(
            method: action.method, label: action.label, targets: action.arguments.isEmpty ? [] : targets(of: action),
            isGrave: RowVerb.of(action.method)?.isGrave ?? false, needsRow: !action.arguments.isEmpty)
    }

    /// The first action that only looks.
    func firstLook(_ panel: ControlPanel) -> ControlPanel.RowAction? {
        panel.actions.first { action in
            methods.first { $0.name == action.method }?.changes == false && !action.arguments.isEmpty
        }
    }

    /// The marked rows in the order in which they stand, else the one under the cursor.
    private func targets(of action: ControlPanel.RowAction) -> [Wish.Target] {
        let all = table.frozen ?? feed(of: place)?.rows ?? []
        let marked = all.filter { table.marked.contains($0.key) }
        return (marked.isEmpty ? [selectedRow].compactMap(\.self) : marked).map { row in
            var arguments: [String: String] = [:]
            for (parameter, column) in action.arguments {
                let value = row.value[column]
                arguments[parameter] = value?["id"]?.plain ?? value?.plain ?? row.key
            }
            let current = (row.value.object?.members ?? []).compactMap { key, value in
                (value["name"]?.plain ?? value.plain).map { (key, $0) }
            }
            return Wish.Target(
                key: row.key, name: name(of: row), arguments: arguments,
                current: Dictionary(current) { first, _ in first })
        }
    }

    /// What people call a row: its first words that are no number, else its key.
    func name(of row: Feed.Row) -> String {
        let columns = shownTable?.columns ?? []
        let column =
            columns.first { $0.kind == .member }
            ?? columns.first { $0.kind == .text && row.value[$0.key]?.text?.isEmpty == false }
        let text = column.map { format.show(row.value[$0.key], $0.kind).text } ?? ""
        let id = row.value["id"]?.plain
        return text.isEmpty ? row.key : id.map { "\($0) \(text)" } ?? text
    }
}
