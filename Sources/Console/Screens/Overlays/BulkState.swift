internal import Shared

/// One command for several marked rows: a dry run of each, one typed word for all, then one after the other.
struct BulkState: Sendable {
    enum Stage: Hashable, Sendable { case looking, asking, doing, done(String?) }

    struct Item: Hashable, Sendable {
        enum State: Hashable, Sendable { case waiting, asked, planned(Plan), refused(String), done }
        var target: Wish.Target
        var state = State.waiting
    }

    let method: ControlMethod
    let label: String
    let guild: String?
    private(set) var items: [Item]
    private(set) var stage: Stage
    private(set) var word = TextField()

    init(_ method: ControlMethod, _ wish: Wish, guild: String?) {
        self.method = method
        self.guild = guild
        label = wish.label
        items = wish.targets.map { Item(target: $0) }
        let lacking = method.parameters.first { $0.required && wish.arguments[$0.name] == nil }
        stage =
            lacking.map { .done("\(wish.label) also needs \($0.name), which the rows do not say: do it one row at a time.") }
            ?? .looking
    }

    private var willing: [Int] {
        items.indices.filter { index in
            switch items[index].state {
            case .planned: true
            case .waiting: !method.dryRun
            default: false
            }
        }
    }

    /// What has to be typed: the verb and how many rows it is about.
    var typedWord: String { "\(method.name.split(separator: ".").last ?? "do") \(willing.count)" }
    var isDone: Bool { if case .done = stage { true } else { false } }
    var successes: Int { items.count { $0.state == .done } }

    // MARK: - Keys

    func keys(_ model: Model) -> [Binding] {
        switch stage {
        case .looking, .doing: KeyTable.waiting
        case .done: KeyTable.done
        case .asking:
            KeyTable.word.map { row in
                var row = row
                if row.intent == .answer(true) {
                    row.off = word.text == typedWord ? model.asleep ?? model.locked : "type the words first"
                }
                if row.intent == .answer(false) { row.intent = .back }
                return row
            }
        }
    }

    mutating func write(_ key: Key) -> Bool { stage == .asking && word.take(key) }

    mutating func decide(_ yes: Bool) { if yes, stage == .asking, word.text == typedWord { stage = .doing } }

    // MARK: - One after the other

    /// The next thing to ask, or nothing: then a person or an answer is awaited.
    mutating func next() -> (method: String, params: JSON, purpose: Purpose)? {
        guard !items.contains(where: { $0.state == .asked }) else { return nil }
        switch stage {
        case .looking:
            if method.dryRun, let index = items.firstIndex(where: { $0.state == .waiting }) { return ask(index, isDry: true) }
            stage = willing.isEmpty ? .done("None of them can be done.") : .asking
            return nil
        case .doing:
            if let index = willing.first { return ask(index, isDry: false) }
            stage = .done(nil)
            return nil
        case .asking, .done: return nil
        }
    }

    private mutating func ask(_ index: Int, isDry: Bool) -> (method: String, params: JSON, purpose: Purpose) {
        let arguments = items[index].target.arguments
        var params = method.parameters.compactMap { parameter in
            arguments[parameter.name].map { (key: parameter.name, value: parameter.value(reading: $0)) }
        }
        if method.scope != .house, let guild { params.append(("guild", .string(guild))) }
        if let behalf = arguments["as"] { params.append(("as", .string(behalf))) }
        if isDry { params.append(("dry_run", true)) }
        if !isDry, case .planned(let plan) = items[index].state, let token = plan.confirm {
            params.append(("confirm", .string(token)))
        }
        items[index].state = .asked
        return (method.name, .object(JSON.Object(params)), .bulk(index, isDry: isDry))
    }

    mutating func answered(_ index: Int, isDry: Bool, _ result: JSON, _ card: JSON?) {
        guard items.indices.contains(index) else { return }
        items[index].state = isDry ? .planned(Plan(result)) : .done
    }

    /// A dry run that names its price is a plan; any other refusal leaves the row out.
    mutating func refused(_ index: Int, isDry: Bool, _ error: ControlError) {
        guard items.indices.contains(index) else { return }
        if isDry, let token = error.data["confirm"]?.text {
            var plan = Plan(error.data["plan"] ?? [:])
            plan.confirm = token
            items[index].state = .planned(plan)
        } else {
            items[index].state = .refused(error.message)
        }
    }

    mutating func lostLink() {
        switch stage {
        case .looking: stage = .done("The daemon went away before anything was done.")
        case .doing: stage = .done("The daemon went away after \(successes): look first which of them it did.")
        case .asking, .done: break
        }
    }
}

extension BulkState {
    func draw(into canvas: inout Canvas, _ model: Model) {
        let room = Rect(x: 0, y: 1, width: model.size.width, height: model.size.height - 2)
        let width = min(room.width - 4, 76)
        let lines = lines(width - 4, model)
        let frame = room.centred(Size(width, min(room.height, lines.count + 4)))
        canvas.box(frame, model.glyphs, title: "\(label), \(items.count) rows")
        let inside = frame.inset(2, 1)
        let space = max(0, inside.height - 1)
        for (row, line) in lines.prefix(space).enumerated() {
            canvas.put(line.text, at: inside.x, inside.y + row, line.style, until: inside.right)
        }
        if lines.count > space {
            canvas.put(" \(lines.count - space) lines more ", at: frame.right - 20, frame.y, .quiet)
        }
        draw(ending: &canvas, Rect(x: inside.x, y: inside.bottom - 1, width: inside.width, height: 1))
    }

    private func draw(ending canvas: inout Canvas, _ row: Rect) {
        switch stage {
        case .looking: canvas.put("Looking what would happen…", at: row.x, row.y, .quiet)
        case .doing: canvas.put("\(successes) done…", at: row.x, row.y, .quiet)
        case .done(let note):
            canvas.put(
                note ?? "\(successes) of \(items.count) done.", at: row.x, row.y, Style(.title, bold: true), until: row.right)
        case .asking:
            let x = canvas.put("Type \"\(typedWord)\" and Enter: ", at: row.x, row.y, Style(.warn, bold: true))
            word.draw(into: &canvas, at: x, row.y, width: row.right - x, Style(.accent, underlined: true), focused: true)
        }
    }

    private func lines(_ width: Int, _ model: Model) -> [(text: String, style: Style)] {
        items.flatMap { item -> [(text: String, style: Style)] in
            let name = (text: item.target.name, style: Style(.title, bold: true))
            switch item.state {
            case .waiting, .asked: return [(text: item.target.name, style: .quiet)]
            case .planned(let plan):
                return [name]
                    + plan.lines.flatMap { $0.wrapped(to: width - 2, model.policy) }.map { text in
                        (
                            text: "  " + text,
                            style: text.hasPrefix("  -") ? Style(.warn) : text.hasPrefix("  +") ? Style(.good) : .plain
                        )
                    }
            case .refused(let why):
                return [name] + why.wrapped(to: width - 4, model.policy).map { (text: "  ! " + $0, style: Style(.bad)) }
            case .done: return [(text: item.target.name + ": done", style: Style(.good))]
            }
        }
    }
}
