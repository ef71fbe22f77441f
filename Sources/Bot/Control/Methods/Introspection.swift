internal import Kit
internal import Shared

/// What the daemon says of itself, made of the catalogue and nothing else.
struct Introspection {
    let catalogue: Catalogue

    // MARK: - Methods

    var methods: JSON {
        let verbs = Verb.allCases.map { verb -> JSON in
            [
                "method": .string(verb.rawValue), "summary": .string(verb.summary),
                "access": .string(Access.everyone.rawValue), "role": .string(Access.Role.viewer.rawValue), "changes": false,
                "scope": .string(Scope.house.rawValue), "group": "protocol",
            ]
        }
        let commands = catalogue.commands.map { command -> JSON in
            [
                "method": .string(command.name), "summary": .string(command.summary),
                "access": .string(command.access.rawValue), "role": .string(command.access.role.rawValue),
                "changes": .bool(command.changes), "scope": .string(command.scope.rawValue), "group": .string(command.feature),
            ]
        }
        return ["rows": .array(verbs + commands)]
    }

    var methodCount: Int { Verb.allCases.count + catalogue.commands.count }

    func describe(_ name: String) throws(Failure) -> JSON {
        if let command = catalogue.command(name) { return describe(command) }
        if let verb = Verb(rawValue: name) { return describe(verb) }
        throw unknown(name, field: "method")
    }

    private func describe(_ command: Command) -> JSON {
        .fields([
            "method": .string(command.name), "summary": .string(command.summary),
            "access": .string(command.access.rawValue), "role": .string(command.access.role.rawValue),
            "scope": .string(command.scope.rawValue), "changes": .bool(command.changes), "slow": .bool(command.isSlow),
            "idempotent": .bool(!command.changes), "dry_run": .bool(command.changes),
            "also": .array(command.also.map(JSON.string)),
            "since": .string(catalogue.feature(command.feature)?.version ?? ""), "example": .string(command.example),
            "parameters": .array(command.parameters.map(\.json)), "schema": Schema.parameters(of: command),
            "returns": Schema.returned(command.returns), "document": command.document.map { .string($0) },
        ])
    }

    private func describe(_ verb: Verb) -> JSON {
        let properties = verb.structured.map { ($0.name, $0.schema) } + verb.outlines.map { ($0.name, Schema.property($0)) }
        return [
            "method": .string(verb.rawValue), "summary": .string(verb.summary),
            "access": .string(Access.everyone.rawValue), "role": .string(Access.Role.viewer.rawValue),
            "scope": .string(Scope.house.rawValue), "changes": false, "slow": false, "idempotent": .bool(verb != .open),
            "dry_run": false, "also": [], "since": "1", "example": "", "parameters": .array(verb.outlines.map(\.json)),
            "schema": Schema.object(properties, required: verb.outlines.filter(\.isRequired).map(\.name)),
            "returns": Schema.returned(verb.returns),
        ]
    }

    /// An unknown method, with the one that was probably meant.
    func unknown(_ name: String, field: String? = nil) -> Failure {
        let shown = String(name.prefix(60))
        let near = catalogue.nearestCommand(to: name) ?? nearest(to: name, among: Verb.allCases.map(\.rawValue))
        return Failure(
            .unknownMethod, "There is no method \"\(shown)\".",
            hint: near.map { "Did you mean \"\($0)\"?" } ?? "`meta.methods` lists them.", field: field)
    }

    // MARK: - Panels

    var panels: JSON { ["rows": .array(catalogue.panels.map(describe))] }

    private func describe(_ panel: Panel) -> JSON {
        .fields([
            "topic": .string(panel.topic), "title": .string(panel.title), "summary": .string(panel.summary),
            "empty": .string(panel.empty),
            "group": .string(String(panel.topic.prefix { $0 != "." })), "access": .string(panel.access.rawValue),
            "scope": .string(panel.scope.rawValue), "parameters": .array(panel.parameters.map(\.json)),
            "columns": panel.columnsJSON,
            "chart": panel.chart.map { chart in
                ["kind": .string(chart.kind), "x": .string(chart.x), "y": .string(chart.y)]
            },
            "actions": .array(panel.actions.map(describe)), "rate_hz": .double(Watching.usualRate),
        ])
    }

    private func describe(_ action: Panel.Action) -> JSON {
        [
            "method": .string(action.method), "label": .string(action.label),
            "arguments": .object(JSON.Object(action.arguments.map { ($0.parameter, .string($0.column)) })),
        ]
    }

    func panel(_ topic: String) throws(Failure) -> Panel {
        if let panel = catalogue.panel(topic) { return panel }
        let topics = catalogue.panels.map(\.topic)
        var failure = Failure(
            .notFound, "There is no panel \"\(topic.prefix(60))\".",
            hint: nearest(to: topic, among: topics).map { "Did you mean \"\($0)\"?" } ?? "`meta.panels` lists them.")
        failure.data["field"] = "topic"
        throw failure
    }
}

extension Panel {
    var columnsJSON: JSON {
        .array(
            columns.map { column in
                ["key": .string(column.key), "title": .string(column.title), "kind": .string(column.kind.rawValue)]
            })
    }
}
