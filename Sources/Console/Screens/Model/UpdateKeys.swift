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
        if overlays.isEmpty, !table.filtering, case .character(let digit) = key, goToTab(digit) { return }
        guard let binding = binding(of: key) else { return }
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
        guard case .character(let letter) = key else { return }
        if letter == "g" { return perform(.top) }
        guard let place = place(behind: letter) else { return say("No screen is behind g \(letter).", .warn) }
        go(to: place)
    }

    /// A digit goes to the table of that number; in a calendar it chooses month, week or agenda.
    private mutating func goToTab(_ digit: Character) -> Bool {
        if showsCalendar, let number = digit.wholeNumberValue, let span = MonthChart.Span(rawValue: number - 1) {
            (calendarSpan, calendarShift) = (span, 0)
            return true
        }
        let tabs = tabs
        guard tabs.count > 1, let number = digit.wholeNumberValue, tabs.indices.contains(number - 1) else { return false }
        go(to: .panel(tabs[number - 1].topic))
        return true
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
        isMoving = false
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
            table.marked = []
        case .accept: table.filtering = false
        case .help: overlays.append(.help(HelpState(screenKeys: bindings)))
        case .palette: overlays.append(.palette(PaletteState()))
        case .go(let place): go(to: place)
        case .prefix: awaitsPlace = true
        case .tab(let step): turnTab(step)
        case .mouse:
            catchesMouse.toggle()
            outgoing.append(.catchMouse(catchesMouse))
        case .lock:
            isLocked.toggle()
            say(isLocked ? "Locked: nothing can be changed from here." : "Changes are allowed until you press ! again.", .warn)
        case .ladder:
            glyphs = Glyphs(glyphs.ladder.next(glyphs.policy), policy: glyphs.policy)
            say("Charts are drawn with \(glyphs.ladder.spelled).")
        case .numbers: showsNumbers.toggle()
        case .switchGuild: pickGuild()
        default: performOnRow(intent)
        }
    }

    private mutating func performOnRow(_ intent: Intent) {
        switch intent {
        case .rowActions: pickAction()
        case .open: openRow()
        case .why: askWhy()
        case .verb(let key): act(on: key)
        case .undo: findLastChange()
        case .copy: copyID()
        case .period: nextPeriod()
        case .step(let step): turnStep(step)
        case .metric: nextMetric()
        case .compare: place == .leaderboard ? compareMarked() : compares.toggle()
        default: performOnTable(intent)
        }
    }

    /// The first row that starts today or later.
    private mutating func selectToday(_ rows: [Feed.Row]) {
        calendarShift = 0
        guard let chart = panel?.chart else { return }
        let today = clock.wall(clock.now).day
        let index = rows.firstIndex { row in
            row.value[chart.x]?.int.map { clock.wall(Instant(milliseconds: $0)).day >= today } ?? false
        }
        if let index { table.select(index, in: rows) }
    }

    private mutating func performOnTable(_ intent: Intent) {
        guard let shown = shownTable else { return }
        let rows = table.visible(feed(of: place), shown.columns, format)
        switch intent {
        case .move(let step):
            calendarShift = 0
            isMoving = true
            table.move(step, in: rows)
        case .page(let pages): table.move(pages * max(1, shown.rect.height - 2), in: rows)
        case .top: table.move(-rows.count, in: rows)
        case .bottom: table.move(rows.count, in: rows)
        case .sideways(let step): table.firstColumn = max(0, min(table.firstColumn + step, table.firstColumn + hiddenColumns))
        case .filter: table.filtering = true
        case .sort: table.sortNext(of: shown.columns.count)
        case .reverse: table.sort?.descending.toggle()
        case .mark: table.mark(in: rows)
        case .today: selectToday(rows)
        case .freeze: table.frozen = table.frozen == nil ? feed(of: place)?.rows : nil
        default: break
        }
    }
}
