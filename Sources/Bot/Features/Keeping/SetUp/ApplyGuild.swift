internal import Kit
internal import Shared

extension GuildFeature {
    /// LEAD-21: what is different is done by the features' own commands, as whoever asks: with their rights, in their words, in one
    /// transaction. What is too much for one goes on in slices.
    static let apply = Command(
        "guild.apply", "Has everything set up as a text says; what it does not mention stays as it is", access: .manageGuild,
        changes: true, returns: appliedShape, example: "text: \"settings: {activity.reply: 3}\"",
        text, planned
    ) { turn, text, token in
        let (plan, warnings) = try planned(text, turn)
        return try carryOut(plan, warnings, token, turn)
    }

    static let restore = Command(
        "guild.restore", "Has everything set up again as it was in a state of the history", access: .manageGuild,
        changes: true, returns: appliedShape, example: "state: 1",
        state, planned
    ) { turn, number, token in
        let wanted = try StateRows.require(number, turn).state
        return try carryOut(GuildPlan(from: try GuildState(turn), to: wanted, turn), [], token, turn)
    }

    static let appliedShape = Shape.record([
        "plan": .text, "rows": .list(rowShape), "warnings": .list(.text), "before": .whole, "state": .text,
    ])

    /// So much is done in one turn: what takes longer would hold up everybody else.
    static let mostAtOnce = 100

    private static func carryOut(_ plan: GuildPlan, _ warnings: [String], _ token: String?, _ turn: Turn) throws -> Reply {
        let guild = try turn.requireGuild()
        if let token, trimmed(token) != plan.token {
            throw Refusal(
                .conflict, "What there is to do is not what plan \(token.prefix(20)) said.",
                hint: "Somebody has changed something since. Look again: guild plan.", field: "plan")
        }
        let told = try Told(plan, warnings, turn)
        let names = told.rows.flatMap(\.commands)
        guard !names.isEmpty else {
            return .done(
                GuildText.nothing(told), data: told.json(plan).joined(with: ["state": .string("as it was")]))
        }
        try requireRights(names, turn)
        if let work = try Work.standing(in: guild, turn.store) {
            throw Refusal.conflict(
                "A text of \(work.begun.rfc3339) is still being applied.", hint: "See how far it is with house jobs.")
        }
        if token == nil { turn.askFirst() }
        let before = try StateRows.keep("guild.apply", turn, in: guild)
        let isWhole = names.count <= mostAtOnce
        if isWhole {
            for one in plan.differences { try carryOut(one, turn) }
            try StateRows.keep("guild.apply", turn, in: guild)
        } else {
            for row in told.rows where !row.commands.isEmpty { note(row.difference, turn) }
            try Work.begin(plan, names, turn)
        }
        return .done(
            GuildText.applied(told, isWhole: isWhole, turn),
            data: told.json(plan).joined(with: ["before": .int(before), "state": .string(isWhole ? "done" : "going on")]),
            undo: Invocation(command: "guild.restore", arguments: ["state": .int(before)]))
    }

    private static func requireRights(_ names: [String], _ turn: Turn) throws(Refusal) {
        for name in Set(names).sorted() {
            guard let command = turn.house.catalogue.command(name), !turn.asker.may(command.access) else { continue }
            throw .forbidden("This takes \(name), which is for \(command.access.spelled).")
        }
    }

    private static func note(_ one: GuildDifference, _ turn: Turn) {
        turn.change(
            "\(one.kind.heading) \(one.name)", from: one.old.map { .object($0.values) } ?? .null,
            to: one.new.map { .object($0.values) } ?? .null)
    }

    /// What a feature refuses says at which line it stands.
    static func carryOut(_ one: GuildDifference, _ turn: Turn) throws {
        do {
            var made = JSON.null
            for step in try one.steps(turn).invocations {
                guard let command = turn.house.catalogue.command(step.command) else { continue }
                let given = step.arguments.object?.members ?? []
                let values = given.reduce(into: [String: Raw]()) { values, one in
                    values[one.key] = .json(one.value == Configured.Steps.made ? made : one.value)
                }
                made = try command.run(turn, Arguments(values, in: turn.reading())).data["id"] ?? .null
            }
        } catch var refusal as Refusal {
            refusal.sentence = "\(one.place(turn)): \(refusal.sentence)"
            refusal.field = nil
            throw refusal
        }
    }
}
