internal import Shared

extension Model {
    mutating func take(_ key: Key) {
        if case .control("c") = key { return perform(.quit) }
        guard fits else {
            if key == .character("q") { outgoing.append(.quit) }
            return
        }
        notice = nil
        if awaitsPlace { return goAfterPrefix(key) }
        if write(key) { return }
        guard let binding = bindings.first(where: { $0.keys.contains(key) }) else { return }
        if let off = binding.off { return say("\(key.name): \(off)", .warn) }
        perform(binding.intent)
    }

    /// Text that is being written takes its keys before the key table does.
    private mutating func write(_ key: Key) -> Bool {
        if !overlays.isEmpty {
            let index = overlays.count - 1
            var overlay = overlays[index]
            let outcome = overlay.write(key)
            overlays[index] = overlay
            if let question = outcome.question {
                ask("meta.complete", question.params, for: .candidates(field: question.field, text: question.text))
            }
            return outcome.taken
        }
        guard table.filtering else { return false }
        return table.filter.take(key)
    }

    private mutating func goAfterPrefix(_ key: Key) {
        awaitsPlace = false
        switch key {
        case .character("o"): perform(.go(.overview))
        case .character("l"): perform(.go(.leaderboard))
        case .character("g"): perform(.top)
        default: say("g goes to: o overview, l leaderboard, g first row. All others: press :", .quiet)
        }
    }

    mutating func take(_ move: MouseMove, _ x: Int, _ y: Int) {
        guard fits else { return }
        switch move {
        case .wheelUp: perform(.move(-1))
        case .wheelDown: perform(.move(1))
        case .press:
            guard overlays.isEmpty, let shown = shownTable, shown.rect.contains(x: x, y: y), y > shown.rect.y else { return }
            let rows = table.visible(feed(of: place), shown.columns, format)
            table.select(table.offset + y - shown.rect.y - 1, in: rows)
        }
    }

    mutating func perform(_ intent: Intent) {
        if !overlays.isEmpty, performInOverlay(intent) { return }
        switch intent {
        case .quit: outgoing.append(.quit)
        case .suspend: outgoing.append(.suspend)
        case .repaint:
            for key in feeds.keys { feeds[key]?.retry() }
            outgoing.append(.repaint)
        case .back:
            table.filtering = false
            table.filter = TextField()
        case .accept: table.filtering = false
        case .help: overlays.append(.help(HelpState(screenKeys: bindings)))
        case .palette: overlays.append(.palette(PaletteState()))
        case .go(let place):
            self.place = place
            overlays = []
        case .prefix: awaitsPlace = true
        case .mouse:
            catchesMouse.toggle()
            outgoing.append(.catchMouse(catchesMouse))
        case .lock:
            isLocked.toggle()
            say(isLocked ? "Locked: nothing can be changed from here." : "Changes are allowed until you press ! again.", .warn)
        case .ladder: glyphs = Glyphs(glyphs.ladder.next, policy: glyphs.policy)
        case .numbers: showsNumbers.toggle()
        case .switchGuild: pickGuild()
        case .rowActions: pickAction()
        case .open: openRow()
        case .why: askWhy()
        case .period: nextPeriod()
        default: performOnTable(intent)
        }
    }

    private mutating func performOnTable(_ intent: Intent) {
        guard let shown = shownTable else { return }
        let rows = table.visible(feed(of: place), shown.columns, format)
        switch intent {
        case .move(let step): table.move(step, in: rows)
        case .page(let pages): table.move(pages * max(1, shown.rect.height - 2), in: rows)
        case .top: table.move(-rows.count, in: rows)
        case .bottom: table.move(rows.count, in: rows)
        case .filter: table.filtering = true
        case .sort: table.sortNext(of: shown.columns.count)
        case .reverse: table.sort?.descending.toggle()
        case .freeze: table.frozen = table.frozen == nil ? feed(of: place)?.rows : nil
        default: break
        }
    }

    // MARK: - Rows

    private mutating func openRow() {
        guard let row = selectedRow else { return }
        switch place {
        case .overview:
            if let chosen = row.value["guild"]?.text { choose(guild: chosen) }
            place = .leaderboard
        case .leaderboard:
            guard let member = row.value["member"]?["id"]?.text, let guild else { return }
            look(at: member)
            ask("activity.profile", ["guild": .string(guild), "member": .string(member)], card: true, for: .profile(member))
        case .panel: pickAction()
        }
    }

    private mutating func askWhy() {
        guard let member = selectedRow?.value["member"]?["id"]?.text, let guild else { return }
        look(at: member)
        ask("activity.why", ["guild": .string(guild), "member": .string(member)], card: true, for: .why(member))
    }

    static let periods = ["day", "week", "month", "season", "all"]

    private mutating func nextPeriod() {
        let here = Self.periods.firstIndex(of: period) ?? 0
        period = Self.periods[(here + 1) % Self.periods.count]
        table.frozen = nil
        board = Board()
    }

    /// What was known of another member is no longer shown.
    private mutating func look(at member: String) {
        if board.member != member { board = Board(member: member) }
    }

    mutating func choose(guild: String) {
        self.guild = guild
        board = Board()
        for place in tables.keys { tables[place]?.frozen = nil }
    }

    /// An answer about somebody whom the viewer has left meanwhile comes too late to be shown.
    mutating func showCard(_ card: CardText, member: String, isWhy: Bool) {
        guard board.member == member, place == .leaderboard else { return }
        if isWhy { board.why = card } else { board.profile = card }
        if !isWide { overlays.append(.card(CardView(card: card))) }
    }
}
