internal import Shared

extension Model {
    /// A command has been described: what only looks and lacks nothing is asked at once, the rest has its form.
    mutating func begin(_ method: ControlMethod, _ wish: Wish) {
        if wish.targets.count > 1 {
            guard method.changes else {
                return say("\(wish.label) looks at one row at a time: Esc takes the marks away.", .warn)
            }
            overlays.append(.bulk(BulkState(method, wish, guild: guild)))
            return goOnWithBulk { _ in }
        }
        let known = wish.arguments
        let lacks = method.parameters.contains { $0.required && known[$0.name] == nil }
        if !method.changes, !lacks, wish.needsRow { return ask(method, about: wish) }
        let draft = drafts[Draft(method: method.name, arguments: known)] ?? [:]
        var form = FormState(
            method, presets: known.merging(draft) { _, written in written }, guilds: hello?.guilds ?? [], guild: guild)
        form.known = known
        form.show(current: wish.targets.first?.current ?? [:])
        form.isGrave = wish.isGrave
        form.behalf = known["as"] == nil ? nil : wish.targets.first?.name
        overlays.append(.form(form))
        if wish.looksFirst || wish.isGrave, !lacks, !isLocked, objection(to: method.name) == nil { sendForm(.run) }
    }

    private mutating func ask(_ method: ControlMethod, about wish: Wish) {
        guard let target = wish.targets.first else { return }
        var params = method.parameters.compactMap { parameter in
            target.arguments[parameter.name].map { (key: parameter.name, value: parameter.value(reading: $0)) }
        }
        if method.scope != .house, let guild { params.append(("guild", .string(guild))) }
        if let behalf = target.arguments["as"] { params.append(("as", .string(behalf))) }
        let isPreview = RowVerb.of(method.name)?.key == .character("v")
        let look = Look(place: place, key: target.key)
        ask(method.name, .object(JSON.Object(params)), card: true, for: .look(look, preview: isPreview))
    }

    mutating func sendForm(_ attempt: FormState.Try) {
        guard case .form(var form)? = overlays.last else { return }
        let request = form.request(attempt)
        overlays[overlays.count - 1] = .form(form)
        if let request { ask(request.method, request.params, card: true, for: request.purpose) }
    }

    /// While somebody writes, the daemon says what it thinks of it; once a second at most, and only of what is whole.
    mutating func checkForm() {
        guard isLive, case .form(var form)? = overlays.last, let request = form.check() else { return }
        overlays[overlays.count - 1] = .form(form)
        guard objection(to: form.method.name) == nil else { return }
        ask(request.method, request.params, for: request.purpose)
    }

    mutating func submitted(_ card: CardText) {
        guard case .form(let form)? = overlays.last(where: { if case .form = $0 { true } else { false } }) else { return }
        remember(form.method)
        if form.method.name == "audit.undo", let id = form.known["id"] { undone.insert(id) }
        drafts[Draft(method: form.method.name, arguments: form.known)] = nil
        changeForm { $0.finish(card) }
    }

    private mutating func remember(_ method: ControlMethod) {
        if method.changes, method.name != "audit.undo" { changesDone.append(method.name) }
    }

    /// What was written is there again when the form is opened for the same thing.
    mutating func keepDraft(_ form: FormState) {
        if case .done = form.stage { return }
        drafts[Draft(method: form.method.name, arguments: form.known)] = form.written
    }

    // MARK: - Marked rows

    mutating func goOnWithBulk(_ change: (inout BulkState) -> Void) {
        guard let index = overlays.firstIndex(where: { if case .bulk = $0 { true } else { false } }),
            case .bulk(var bulk) = overlays[index]
        else { return }
        let before = bulk.successes
        change(&bulk)
        if bulk.successes > before { remember(bulk.method) }
        let request = bulk.next()
        overlays[index] = .bulk(bulk)
        if bulk.isDone { table.marked = [] }
        if let request { ask(request.method, request.params, card: true, for: request.purpose) }
    }

    // MARK: - Undo

    /// Our own last change is found by the name that the daemon knows this console by.
    mutating func findLastChange() {
        guard let method = changesDone.last else { return }
        ask("audit.list", ["command": .string(method), "limit": 20], for: .changes)
    }

    mutating func findOwnChange(among rows: [JSON]) {
        let open = rows.filter { $0["undo"]?.bool == true && $0["state"]?.text == "ok" }.compactMap { $0["id"]?.text }
        lookAtChange(open.filter { !undone.contains($0) })
    }

    private mutating func lookAtChange(_ ids: [String]) {
        guard let first = ids.first else {
            changesDone.removeLast()
            return say("The last change from here cannot be taken back; u again looks for the one before.", .warn)
        }
        ask("audit.show", ["id": .string(first)], for: .change(id: first, others: Array(ids.dropFirst())))
    }

    mutating func judgeChange(_ id: String, _ entry: JSON, others: [String]) {
        guard entry["asker"]?["client"]?.text == program else { return lookAtChange(others) }
        let target = Wish.Target(key: id, name: id, arguments: ["id": id])
        describe(Wish(method: "audit.undo", label: "Undo", targets: [target], looksFirst: true))
    }
}
