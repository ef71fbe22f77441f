internal import Shared

extension Model {
    /// Whether the overlay on top did something with it.
    mutating func performInOverlay(_ intent: Intent) -> Bool {
        guard var overlay = overlays.popLast() else { return false }
        if intent == .back {
            if overlay.goBack() {
                overlays.append(overlay)
            } else if case .form(let form) = overlay {
                keepDraft(form)
            }
            return true
        }
        switch (overlay, intent) {
        case (.palette(let palette), .accept): follow(palette.chosen(self))
        case (.pick(let pick), .accept):
            follow(pick.items.indices.contains(pick.selected) ? pick.items[pick.selected].outcome : nil)
        case (_, .copy):
            overlays.append(overlay)
            if let line = overlay.line(self) { copy(line) }
        case (.form, .preview), (.form, .submit):
            overlays.append(overlay)
            sendForm(intent == .preview ? .preview : .run)
        case (.form(var form), .answer(let yes)):
            if !yes { form.reconsider() }
            overlays.append(.form(form))
            if yes { sendForm(.confirmed) }
        case (.bulk, .answer(let yes)):
            overlays.append(overlay)
            goOnWithBulk { $0.decide(yes) }
        default:
            let handled = overlay.perform(intent, self)
            overlays.append(overlay)
            return handled || ![.quit, .suspend, .repaint].contains(intent)
        }
        return true
    }

    private mutating func follow(_ outcome: Outcome?) {
        switch outcome {
        case nil: break
        case .go(let place)?: go(to: place)
        case .guild(let id)?: choose(guild: id)
        case .form(let wish)?:
            if let objection = objection(to: wish.method) { return say("\(wish.method.replacingDots): \(objection)", .warn) }
            describe(wish)
        }
    }

    mutating func pickGuild() {
        let items = (hello?.guilds ?? []).map { PickState.Item(title: $0.name, detail: $0.id, outcome: .guild($0.id)) }
        let here = hello?.guilds.firstIndex { $0.id == guild } ?? 0
        overlays.append(.pick(PickState(title: "Which server?", items: items, selected: here)))
    }

    mutating func pickAction() {
        guard let panel else { return }
        let items = panel.actions.map { action in
            let detail = objection(to: action.method) ?? "hearth " + action.method.replacingDots
            return PickState.Item(title: action.label, detail: detail, outcome: .form(wish(for: action)))
        }
        let count = table.marked.count
        let title = count > 1 ? "What shall be done with \(count) rows?" : "What shall be done?"
        overlays.append(.pick(PickState(title: title, items: items, selected: 0)))
    }
}

extension String {
    /// `activity.leaderboard` as it is typed in a shell.
    var replacingDots: String { String(map { $0 == "." ? " " : $0 }) }
}
