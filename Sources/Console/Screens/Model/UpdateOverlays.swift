internal import Shared

extension Model {
    /// Whether the overlay on top did something with it.
    mutating func performInOverlay(_ intent: Intent) -> Bool {
        guard var overlay = overlays.popLast() else { return false }
        if intent == .back {
            if overlay.goBack() { overlays.append(overlay) }
            return true
        }
        switch (overlay, intent) {
        case (.palette(let palette), .accept): follow(palette.chosen(self))
        case (.pick(let pick), .accept):
            follow(pick.items.indices.contains(pick.selected) ? pick.items[pick.selected].outcome : nil)
        case (.form(var form), .preview), (.form(var form), .submit):
            if let request = form.request(intent == .preview ? .preview : .run) {
                ask(request.method, request.params, card: true, for: request.purpose)
            }
            overlays.append(.form(form))
        case (.form(var form), .answer(let yes)):
            if yes, let request = form.request(.confirmed) {
                ask(request.method, request.params, card: true, for: request.purpose)
            }
            if !yes { form.reconsider() }
            overlays.append(.form(form))
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
        case .go(let place)?:
            self.place = place
            overlays = []
        case .guild(let id)?: choose(guild: id)
        case .form(let method, _)? where objection(to: method) != nil:
            say("\(method.replacingDots): \(objection(to: method) ?? "")", .warn)
        case .form(let method, let presets)?:
            ask("meta.describe", ["method": .string(method)], for: .form(presets))
        }
    }

    mutating func pickGuild() {
        let items = (hello?.guilds ?? []).map { PickState.Item(title: $0.name, detail: $0.id, outcome: .guild($0.id)) }
        let here = hello?.guilds.firstIndex { $0.id == guild } ?? 0
        overlays.append(.pick(PickState(title: "Which server?", items: items, selected: here)))
    }

    mutating func pickAction() {
        guard case .panel(let topic) = place, let panel = panels.first(where: { $0.topic == topic }), let row = selectedRow
        else { return }
        let items = panel.actions.map { action in
            var presets: [String: String] = [:]
            for (parameter, column) in action.arguments {
                let value = row.value[column]
                presets[parameter] = value?["id"]?.text ?? value?.plain ?? row.key
            }
            return PickState.Item(
                title: action.label, detail: "hearth " + action.method.replacingDots,
                outcome: .form(method: action.method, presets: presets))
        }
        overlays.append(.pick(PickState(title: "What shall be done?", items: items, selected: 0)))
    }
}

extension String {
    /// `activity.leaderboard` as it is typed in a shell.
    var replacingDots: String { String(map { $0 == "." ? " " : $0 }) }
}
