internal import Link
internal import Shared

/// A command as a conversation: it asks for what is missing, says at once what a value lacks, shows what would change, and does
/// it only on a clear yes.
struct PlainForm {
    let mode: PlainMode
    let method: ControlMethod
    let options: Options
    /// What stands on the line behind the command's name.
    let rest: [Options.Argument]

    init(_ words: [String], in mode: PlainMode) throws(PlainMode.Ending) {
        self.mode = mode
        let (options, line) = try mode.read(words)
        let resolution = try mode.asking { () throws(Complaint) in try Resolution(line, try mode.exchange()) }
        self.options = options
        method = resolution.method
        rest = resolution.rest
    }

    func explain() throws(PlainMode.Ending) {
        try mode.tell(Usage.page(method).split(separator: "\n").map(String.init))
    }

    func run(asksAll: Bool) throws(PlainMode.Ending) {
        if options.help { return try explain() }
        guard var params = try fill(asksAll: asksAll) else { return try mode.tell(["Nothing was done."]) }
        while let field = try attempt(params) {
            // The value that was wrong is asked for again; the others stay.
            guard let parameter = method.parameters.first(where: { $0.name == field }), let value = try ask(parameter)
            else { return try mode.tell(["Nothing was done."]) }
            params.removeAll { $0.key == field }
            params.append((field, value))
        }
    }

    // MARK: - Asking

    /// What the line says and, for the rest, what is answered; nil when an answer that must be there is left empty.
    private func fill(asksAll: Bool) throws(PlainMode.Ending) -> [(key: String, value: JSON)]? {
        let missing = try mode.asking { () throws(Complaint) in try Arguments.missing(rest, for: method) }
        var answered: [(key: String, value: JSON)] = []
        for parameter in asksAll ? method.parameters : missing {
            if let value = try ask(parameter) {
                answered.append((parameter.name, value))
            } else if parameter.required {
                return nil
            }
        }
        if asksAll { return answered }
        var bare = method
        for index in bare.parameters.indices where missing.contains(bare.parameters[index]) {
            bare.parameters[index].required = false
        }
        return answered + (try mode.asking { () throws(Complaint) in try Arguments(rest, for: bare).params })
    }

    /// Nil when nothing was typed.
    private func ask(_ parameter: ControlParameter) throws(PlainMode.Ending) -> JSON? {
        let usual = parameter.standard?.plain.map { ", else \($0)" } ?? ""
        let end = parameter.required ? "" : " (Enter leaves it out\(usual))"
        let question = "\(parameter.name.dashed): \(parameter.summary)\(end):"
        while let text = try mode.heard({ () throws(PlainTalk.Unheard) in try mode.talk.ask(question) }) {
            if text.isEmpty { break }
            guard text == "?" else { return parameter.value(reading: text) }
            try mode.tell(try candidates(parameter), none: "Whatever you like, of the kind \(parameter.kind.rawValue).")
        }
        return .none
    }

    private func candidates(_ parameter: ControlParameter) throws(PlainMode.Ending) -> [String] {
        if !parameter.choices.isEmpty { return parameter.choices.map(\.value) }
        if parameter.kind == .yesNo { return ["yes", "no"] }
        guard parameter.completes else { return [] }
        return try mode.asking { () throws(Complaint) in
            var asked: [(key: String, value: JSON)] = [
                ("method", .string(method.name)), ("parameter", .string(parameter.name)),
            ]
            if let guild = try guild() { asked.append(("guild", guild)) }
            let answer = try mode.exchange().call("meta.complete", .object(JSON.Object(asked))).result
            return (answer["choices"]?.array ?? []).compactMap(ControlParameter.Choice.init).map { choice in
                choice.label == choice.value ? choice.value : "\(choice.value) (\(choice.label))"
            }
        }
    }

    private func guild() throws(Complaint) -> JSON? {
        try GuildChoice(options, mode.talk.world).id(for: method.scope, try mode.exchange())
    }

    // MARK: - Doing

    /// Answers the parameter whose value the daemon does not take, so that it can be asked for again.
    private func attempt(_ own: [(key: String, value: JSON)]) throws(PlainMode.Ending) -> String? {
        do throws(PlainMode.Ending) {
            var params = own
            let world = mode.talk.world
            try mode.asking { () throws(Complaint) in
                if let guild = try guild() { params.append(("guild", guild)) }
                for (name, value) in options.envelope {
                    let meant =
                        name == "as"
                        ? try MemberChoice(value, in: params.last { $0.key == "guild" }?.value).id(mode.exchange()) : value
                    params.append((name, meant))
                }
            }
            if method.changes, !options.isDryRun {
                guard let token = try agree(params) else { return nil }
                if let token = token.isEmpty ? nil : token { params.append(("confirm", .string(token))) }
            }
            let call = CallMethod(
                exchange: try mode.asking { () throws(Complaint) in try mode.exchange() },
                printer: Printer(world: world, options: options))
            do throws(CallMethod.Failure) {
                try call.perform(method.name, .object(JSON.Object(params)), changes: method.changes && !options.isDryRun)
            } catch {
                switch error {
                case .complaint(let complaint): throw PlainMode.Ending.complaint(complaint)
                case .nobodyReads: throw PlainMode.Ending.unheard
                }
            }
            return nil
        } catch {
            guard case .complaint(let complaint) = error, complaint.exit == .invalidValue,
                let field = complaint.refusal?.field, method.parameters.contains(where: { $0.name == field })
            else { throw error }
            try mode.tell(complaint.lines)
            return field
        }
    }

    /// Shows what would happen. Nil is a no; else what the daemon wants to hear again, empty where it wants nothing.
    private func agree(_ params: [(key: String, value: JSON)]) throws(PlainMode.Ending) -> String? {
        let plan = try mode.asking { () throws(Complaint) in
            try mode.exchange().call(method.name, .object(JSON.Object(params + [("dry_run", true)]))).result
        }
        var showing = options
        showing.quiet = false
        let printer = Printer(world: mode.talk.world.sayingAloud, options: showing)
        do throws(Printer.NobodyReads) { try printer.result(plan, card: nil) } catch { throw .unheard }
        let token = plan["confirm"]?.text
        let isFinal = plan["can_be_undone"]?.bool == false
        let word = token == nil && !isFinal ? "yes" : "do it"
        let answer = try mode.heard { () throws(PlainTalk.Unheard) in
            try mode.talk.ask("Type \(word) to do this, Enter to leave it:")
        }
        guard answer?.lowercased() == word else {
            try mode.tell(["Nothing was done."])
            return nil
        }
        return token ?? ""
    }
}
