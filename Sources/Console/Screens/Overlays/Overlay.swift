internal import Shared

/// What lies over a screen. The topmost has the keys; Esc takes it away.
enum Overlay: Sendable {
    case help(HelpState)
    case palette(PaletteState)
    case pick(PickState)
    case card(CardView)
    case form(FormState)
    case bulk(BulkState)

    func bindings(_ model: Model) -> [Binding] {
        switch self {
        case .help: KeyTable.helpBox
        case .palette(let palette): palette.keys(model)
        case .pick: KeyTable.list
        case .card: KeyTable.card
        case .form(let form): form.keys(model)
        case .bulk(let bulk): bulk.keys(model)
        }
    }

    /// Text that is being written in it; a form may want to ask what the text could become.
    mutating func write(_ key: Key) -> (taken: Bool, question: FormState.Question?) {
        switch self {
        case .help(var help):
            let taken = help.search.take(key)
            self = .help(help)
            return (taken, nil)
        case .palette(var palette):
            let taken = palette.search.take(key)
            if taken { palette.selected = 0 }
            self = .palette(palette)
            return (taken, nil)
        case .form(var form):
            let outcome = form.write(key)
            self = .form(form)
            return outcome
        case .bulk(var bulk):
            let taken = bulk.write(key)
            self = .bulk(bulk)
            return (taken, nil)
        case .pick, .card: return (false, nil)
        }
    }

    mutating func perform(_ intent: Intent, _ model: Model) -> Bool {
        switch self {
        case .help(var help):
            guard case .move(let step) = intent else { return false }
            help.offset = max(0, help.offset + step)
            self = .help(help)
        case .palette(var palette):
            guard case .move(let step) = intent else { return false }
            palette.selected = max(0, min(palette.entries(model).count - 1, palette.selected + step))
            self = .palette(palette)
        case .pick(var pick):
            guard case .move(let step) = intent else { return false }
            pick.selected = max(0, min(pick.items.count - 1, pick.selected + step))
            self = .pick(pick)
        case .card(var card):
            guard case .move(let step) = intent else { return false }
            card.offset = max(0, card.offset + step)
            self = .card(card)
        case .form(var form):
            form.perform(intent)
            self = .form(form)
        case .bulk: return false
        }
        return true
    }

    /// Esc: true if it stays, only one step back.
    mutating func goBack() -> Bool {
        guard case .form(var form) = self, form.isAsking else { return false }
        form.reconsider()
        self = .form(form)
        return true
    }

    /// Drafts outlive the daemon.
    mutating func lostLink(wasWaiting: Bool) {
        switch self {
        case .form(var form):
            form.lostLink(wasWaiting: wasWaiting)
            self = .form(form)
        case .bulk(var bulk):
            bulk.lostLink()
            self = .bulk(bulk)
        default: break
        }
    }

    /// The line that does the same in a shell.
    func line(_ model: Model) -> String? {
        switch self {
        case .form(let form): form.line
        case .palette(let palette):
            palette.entries(model).indices.contains(palette.selected) ? palette.entries(model)[palette.selected].line : nil
        default: nil
        }
    }

    mutating func settle(_ model: Model) {
        if case .card(var card) = self {
            card.offset = min(card.offset, card.furthest(model))
            self = .card(card)
        }
        if case .help(var help) = self {
            help.offset = min(help.offset, help.furthest(model))
            self = .help(help)
        }
    }

    func draw(into canvas: inout Canvas, _ model: Model) {
        switch self {
        case .help(let help): help.draw(into: &canvas, model)
        case .palette(let palette): palette.draw(into: &canvas, model)
        case .pick(let pick): pick.draw(into: &canvas, model)
        case .card(let card): card.draw(into: &canvas, model)
        case .form(let form): FormView(form: form, model: model).draw(into: &canvas)
        case .bulk(let bulk): bulk.draw(into: &canvas, model)
        }
    }
}

/// Where a choice leads.
enum Outcome: Hashable, Sendable {
    case go(Place)
    case guild(String)
    case form(Wish)
}
