/// What `meta.panels` says of one live table.
package struct ControlPanel: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case text, member, number, points, delta, days, time, duration, spark, state, percent, id
    }

    package struct Column: Hashable, Sendable {
        package var key: String
        package var title: String
        package var kind: Kind
        package var unit: String?

        package init(key: String, title: String, kind: Kind, unit: String? = nil) {
            self.key = key
            self.title = title
            self.kind = kind
            self.unit = unit
        }

        package init?(_ json: JSON) {
            guard let key = json["key"]?.text else { return nil }
            self.init(
                key: key, title: json["title"]?.text ?? key, kind: json["kind"]?.text.flatMap(Kind.init) ?? .text,
                unit: json["unit"]?.text)
        }
    }

    package struct Chart: Hashable, Sendable {
        package var kind: String
        package var x: String
        package var y: String
    }

    /// A command that takes some of its arguments from the row.
    package struct RowAction: Hashable, Sendable {
        package var method: String
        package var label: String
        package var arguments: [String: String]
    }

    package var topic: String
    package var title: String
    package var summary: String
    /// What stands where no rows are.
    package var empty: String
    package var group: String
    package var scope: ControlMethod.Scope
    package var parameters: [ControlParameter]
    package var columns: [Column]
    package var chart: Chart?
    package var actions: [RowAction]

    package init?(_ json: JSON) {
        guard let topic = json["topic"]?.text else { return nil }
        self.topic = topic
        title = json["title"]?.text ?? topic
        summary = json["summary"]?.text ?? ""
        empty = json["empty"]?.text ?? "Nothing here."
        group = json["group"]?.text ?? ""
        scope = json["scope"]?.text.flatMap(ControlMethod.Scope.init) ?? .house
        parameters = json["parameters"]?.array?.compactMap(ControlParameter.init) ?? []
        columns = json["columns"]?.array?.compactMap(Column.init) ?? []
        chart = json["chart"].flatMap { chart in
            guard let x = chart["x"]?.text, let y = chart["y"]?.text else { return nil }
            return Chart(kind: chart["kind"]?.text ?? "line", x: x, y: y)
        }
        actions = (json["actions"]?.array ?? []).compactMap { action in
            guard let method = action["method"]?.text else { return nil }
            var arguments: [String: String] = [:]
            for (parameter, column) in action["arguments"]?.object?.members ?? [] { arguments[parameter] = column.text }
            return RowAction(method: method, label: action["label"]?.text ?? method, arguments: arguments)
        }
    }
}
