package import Shared

/// A live table or chart: which tables it reads, its columns, and how its rows are made. Consoles draw themselves from it.
package struct Panel: Sendable {
    package enum Kind: String, Sendable {
        case text, member, number, points, delta, days, time, duration, spark, state, percent, id
    }

    package struct Column: Sendable {
        package let key: String
        package let title: String
        package let kind: Kind
        package init(_ key: String, _ title: String, _ kind: Kind) {
            self.key = key
            self.title = title
            self.kind = kind
        }
    }

    package struct Chart: Sendable {
        package let kind: String
        package let x: String
        package let y: String
        package init(_ kind: String, x: String, y: String) {
            self.kind = kind
            self.x = x
            self.y = y
        }
    }

    /// A command that can be run on a row, its arguments taken from the row's columns.
    package struct Action: Sendable {
        package let method: String
        package let label: String
        package let arguments: [(parameter: String, column: String)]
        package init(_ method: String, _ label: String, _ arguments: KeyValuePairs<String, String>) {
            self.method = method
            self.label = label
            self.arguments = arguments.map { ($0.key, $0.value) }
        }
    }

    package struct Line: Sendable {
        package let key: String
        package let row: JSON
        package init(_ key: String, _ row: JSON) {
            self.key = key
            self.row = row
        }
    }

    package let topic: String
    package let title: String
    package let summary: String
    package let access: Access
    package let scope: Scope
    package let parameters: [Outline]
    /// A commit that touches one of these runs the panel again.
    package let tables: Set<String>
    package let columns: [Column]
    package let chart: Chart?
    package let actions: [Action]
    /// Runs again also when nothing was committed, because it shows the running process: at most this often.
    package let refresh: Duration?
    /// What stands where no rows are: why, and what to do about it.
    package let empty: String
    package let lines: @Sendable (Turn, Arguments) throws -> [Line]

    package init<each Value: Sendable>(
        _ topic: String, _ title: String, _ summary: String, access: Access = .everyone, scope: Scope = .guild,
        tables: Set<String>, columns: [Column], chart: Chart? = nil, actions: [Action] = [], refresh: Duration? = nil,
        empty: String = "Nothing here.",
        _ parameter: repeat Parameter<each Value>, lines body: @escaping @Sendable (Turn, repeat each Value) throws -> [Line]
    ) {
        self.topic = topic
        self.title = title
        self.summary = summary
        self.access = access
        self.scope = scope
        self.tables = tables
        self.columns = columns
        self.chart = chart
        self.actions = actions
        self.refresh = refresh
        self.empty = empty
        var outlines: [Outline] = []
        for one in repeat each parameter { outlines.append(one.outline) }
        let known = outlines
        parameters = known
        lines = { turn, arguments in
            try arguments.refuseUnknown(beside: known)
            return try body(turn, repeat try (each parameter).read(arguments))
        }
    }
}
