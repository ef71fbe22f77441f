internal import Kit
internal import Shared

extension Engine {
    /// How old an interaction may be, in nanoseconds since it came in, before it is acknowledged first and answered later.
    private static let patience: Int64 = 1_500_000_000

    func answer(_ interaction: InteractionSeen, _ dispatch: Dispatch, _ number: Int, _ attempt: inout Attempt) throws {
        switch interaction.kind {
        case .command(let path, let options):
            let name = path.split(separator: " ").joined(separator: ".")
            let values = options.members.reduce(into: [String: Raw]()) { $0[$1.key] = .json($1.value) }
            try obey(interaction, dispatch, catalogue.command(name), name, values, .slash, number, &attempt)
        case .completion(let path, let options, let focused): try complete(interaction, path, options, focused)
        case .component(let id, let chosen): try press(interaction, dispatch, id, chosen, number, &attempt)
        case .form(let id, let fields): try submit(interaction, dispatch, id, fields, number, &attempt)
        }
    }

    private func press(
        _ interaction: InteractionSeen, _ dispatch: Dispatch, _ id: String, _ chosen: [String], _ number: Int,
        _ attempt: inout Attempt
    ) throws {
        if let standing = Invocation(standing: id) {
            let command = catalogue.command(standing.command)
            return try obey(
                interaction, dispatch, command, standing.command, Self.values(of: standing), .button, number, &attempt)
        }
        guard let (found, interaction) = try kept(id, interaction) else {
            return try obey(interaction, dispatch, nil, "this button", [:], .button, number, &attempt)
        }
        var values = Self.values(of: found.invocation)
        if let argument = found.argument {
            values[argument] = chosen.count == 1 ? .text(chosen[0]) : .json(.array(chosen.map(JSON.string)))
        }
        let command = catalogue.command(found.invocation.command)
        try obey(interaction, dispatch, command, found.invocation.command, values, .button, number, &attempt)
    }

    private func submit(
        _ interaction: InteractionSeen, _ dispatch: Dispatch, _ id: String, _ fields: [(name: String, value: JSON)],
        _ number: Int,
        _ attempt: inout Attempt
    ) throws {
        guard let (found, interaction) = try kept(id, interaction) else {
            return try obey(interaction, dispatch, nil, "this form", [:], .form, number, &attempt)
        }
        var values = Self.values(of: found.invocation)
        for (name, value) in fields { values[name] = Self.typed(value) }
        let command = catalogue.command(found.invocation.command)
        try obey(interaction, dispatch, command, found.invocation.command, values, .form, number, &attempt)
    }

    /// What a button or a form stands for, and the interaction in the server that it belongs to: a private message names none, so
    /// there it is the button's own, in which nobody has other rights than everyone's.
    private func kept(_ id: String, _ interaction: InteractionSeen) throws -> (Buttons.Kept, InteractionSeen)? {
        guard let row = Int64(id), let found = try Buttons.find(row, in: store) else { return nil }
        var there = interaction
        if interaction.guild == nil {
            (there.guild, there.permissions, there.member) = (found.guild, [], nil)
        }
        return found.guild == there.guild ? (found, there) : nil
    }

    /// What was typed, or the one thing that was chosen; several are a list.
    private static func typed(_ value: JSON) -> Raw {
        let chosen = value.array
        guard let text = value.text ?? (chosen?.count == 1 ? chosen?.first?.text : nil) else {
            return .json(chosen?.isEmpty == true ? .null : value)
        }
        return .text(text)
    }

    private static func values(of invocation: Invocation) -> [String: Raw] {
        (invocation.arguments.object?.members ?? []).reduce(into: [:]) { $0[$1.key] = .json($1.value) }
    }

    private func obey(
        _ interaction: InteractionSeen, _ dispatch: Dispatch, _ command: Command?, _ name: String, _ values: [String: Raw],
        _ door: Door, _ number: Int, _ attempt: inout Attempt
    ) throws {
        guard let command else {
            let refusal = Refusal.notFound("I do not know \(name) any more.", hint: "It may be from an older version of me.")
            return try reply(
                .refused(refusal), to: interaction, turn(for: interaction, door, store), nil, false, number, &attempt)
        }
        if let form = try missingForm(command, values, interaction, door) {
            attempt.releases.append { [courier] in
                courier.openForm(interaction.id, token: interaction.token, form: form)
            }
            return
        }
        let waited = clocks.steadyNanoseconds() - dispatch.receivedNanoseconds
        let mustAcknowledge = command.isSlow || waited > Self.patience
        if mustAcknowledge {
            // What only one person may see never takes the place of a message that everybody sees.
            courier.acknowledge(
                interaction.id, token: interaction.token, isEphemeral: command.isPrivate,
                updates: door == .button && !command.isPrivate)
        }
        let savepoint = LazySavepoint(store)
        let turn = turn(for: interaction, door, savepoint)
        var run = CommandRun(
            command: command, values: values, resolved: interaction.resolved, botPermissions: interaction.botPermissions)
        run.takeConfirmation()
        let outcome = try teach(
            try self.run(run, turn, savepoint, number, &attempt), called: name, run, turn)
        if door != .form, !mustAcknowledge, case .replied(let reply) = outcome, let asking = reply.asking {
            try open(asking, interaction, &attempt)
            return try finish(turn, number, &attempt)
        }
        let speaker = if case .replied = outcome { turn } else { self.turn(for: interaction, door, store) }
        try reply(outcome, to: interaction, speaker, run, mustAcknowledge, number, &attempt)
    }

    private func reply(
        _ outcome: CommandRun.Outcome, to interaction: InteractionSeen, _ turn: Turn, _ run: CommandRun?, _ acknowledged: Bool,
        _ number: Int, _ attempt: inout Attempt
    ) throws {
        guard let (card, mentions) = Self.card(for: outcome, of: run, usage: nil) else { return }
        let isQuiet = if case .replied = outcome { run?.command.isPrivate ?? true } else { true }
        let replaces = if case .replied(let reply) = outcome { reply.replaces(for: turn.door) } else { false }
        turn.emit(
            .answer(
                Answer(
                    interaction: interaction.id, token: interaction.token, application: interaction.application, card: card,
                    mentions: mentions, isEphemeral: isQuiet, replaces: replaces && interaction.message != nil,
                    isAcknowledged: acknowledged, files: outcome.files)))
        try finish(turn, number, &attempt, isHarmless: run.map { !$0.command.changes } ?? true)
    }

    private func turn(for interaction: InteractionSeen, _ door: Door, _ connection: any Connection) -> Turn {
        Turn(
            cause: .interaction(interaction.id), now: interaction.id.created, late: clocks.wall() - interaction.id.created,
            guild: interaction.guild, channel: interaction.channel,
            asker: .member(
                .init(
                    id: interaction.user, permissions: interaction.permissions,
                    ownsGuild: interaction.guild.map { Rights(directory: storedDirectory).owns($0, interaction.user) } ?? false,
                    ownsHouse: options.owners.contains(interaction.user))),
            door: door, locale: interaction.locale, store: connection, house: self)
    }

    /// What a button's command still wants to know becomes a form: five fields at most.
    private func missingForm(
        _ command: Command, _ values: [String: Raw], _ interaction: InteractionSeen, _ door: Door
    ) throws -> Form? {
        guard door == .button else { return nil }
        let missing = command.parameters.filter { $0.isRequired && values[$0.name] == nil }
        guard !missing.isEmpty, missing.count <= 5 else { return nil }
        let invocation = Invocation(command: command.name, arguments: Arguments(values, in: .bare).json)
        return Form(
            title: String(command.summary.prefix(45)), row: try row(of: invocation, interaction),
            fields: missing.map {
                Form.Field(
                    name: $0.name, label: $0.name, hint: String($0.summary.prefix(100)), isLong: $0.isGreedy)
            })
    }

    /// A window of the command's own choosing: Discord shows one instead of an answer.
    private func open(_ asking: Asking, _ interaction: InteractionSeen, _ attempt: inout Attempt) throws {
        let form = Form(
            title: asking.title, row: try row(of: asking.invocation, interaction), fields: Array(asking.fields.prefix(5)))
        attempt.releases.append { [courier] in courier.openForm(interaction.id, token: interaction.token, form: form) }
    }

    /// The row that gets what is typed.
    private func row(of invocation: Invocation, _ interaction: InteractionSeen) throws -> Int64 {
        try Buttons.write(
            invocation, choosing: nil, interaction.guild, clocks.wall(),
            at: ButtonPlace(salt: salt, cause: .interaction(interaction.id), step: 0).id(0), in: store)
    }

    private func complete(_ interaction: InteractionSeen, _ path: String, _ options: JSON.Object, _ focused: String) throws {
        let name = path.split(separator: " ").joined(separator: ".")
        guard let command = catalogue.command(name) else { return }
        let turn = turn(for: interaction, .slash, store)
        let typed = options[focused]?.text ?? ""
        let choices = (try? Completing.choices(command, focused, typed, turn)) ?? []
        courier.complete(interaction.id, token: interaction.token, choices: choices)
    }
}
