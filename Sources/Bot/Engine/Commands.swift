internal import Kit
internal import Shared

/// One run of a command, whichever door it came through.
struct CommandRun {
    enum Outcome {
        case replied(Reply)
        case refused(Refusal)
        case failed(Fault)
        /// The same cause was handled before: nothing is said twice.
        case repeated

        /// What goes along with the answer.
        var files: [Attachment] { if case .replied(let reply) = self { reply.files } else { [] } }
        /// Nothing was done yet: something has to be known first.
        var isQuestion: Bool { if case .replied(let reply) = self { reply.asking != nil } else { false } }
    }

    var command: Command
    var values: [String: Raw]
    var resolved: JSON = .null
    /// Bot permissions in the channel; nil where nobody has said.
    var botPermissions: Permissions?
    var confirm: String?
    var isDryRun = false

    /// Takes the token out of what a button or a line gives, where the command has no parameter of that name.
    mutating func takeConfirmation() {
        guard !command.parameters.contains(where: { $0.name == ConfirmCard.argument }) else { return }
        confirm = values.removeValue(forKey: ConfirmCard.argument)?.text
    }
}

extension Engine {
    /// Checks who asks and how often, runs the command behind a savepoint that opens at its first write, and writes the audit.
    func run(_ run: CommandRun, _ turn: Turn, _ savepoint: LazySavepoint, _ number: Int, _ attempt: inout Attempt) throws
        -> CommandRun.Outcome
    {
        let handler = Attempt.Handler(task: number, name: run.command.name)
        let started = clocks.steadyNanoseconds()
        var outcome: CommandRun.Outcome
        do {
            try settleHots()
            hotTouched = false
            outcome =
                try admit(run, turn) ? .replied(try attempt.failures[handler].map { throw $0 } ?? body(run, turn)) : .repeated
            try savepoint.keep()
        } catch let error as StoreError where error.isTheStores {
            throw error
        } catch {
            if hotTouched && attempt.failures[handler] == nil { throw Attempt.Uncontained(handler: handler, error: error) }
            try savepoint.undo()
            settingsChanged()
            if let refusal = error as? Refusal {
                outcome = .refused(refusal)
            } else {
                let fault = Fault(run.command.name, error, in: turn.guild)
                attempt.faults.append(fault)
                outcome = .failed(fault)
            }
        }
        note(run, turn, outcome, nanoseconds: clocks.steadyNanoseconds() - started)
        if run.command.changes, !run.isDryRun, !(outcome.isQuestion && turn.changes.isEmpty) {
            try writeAudit(run, turn, outcome)
            if case .replied = outcome, let guild = turn.guild {
                turn.announce(CommandDone(command: run.command.name, access: run.command.access, guild: guild))
            }
        }
        return outcome
    }

    private func admit(_ run: CommandRun, _ turn: Turn) throws -> Bool {
        let command = run.command
        if let guild = turn.guild, let feature = catalogue.feature(command.feature), !isOn(feature, guild) {
            throw Refusal.unavailable(
                "\(feature.name) is switched off here.", hint: "An admin can switch it on: house enable \(feature.name).")
        }
        if command.scope == .guild {
            let guild = try turn.requireGuild()
            guard turn.door != .socket || directory.guild(guild) != nil else {
                throw Refusal.notFound(
                    "I am not in a server with the id \(guild).", hint: "See them with: hearth house guilds")
            }
        }
        guard turn.asker.may(command.access) else {
            throw Refusal.forbidden("\(command.name) is for \(command.access.spelled).")
        }
        if let has = run.botPermissions, !has.isSuperset(of: command.needs), !has.contains(.administrator) {
            throw Refusal.forbidden(
                "I lack a permission here: \(command.needs.subtracting(has).spelled).",
                hint: "Grant it to my role in this channel.")
        }
        if command.isForMembers { try admitMember(turn) }
        guard case .member(let member) = turn.asker, !run.isDryRun else { return true }
        let rule = Limits.Rule(
            uses: turn[HouseSettings.commandLimit], window: turn[HouseSettings.commandWindow],
            cooldown: Cooldowns(turn[HouseSettings.cooldowns])?[command] ?? command.cooldown,
            isStep: { self.catalogue.command($0)?.isStep ?? false })
        return try Limits.admit(member.id, command, cause: turn.cause, at: turn.now, rule: rule, in: store)
    }

    /// An operator names the member on whose behalf they act: a slip of the fingers must not become somebody.
    private func admitMember(_ turn: Turn) throws {
        let member = try turn.requireMember()
        guard turn.door == .socket, let guild = turn.guild, directory.guild(guild) != nil else { return }
        guard directory.member(member, in: guild) != nil else {
            throw Refusal(
                .notFound, "There is no member \(member) in this server.", hint: "See them with members list.", field: "as")
        }
    }

    private func body(_ run: CommandRun, _ turn: Turn) throws -> Reply {
        let reply = try run.command.run(turn, Arguments(run.values, in: turn.reading(resolved: run.resolved)))
        guard run.command.changes, !run.isDryRun else { return reply }
        if turn.wantsConfirmation {
            let plan = turn.plan(canBeUndone: reply.undo != nil)
            let token = Self.token(run.command, Arguments(run.values, in: .bare).json, plan)
            guard run.confirm == token else {
                var refusal = Refusal(
                    .unconfirmed,
                    turn.membersTouched > 25
                        ? "This touches \(turn.membersTouched) members; look at the plan first."
                        : "This cannot be taken back or pings many; look at the plan first.",
                    hint: "Run it again with confirm \(token).")
                refusal.confirmation = Confirmation(token: token, plan: plan)
                throw refusal
            }
        }
        return reply
    }

    /// Binds a confirmation to exactly what was shown: another plan has another token.
    static func token(_ command: Command, _ params: JSON, _ plan: Plan) -> String {
        let changes = plan.changes.map { "\($0.subject)\n\($0.before.line)\n\($0.after.line)" }
        let effects = plan.effects.map { (try? Outbox.encode($0)) ?? "" }
        return String(
            SHA256.hex(of: ([command.name, params.line] + changes + effects).joined(separator: "\n").utf8).prefix(12))
    }

    private func note(_ run: CommandRun, _ turn: Turn, _ outcome: CommandRun.Outcome, nanoseconds: Int64) {
        let failed = if case .failed = outcome { true } else { false }
        houseVitals.noteRoute(run.command.name, nanoseconds: nanoseconds, handled: true, failed: failed)
        var fields = ["command": run.command.name, "door": turn.door.rawValue, "latency_ms": String(nanoseconds / 1_000_000)]
        fields["user"] = turn.asker.member?.description
        fields["guild"] = turn.guild?.description
        if case .refused(let refusal) = outcome { fields["refused"] = refusal.kind.rawValue }
        log(EngineNote(.info, "command", run.command.name, fields))
    }

    private func writeAudit(_ run: CommandRun, _ turn: Turn, _ outcome: CommandRun.Outcome) throws {
        let (words, undo): (String, Invocation?) =
            switch outcome {
            case .replied(let reply): ("done", reply.undo)
            case .refused(let refusal): ("refused: \(refusal.sentence)", nil)
            case .failed(let fault): ("failed: \(fault.reference)", nil)
            case .repeated: ("repeated", nil)
            }
        if case .repeated = outcome { return }
        let asker = try spell(turn.asker)
        try Audit.write(
            Audit.Entry(
                at: clocks.wall(), door: turn.door, guild: turn.guild, command: run.command.name, outcome: words,
                asker: asker, member: turn.asker.member ?? asker["linked"]?.id(),
                // What somebody answers is kept where they are told that it is kept, and nowhere else.
                params: run.command.isStep ? [:] : Arguments(run.values, in: .bare).json,
                changes: turn.changes, undo: undo), dice: &turn.dice, to: store)
    }

    /// Whoever asks by all their names; whom an operator is linked with is looked up as of now, and stays written.
    func spell(_ asker: Asker) throws -> JSON {
        switch asker {
        case .member(let member): .fields(["member": .id(member.id)])
        case .unix(let person):
            .fields([
                "uid": .int(Int64(person.user)), "name": .string(person.name),
                "alias": person.alias.isEmpty ? nil : .string(person.alias), "role": .string(person.role.rawValue),
                "client": .string(person.client), "as": person.member.map { .id($0) },
                "linked": try People.member(linkedWith: person, in: store).map { .id($0) },
            ])
        case .job(let name): .fields(["job": .string(name)])
        }
    }

    /// What was said at start-up counts before what is stored, and what is stored before the default.
    func isOn(_ feature: Feature, _ guild: ID<Guild>?) -> Bool {
        FeatureSwitch.isOn(feature, guild, options) { settings.stored($0, guild: guild, channel: nil, roles: [], from: store) }
    }
}
