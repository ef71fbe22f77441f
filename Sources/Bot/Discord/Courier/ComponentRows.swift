import Kit
import Shared

/// Buttons and the menu of a card as rows of components; their ids are the rows that they are kept as.
enum ComponentRows {
    private static let rowCap = 5
    private static let buttonsInRow = 5
    private static let optionCap = 25

    static func draw(_ card: Card) -> [JSON] {
        let menu = card.menu.flatMap(row)
        let buttons = card.buttons.compactMap(button).prefix((rowCap - (menu == nil ? 0 : 1)) * buttonsInRow)
        var rows = stride(from: 0, to: buttons.count, by: buttonsInRow).map { start in
            row(Array(buttons[start..<min(start + buttonsInRow, buttons.count)]))
        }
        if let menu { rows.append(menu) }
        return rows
    }

    private static func row(_ components: [JSON]) -> JSON { ["type": 1, "components": .array(components)] }

    /// A button that is kept nowhere could not be pressed.
    private static func button(_ button: Button) -> JSON? {
        guard let id = button.standing ?? button.row.map(String.init) else { return nil }
        let label = Clipping.clip(button.label, units: 80)
        let style: JSON =
            switch button.style {
            case .plain: 2
            case .primary: 1
            case .good: 3
            case .danger: 4
            }
        return .fields([
            "type": 2, "style": style, "custom_id": .string(id),
            "label": label.isEmpty && button.emoji != nil ? nil : .string(label.isEmpty ? "…" : label),
            "emoji": button.emoji.map(emoji), "disabled": button.isOff ? true : nil,
        ])
    }

    /// A Unicode emoji, or `name:id`.
    private static func emoji(_ text: String) -> JSON {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let id = ID<Emoji>(parts[1]) else { return ["name": .string(text)] }
        return ["name": .string(String(parts[0])), "id": .id(id)]
    }

    /// A choice whose value does not fit would come back as another one, so it is left out.
    private static func row(_ menu: Menu) -> JSON? {
        guard let id = menu.row else { return nil }
        var seen: Set<String> = []
        let options = menu.choices.filter {
            !$0.value.isEmpty && Clipping.count($0.value) <= 100 && seen.insert($0.value).inserted
        }
        let shown = options.prefix(optionCap)
        guard !shown.isEmpty else { return nil }
        let most = min(max(menu.most, 1), shown.count)
        return row([
            .fields([
                "type": 3, "custom_id": .string(String(id)), "options": .array(shown.map(option)),
                "placeholder": menu.hint.isEmpty ? nil : .string(Clipping.clip(menu.hint, units: 150)),
                "min_values": menu.least == 1 ? nil : .int(Int64(min(max(menu.least, 0), most))),
                "max_values": most == 1 ? nil : .int(Int64(most)),
            ])
        ])
    }

    private static func option(_ choice: Choice) -> JSON {
        let label = Clipping.clip(choice.label, units: 100)
        return .fields([
            "label": .string(label.isEmpty ? choice.value : label), "value": .string(choice.value),
            "description": choice.hint.isEmpty ? nil : .string(Clipping.clip(choice.hint, units: 100)),
            "default": choice.isChosen ? true : nil,
        ])
    }
}
