internal import Shared

/// A command's form, made from its description. What changes something is shown as a difference first, then asked for once
/// more; what cannot be taken back wants a typed word.
struct FormState: Sendable {
    enum Stage: Hashable, Sendable {
        case editing
        case waiting(String)
        /// Nil where there is no dry run to show.
        case asking(Plan?)
        case done(CardText)
    }

    enum Try { case preview, run, confirmed }

    struct Question: Hashable, Sendable {
        var field: Int
        var text: String
        var params: JSON
    }

    let method: ControlMethod
    var fields: [FormField]
    /// One past the last field is the button.
    var focus = 0
    var stage = Stage.editing
    var preview: Plan?
    var word = TextField()
    var complaint: String?

    init(_ method: ControlMethod, presets: [String: String], guilds: [Hello.Home], guild: String?) {
        self.method = method
        let own = method.parameters.map { FormField($0, preset: presets[$0.name]) }
        fields = own + [Self.guildField(method, guilds, guild)].compactMap { $0 }
        focus = fields.firstIndex { $0.parameter.required && $0.text.isEmpty } ?? 0
    }

    /// Which guild it is about is a field like the others.
    private static func guildField(_ method: ControlMethod, _ guilds: [Hello.Home], _ guild: String?) -> FormField? {
        guard method.scope != .house else { return nil }
        let choices = guilds.map { JSON.fields(["value": .string($0.id), "label": .string($0.name)]) }
        let parameter = ControlParameter([
            "name": "guild", "summary": "Which server", "kind": "choice", "required": .bool(method.scope == .guild),
            "choices": .array(choices),
        ])
        return parameter.map { FormField($0, preset: guild) }
    }

    private var guild: JSON? { fields.first { $0.parameter.name == "guild" }?.value }

    var isOnButton: Bool { focus >= fields.count }
    var isAsking: Bool { if case .asking = stage { true } else { false } }

    /// The word to be typed before something that cannot be taken back.
    var typedWord: String? {
        guard case .asking(let plan?) = stage, plan.confirm != nil else { return nil }
        return String(method.name.split(separator: ".").last ?? "yes")
    }

    // MARK: - Keys

    func keys(_ model: Model) -> [Binding] {
        switch stage {
        case .waiting: return [Binding(.escape, hint: "leave", .back)]
        case .done: return [Binding(.escape, .enter, .character("q"), hint: "close", .back)]
        case .asking where typedWord != nil:
            let off = word.text == typedWord ? model.asleep : "type the word first"
            return [Binding(.enter, hint: "do it", .answer(true), off: off), Binding(.escape, hint: "no", .answer(false))]
        case .asking:
            return [
                Binding(.character("y"), hint: "yes, do it", .answer(true), off: model.asleep),
                Binding(.character("n"), .enter, .escape, hint: "no", .answer(false)),
            ]
        case .editing: return editingKeys(model)
        }
    }

    private func editingKeys(_ model: Model) -> [Binding] {
        let locked = method.changes && model.isLocked ? "changes are locked: ! on a screen unlocks" : nil
        let enter =
            isOnButton
            ? Binding(.enter, hint: method.changes ? "go on" : "run", .submit, off: model.asleep ?? locked)
            : Binding(.enter, hint: focusedCandidate == nil ? "next" : "take it", .accept)
        var keys = [
            enter, Binding(.tab, .down, hint: "next field", .nextField),
            Binding(.backTab, .up, hint: "field before", .previousField, inBar: false),
        ]
        if !isOnButton, !fields[focus].turns.isEmpty {
            keys.append(Binding(.right, hint: "turn", .cycle(1)))
            keys.append(Binding(.left, hint: "turn back", .cycle(-1), inBar: false))
        }
        if !isOnButton, fields[focus].parameter.completes {
            let none = fields[focus].candidates.isEmpty ? "nothing is offered" : nil
            keys.append(Binding(.control("n"), hint: "offers", .nextCandidate(1), off: none))
            keys.append(Binding(.control("p"), hint: "offer before", .nextCandidate(-1), off: none, inBar: false))
        }
        if method.changes, method.dryRun { keys.append(Binding(.control("r"), hint: "dry run", .preview, off: model.asleep)) }
        return keys + [Binding(.escape, hint: "leave", .back)]
    }

    private var focusedCandidate: Int? { isOnButton ? nil : fields[focus].candidate }

    mutating func write(_ key: Key) -> (taken: Bool, question: Question?) {
        if typedWord != nil { return (word.take(key), nil) }
        guard stage == .editing, !isOnButton, fields[focus].write(key) else { return (false, nil) }
        preview = nil
        return (true, question)
    }

    private var question: Question? {
        let field = fields[focus]
        guard field.parameter.completes else { return nil }
        let params: JSON = .fields([
            "method": .string(method.name), "parameter": .string(field.parameter.name), "text": .string(field.text.text),
            "guild": guild,
        ])
        return Question(field: focus, text: field.text.text, params: params)
    }

    mutating func perform(_ intent: Intent) {
        switch intent {
        case .accept:
            if !fields[focus].acceptCandidate() { focus += 1 }
        case .nextField: focus = (focus + 1) % (fields.count + 1)
        case .previousField: focus = (focus + fields.count) % (fields.count + 1)
        case .cycle(let step) where !isOnButton: fields[focus].turn(step)
        case .nextCandidate(let step) where !isOnButton:
            let count = fields[focus].candidates.count
            if count > 0 { fields[focus].candidate = ((fields[focus].candidate ?? (step > 0 ? -1 : 0)) + step + count) % count }
        default: break
        }
    }

    // MARK: - Asking the daemon

    mutating func request(_ attempt: Try) -> (method: String, params: JSON, purpose: Purpose)? {
        guard complete() else { return nil }
        var params = fields.compactMap { field in field.value.map { (key: field.parameter.name, value: $0) } }
        complaint = nil
        switch attempt {
        case .run where method.changes && !method.dryRun:
            stage = .asking(nil)
            return nil
        case .run where method.changes, .preview:
            params.append(("dry_run", true))
            stage = .waiting("Looking what would happen…")
            return (method.name, .object(JSON.Object(params)), .dryRun(thenConfirm: attempt == .run))
        case .run: break
        case .confirmed:
            if case .asking(let plan?) = stage, let token = plan.confirm { params.append(("confirm", .string(token))) }
        }
        stage = .waiting("Asking…")
        return (method.name, .object(JSON.Object(params)), .submit)
    }

    private mutating func complete() -> Bool {
        for index in fields.indices where fields[index].parameter.required && fields[index].text.isEmpty {
            fields[index].error = "This is needed."
            focus = index
            return false
        }
        return true
    }

    // MARK: - Answers

    mutating func offer(_ choices: [ControlParameter.Choice], field: Int, text: String) {
        guard fields.indices.contains(field), fields[field].text.text == text else { return }
        fields[field].candidates = choices
        fields[field].candidate = nil
    }

    mutating func showPlan(_ plan: Plan, thenConfirm: Bool) {
        preview = plan
        word = TextField()
        stage = thenConfirm ? .asking(plan) : .editing
    }

    mutating func finish(_ card: CardText) { stage = .done(card) }

    /// The field that is to blame shows it; without one the form does.
    mutating func refuse(_ error: ControlError) {
        if let token = error.data["confirm"]?.text {
            var plan = preview ?? Plan(error.data["plan"] ?? [:])
            plan.confirm = token
            preview = plan
            word = TextField()
            stage = .asking(plan)
            return
        }
        stage = .editing
        let text = error.message + (error.hint.map { " " + $0 } ?? "")
        if let index = fields.firstIndex(where: { $0.parameter.name == error.field }) {
            fields[index].error = text
            focus = index
        } else {
            complaint = text
        }
    }

    mutating func reconsider() {
        stage = .editing
        word = TextField()
    }

    mutating func lostLink(wasWaiting: Bool) {
        guard case .waiting = stage else { return }
        stage = .editing
        complaint =
            wasWaiting && method.changes
            ? "The daemon went away before it answered: look first whether it was done."
            : "The daemon went away. The form is kept."
    }

    /// The line that does the same in a shell.
    var line: String {
        let flags = fields.compactMap { field -> String? in
            guard !field.text.isEmpty, field.text.text != field.parameter.standard?.plain else { return nil }
            let plain = field.text.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.:/@".contains($0)) }
            let name = String(field.parameter.name.map { $0 == "_" ? "-" : $0 })
            return "--\(name) " + (plain ? field.text.text : "'\(field.text.text)'")
        }
        return (["hearth", method.name.replacingDots] + flags).joined(separator: " ")
    }
}
