internal import Shared

extension Model {
    mutating func openRow() {
        guard let row = selectedRow else { return }
        switch place {
        case .overview:
            if let chosen = row.value["guild"]?.text { choose(guild: chosen) }
            go(to: .leaderboard)
        case .leaderboard:
            guard let member = row.value["member"]?["id"]?.text, let guild else { return }
            look(at: member)
            ask("activity.profile", ["guild": .string(guild), "member": .string(member)], card: true, for: .profile(member))
        case .panel:
            guard let panel, let action = firstLook(panel) else { return pickAction() }
            describe(wish(for: action))
        }
    }

    mutating func askWhy() {
        guard let member = selectedRow?.value["member"]?["id"]?.text, let guild else { return }
        look(at: member)
        ask("activity.why", ["guild": .string(guild), "member": .string(member)], card: true, for: .why(member))
    }

    /// What was known of another member is no longer shown.
    private mutating func look(at member: String) {
        if board.member != member { board = Board(member: member) }
    }

    mutating func choose(guild: String) {
        self.guild = guild
        board = Board()
        look = nil
        for place in tables.keys {
            tables[place]?.frozen = nil
            tables[place]?.marked = []
        }
    }

    /// An answer about somebody whom the viewer has left meanwhile comes too late to be shown.
    mutating func showCard(_ card: CardText, member: String, isWhy: Bool) {
        guard board.member == member, place == .leaderboard else { return }
        if isWhy { board.why = card } else { board.profile = card }
        if !isWide { overlays.append(.card(CardView(card: card))) }
    }

    mutating func act(on key: Key) {
        guard let panel, let verb = RowVerb.all.first(where: { $0.key == key }),
            let wish = wish(for: verb, panel, selectedRow?.value)
        else { return }
        describe(wish)
    }

    mutating func describe(_ wish: Wish) {
        ask("meta.describe", ["method": .string(wish.method)], for: .form(wish))
    }

    mutating func copyID() {
        guard let row = selectedRow else { return }
        let text = row.value["id"]?.plain ?? row.value["member"]?["id"]?.plain ?? row.key
        copy(text)
    }

    mutating func copy(_ text: String) {
        outgoing.append(.copy(text))
        say("Copied: \(text)")
    }

    /// Two members beside each other, as the rows have them.
    mutating func compareMarked() {
        let rows = (feed(of: place)?.rows ?? []).filter { table.marked.contains($0.key) }
        guard rows.count == 2 else { return }
        let names = rows.map { format.show($0.value["member"], .member).text }
        let width = max(12, names.map { $0.width(policy) }.max() ?? 0)
        let fields = BoardScreen.columns.filter { $0.key != "member" }.map { column in
            let sides = rows.map { format.show($0.value[column.key], column.kind).text.fitted(to: width, .right, policy) }
            return CardText.Field(name: column.title, value: sides.joined(separator: "  "))
        }
        let title = CardText.Field(name: "", value: names.map { $0.fitted(to: width, .right, policy) }.joined(separator: "  "))
        overlays.append(.card(CardView(card: CardText(title: "Side by side", fields: [title] + fields))))
    }

    /// An answer about a row stands beside the table where there is room, else over it.
    mutating func show(_ card: CardText, _ look: Look, preview: Bool) {
        var look = look
        look.card = card
        if isWide, place == look.place, overlays.isEmpty, !preview {
            self.look = look
        } else {
            overlays.append(.card(CardView(card: card, isPreview: preview)))
        }
    }

    // MARK: - What a table shows

    /// The parameter that `p` turns: the first with few values.
    var turnedParameter: ControlParameter? { panel?.parameters.first { !$0.choices.isEmpty } }

    /// The parameter that the brackets turn: the first whole number with bounds, the number of rows last.
    var steppedParameter: ControlParameter? {
        let whole = panel?.parameters.filter { $0.kind == .whole && $0.least?.int != nil && $0.standard?.int != nil } ?? []
        return whole.first { $0.name != "top" } ?? whole.first
    }

    func value(of parameter: ControlParameter, in panel: ControlPanel) -> JSON? {
        choices[panel.topic]?[parameter.name] ?? parameter.standard
            ?? (parameter.required ? parameter.choices.first.map { .string($0.value) } : nil)
    }

    static let periods = ["day", "week", "month", "season", "all"]

    mutating func nextPeriod() {
        table.frozen = nil
        guard case .panel(let topic) = place, let panel, let parameter = turnedParameter else {
            let here = Self.periods.firstIndex(of: period) ?? 0
            period = Self.periods[(here + 1) % Self.periods.count]
            board = Board()
            return
        }
        let values = parameter.choices.map(\.value)
        let here = value(of: parameter, in: panel)?.plain.flatMap { values.firstIndex(of: $0) } ?? -1
        choices[topic, default: [:]][parameter.name] = .string(values[(here + 1) % values.count])
    }

    mutating func turnStep(_ step: Int) {
        if showsCalendar {
            calendarShift += step
            return
        }
        guard case .panel(let topic) = place, let panel, let parameter = steppedParameter,
            let now = value(of: parameter, in: panel)?.int, let standard = parameter.standard?.int
        else { return }
        let next = now + Int64(step) * max(1, standard / 2)
        let least = parameter.least?.int ?? 0
        choices[topic, default: [:]][parameter.name] = .int(max(least, min(next, parameter.most?.int ?? next)))
        table.frozen = nil
    }

    /// What a chart may show: every column with figures.
    var metrics: [ControlPanel.Column] {
        guard let panel, let chart = panel.chart, ["line", "bars"].contains(chart.kind) else { return [] }
        return panel.columns.filter { [.number, .points, .duration, .percent].contains($0.kind) && $0.key != chart.x }
    }

    mutating func nextMetric() {
        guard let panel, let chart = panel.chart, !metrics.isEmpty else { return }
        let here = metrics.firstIndex { $0.key == metric[panel.topic] ?? chart.y } ?? -1
        metric[panel.topic] = metrics[(here + 1) % metrics.count].key
    }
}
