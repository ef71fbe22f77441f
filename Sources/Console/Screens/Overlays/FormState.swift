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
    /// What it was opened about; the rest has been written since.
    var known: [String: String] = [:]
    var isGrave = false
    /// The member for whom it is done, where it is a member's own command.
    var behalf: String?
    /// One past the last field is the button.
    var focus = 0
    var stage = Stage.editing
    var preview: Plan?
    var word = TextField()
    var complaint: String?
    /// How often something was written, and when the daemon last judged it.
    private var revision = 0
    private var judged = 0

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

    /// What stays as it is where nothing is written.
    mutating func show(current: [String: String]) {
        for index in fields.indices where !fields[index].parameter.required {
            fields[index].current = current[fields[index].parameter.name].flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    private var guild: JSON? { fields.first { $0.parameter.name == "guild" }?.value }

    var isOnButton: Bool { focus >= fields.count }
    var isAsking: Bool { if case .asking = stage { true } else { false } }

    /// The word to be typed before what is grave, cannot be taken back, or wants the daemon's own proof.
    var typedWord: String? {
        guard case .asking(let plan) = stage else { return nil }
        guard isGrave || plan?.confirm != nil || plan?.isFinal == true else { return nil }
        return String(method.name.split(separator: ".").last ?? "yes")
    }

    /// What is in the fields now, for the next time.
    var written: [String: String] {
        Dictionary(fields.filter { $0.parameter.name != "guild" }.map { ($0.parameter.name, $0.text.text) }) { first, _ in first
        }
    }

    // MARK: - Keys

    func keys(_ model: Model) -> [Binding] {
        rows.map { row in
            var row = row
            row.off = reason(against: row.intent, model)
            switch row.intent {
            case .submit: row.hint = method.changes ? "go on" : "run"
            case .accept where focusedCandidate != nil: row.hint = "take it"
            default: break
            }
            return row
        }
    }

    private var rows: [Binding] {
        switch stage {
        case .waiting: KeyTable.waiting
        case .done: KeyTable.done
        case .asking: typedWord == nil ? KeyTable.question : KeyTable.word
        case .editing:
            (isOnButton ? KeyTable.button : KeyTable.field)
                + (!isOnButton && !fields[focus].turns.isEmpty ? KeyTable.turning : [])
                + (!isOnButton && fields[focus].parameter.completes ? KeyTable.offers : [])
                + (method.changes && method.dryRun ? KeyTable.dryRun : []) + KeyTable.form
        }
    }

    private func reason(against intent: Intent, _ model: Model) -> String? {
        switch intent {
        case .answer(true): typedWord == nil || word.text == typedWord ? model.asleep ?? model.locked : "type the word first"
        case .submit: model.asleep ?? model.objection(to: method.name) ?? (method.changes ? model.locked : nil)
        case .preview: model.asleep
        case .nextCandidate: fields[focus].candidates.isEmpty ? "nothing is offered" : nil
        default: nil
        }
    }

    private var focusedCandidate: Int? { isOnButton ? nil : fields[focus].candidate }

    mutating func write(_ key: Key) -> (taken: Bool, question: Question?) {
        if typedWord != nil { return (word.take(key), nil) }
        guard stage == .editing, !isOnButton, fields[focus].write(key) else { return (false, nil) }
        wasChanged()
        return (true, question)
    }

    private mutating func wasChanged() {
        preview = nil
        complaint = nil
        revision += 1
        fields[focus].judge()
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
            if fields[focus].acceptCandidate() { wasChanged() } else { focus += 1 }
        case .nextField: focus = (focus + 1) % (fields.count + 1)
        case .previousField: focus = (focus + fields.count) % (fields.count + 1)
        case .cycle(let step) where !isOnButton:
            fields[focus].turn(step)
            wasChanged()
        case .nextCandidate(let step) where !isOnButton:
            let count = fields[focus].candidates.count
            if count > 0 { fields[focus].candidate = ((fields[focus].candidate ?? (step > 0 ? -1 : 0)) + step + count) % count }
        default: break
        }
    }

    // MARK: - Asking the daemon

    mutating func request(_ attempt: Try) -> (method: String, params: JSON, purpose: Purpose)? {
        guard complete() else { return nil }
        complaint = nil
        judged = revision
        switch attempt {
        case .run where method.changes && !method.dryRun:
            stage = .asking(nil)
            return nil
        case .run where method.changes, .preview:
            stage = .waiting("Looking what would happen…")
            return (method.name, params(beside: ("dry_run", true)), .dryRun(thenConfirm: attempt == .run))
        case .run, .confirmed: break
        }
        var proof: (String, JSON)?
        if attempt == .confirmed, case .asking(let plan?) = stage, let token = plan.confirm {
            proof = ("confirm", .string(token))
        }
        stage = .waiting("Asking…")
        return (method.name, params(beside: proof), .submit)
    }

    private func params(beside one: (String, JSON)?) -> JSON {
        let own = fields.compactMap { field in field.value.map { (key: field.parameter.name, value: $0) } }
        let behalf = known["as"].map { ("as", JSON.string($0)) }
        return .object(JSON.Object(own + [behalf, one].compactMap(\.self).map { (key: $0.0, value: $0.1) }))
    }

    /// A quiet dry run of what has been written since the last one; nothing where something is missing or wrong already.
    mutating func check() -> (method: String, params: JSON, purpose: Purpose)? {
        guard stage == .editing, method.changes, method.dryRun, revision > judged,
            fields.allSatisfy({ $0.error == nil && !($0.parameter.required && $0.text.isEmpty) })
        else { return nil }
        judged = revision
        return (method.name, params(beside: ("dry_run", true)), .check(revision: revision))
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

    /// What the daemon thinks of what was written; late words about an older state are nothing.
    mutating func learn(_ plan: Plan, revision: Int) {
        if stage == .editing, revision == self.revision { preview = plan }
    }

    mutating func learn(_ error: ControlError, revision: Int) {
        guard stage == .editing, revision == self.revision else { return }
        if let index = fields.firstIndex(where: { $0.parameter.name == error.field }) {
            fields[index].error = error.message + (error.hint.map { "\n" + $0 } ?? "")
        } else if error.name != "confirmation_needed" {
            complaint = error.message
        }
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
        let text = error.message + (error.hint.map { ($0.contains("\n") ? "\n" : " ") + $0 } ?? "")
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
        let behalf = known["as"].map { ["--as \($0)"] } ?? []
        return (["hearth", method.name.replacingDots] + behalf + flags).joined(separator: " ")
    }
}
