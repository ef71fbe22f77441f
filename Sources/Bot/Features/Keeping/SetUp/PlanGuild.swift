internal import Kit
internal import Shared

extension GuildFeature {
    static let plan = Command(
        "guild.plan", "What a text would change here, and what of it will not work", access: .manageGuild, isPrivate: true,
        changes: false, returns: planShape, example: "text: \"settings: {activity.reply: 3}\"",
        text
    ) { turn, text in
        let (plan, warnings) = try planned(text, turn)
        let told = try Told(plan, warnings, turn)
        return .done(GuildText.plan(told, plan, turn), data: told.json(plan))
    }

    static let diff = Command(
        "guild.diff", "What is different between two states, or between one and now", access: .manageGuild, isPrivate: true,
        changes: false, returns: planShape, example: "from: 1",
        .whole("from", "The earlier state, as guild history shows it", 1...Int.max),
        .optional(.whole("to", "The later one; now when left out", 1...Int.max))
    ) { turn, from, to in
        let old = try StateRows.require(from, turn, field: "from").state
        let new = try to.map { try StateRows.require($0, turn, field: "to").state } ?? GuildState(turn)
        let plan = GuildPlan(from: old, to: new, turn)
        let told = Told(compared: plan, turn)
        return .done(GuildText.difference(told, turn), data: told.json(plan))
    }

    static let planShape = Shape.record([
        "plan": .text, "rows": .list(rowShape), "warnings": .list(.text),
    ])
    static let rowShape = Shape.record([
        "heading": .text, "name": .text, "deed": .text, "line": .whole, "lines": .list(.text), "commands": .list(.text),
        "warning": .text,
    ])

    /// What a text wants that is not so.
    static func planned(_ text: String, _ turn: Turn) throws -> (plan: GuildPlan, warnings: [String]) {
        let present = try GuildState(turn)
        let sheet = try SheetReader(text, present: present, turn)
        return (GuildPlan(sheet.wanted, present: present, turn), sheet.warnings)
    }
}

/// A plan as it is told: for each record what changes, which commands do it, and what cannot be done.
struct Told {
    struct Row {
        var difference: GuildDifference
        var name: String
        var commands: [String]
        var warning: String?
    }

    let rows: [Row]
    let warnings: [String]

    init(_ plan: GuildPlan, _ warnings: [String], _ turn: Turn) throws {
        let writer = SheetWriter(turn)
        rows = try plan.differences.map { one in
            let name = writer.name(of: one.name, one.kind)
            do {
                let steps = try one.steps(turn)
                return Row(difference: one, name: name, commands: steps.invocations.map(\.command), warning: steps.warning)
            } catch let refusal as Refusal {
                return Row(difference: one, name: name, commands: [], warning: refusal.sentence)
            }
        }
        self.warnings = warnings
    }

    /// Of what is only compared nothing is done.
    init(compared plan: GuildPlan, _ turn: Turn) {
        let writer = SheetWriter(turn)
        rows = plan.differences.map { Row(difference: $0, name: writer.name(of: $0.name, $0.kind), commands: []) }
        warnings = []
    }

    func json(_ plan: GuildPlan) -> JSON {
        [
            "plan": .string(plan.token),
            "rows": .array(
                rows.map { row in
                    .fields([
                        "heading": .string(row.difference.kind.heading), "name": .string(row.name),
                        "deed": .string(row.difference.deed.rawValue), "line": row.difference.line.map { .int(Int64($0)) },
                        "lines": .array(row.difference.lines.map { .string($0) }),
                        "commands": .array(row.commands.map { .string($0) }), "warning": row.warning.map { .string($0) },
                    ])
                }), "warnings": .array(warnings.map { .string($0) }),
        ]
    }
}
