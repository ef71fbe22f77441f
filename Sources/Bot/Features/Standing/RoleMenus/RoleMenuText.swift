internal import Kit
internal import Shared

/// What role menus say to people.
enum RoleMenuText {
    /// The message itself.
    static func panel(_ menu: RoleMenu, _ turn: Turn, isOff: Bool = false) -> Card {
        var card = Card("\(menu.title)", text: body(menu), footer: rules(menu, turn))
        let id: JSON = ["id": .string(menu.key)]
        switch menu.style {
        case .reactions: break
        case .buttons:
            card.buttons = menu.choices.map { choice in
                Button(
                    name(of: choice.role, turn), emoji: choice.emoji, runs: "rolemenus.take",
                    id.joined(with: ["role": .id(choice.role)]), isOff: isOff)
            }
        case .menu:
            card.menu = Menu(
                menu.isExclusive ? "Choose one" : "Choose a role, or give it back", argument: "role",
                choices: menu.choices.map { choice in
                    let emoji = choice.emoji.flatMap { $0.contains(":") ? nil : $0 + " " } ?? ""
                    return Choice(emoji + name(of: choice.role, turn), choice.role.description)
                }, runs: "rolemenus.take", id)
        }
        return card
    }

    private static func body(_ menu: RoleMenu) -> Phrase {
        let lines = menu.choices.map { choice -> Phrase in
            choice.emoji.map { "\(words: shown($0)) \(choice.role)" } ?? "\(choice.role)"
        }
        return .lines((menu.text.isEmpty ? [] : ["\(menu.text)", ""]) + lines)
    }

    /// An emoji as text shows it.
    private static func shown(_ emoji: String) -> String { emoji.contains(":") ? "<:\(emoji)>" : emoji }

    private static func rules(_ menu: RoleMenu, _ turn: Turn) -> Phrase? {
        var rules: [Phrase] = []
        if menu.isExclusive { rules.append("One of them at a time.") }
        if let most = menu.most, !menu.isExclusive { rules.append("Up to \(most) of them.") }
        if let needs = menu.needs { rules.append("For who has \(needs).") }
        if let lasts = menu.lasts { rules.append("Yours for \(words: lasts.spelled).") }
        guard let first = rules.first else { return nil }
        return rules.dropFirst().reduce(first) { $0 + " " + $1 }
    }

    private static func name(of role: ID<Role>, _ turn: Turn) -> String { turn.house.directory.name(of: role) ?? "a role" }

    // MARK: - To who chooses

    static func chosen(_ chosen: Chosen, _ menu: RoleMenu) -> Card {
        var lines: [Phrase] = []
        if !chosen.given.isEmpty {
            let until: Phrase = chosen.until.map { " until \($0)" } ?? ""
            lines.append("You have \(roles(chosen.given)) now\(until).")
        }
        if !chosen.taken.isEmpty { lines.append("You have \(roles(chosen.taken)) no more.") }
        if lines.isEmpty { lines.append("Nothing is changed: it is like that already.") }
        let back = (chosen.given.first ?? chosen.taken.first).map { role in
            Button(
                chosen.given.isEmpty ? "Have it again" : "Give it back", runs: "rolemenus.take",
                ["id": .string(menu.key), "role": .id(role)])
        }
        return Card(text: .lines(lines), tone: .good, buttons: back.map { [$0] } ?? [])
    }

    static func refused(_ refusal: Refusal, _ menu: RoleMenu) -> Card {
        let hint: Phrase = refusal.hint.map { " \($0)" } ?? ""
        return Card(text: "\(strong: menu.title): \(refusal.sentence)\(hint)", tone: .refused)
    }

    private static func roles(_ roles: [ID<Role>]) -> Phrase {
        roles.dropFirst().reduce(roles.first.map { "\($0)" } ?? "") { $0 + ", \($1)" }
    }

    // MARK: - To who sets it up

    static func added(_ menu: RoleMenu) -> Card {
        Card(
            "Role menu \(menu.id) is posted", text: "\(strong: menu.title) in \(menu.channel), \(menu.choices.count) roles.",
            footer: "Change it where it stands with rolemenus edit and rolemenus role.", tone: .good)
    }

    static func changed(_ menu: RoleMenu) -> Card {
        if menu.state == .lost {
            return Card(
                text: "\(strong: menu.title) is changed, and stands nowhere. Post it with rolemenus post \(words: menu.key).",
                tone: .warning)
        }
        return Card(text: "\(strong: menu.title) is changed where it stands, in \(menu.channel).", tone: .good)
    }

    static func posted(_ menu: RoleMenu) -> Card {
        Card(text: "\(strong: menu.title) is posted in \(menu.channel).", tone: .good)
    }

    static func removed(_ menu: RoleMenu) -> Card {
        Card(
            text:
                "\(strong: menu.title) is removed; who has a role keeps it. rolemenus restore \(words: menu.key) posts it again.",
            tone: .good)
    }

    static func reading(_ menu: RoleMenu) -> Card {
        Card(text: "The reactions of \(strong: menu.title) are being read.", tone: .good)
    }

    static func lost(_ menu: RoleMenu) -> Card {
        Card(
            text: "The role menu \(strong: menu.title) in \(menu.channel) does not work: \(menu.trouble ?? "")", tone: .warning,
            buttons: [Button("Post it again", style: .primary, runs: "rolemenus.post", ["id": .string(menu.key)])])
    }

    static func preview(_ menu: RoleMenu, _ turn: Turn) -> Card {
        var card = panel(menu, turn, isOff: true)
        card.menu = nil
        if menu.style == .menu { card.text = card.text + "\n\n" + "(and a list to choose from)" }
        return card
    }

    static func list(_ menus: [RoleMenu]) -> Card {
        let lines = menus.map { menu -> Phrase in
            let state: Phrase = menu.state == .on ? "" : ", \(words: menu.state.rawValue)"
            return """
                \(strong: menu.key)  \(menu.title)  \(menu.channel), \(words: menu.style.rawValue), \(menu.choices.count) roles\(state)
                """
        }
        return Card("Role menus", text: lines.isEmpty ? "There are none. Post one with rolemenus add." : .lines(lines))
    }

    static func shown(_ menu: RoleMenu, _ counts: [ID<Role>: Int], _ trouble: String?) -> Card {
        let lines = menu.choices.map { choice -> Phrase in
            let sign: Phrase = choice.emoji.map { "\(words: shown($0)) " } ?? ""
            return "\(sign)\(choice.role)  \(counts[choice.role] ?? 0)"
        }
        var fields: [Card.Field] = [.init("Roles and who chose them", .lines(lines), isInline: false)]
        if menu.isExclusive { fields.append(.init("Rule", "one at a time")) }
        if let most = menu.most { fields.append(.init("At most", "\(most)")) }
        if let needs = menu.needs { fields.append(.init("Only for", "\(needs)")) }
        if let lasts = menu.lasts { fields.append(.init("Kept for", "\(words: lasts.spelled)")) }
        if let trouble { fields.append(.init("Trouble", "\(trouble)", isInline: false)) }
        return Card(
            "Role menu \(menu.id)", text: "\(strong: menu.title) in \(menu.channel), \(words: menu.style.rawValue)",
            fields: fields,
            tone: trouble == nil ? .plain : .warning)
    }

    static func holders(_ rows: [JSON]) -> Card {
        let lines = rows.map { row -> Phrase in
            let member: Phrase = row["member"]?["id"]?.id(Member.self).map { "\($0)" } ?? "?"
            let role: Phrase = row["role"]?["id"]?.id(Role.self).map { "\($0)" } ?? "?"
            let until: Phrase = row["until_ms"]?.int.map { " until \(Instant(milliseconds: $0))" } ?? ""
            return "\(member)  \(role)\(until)"
        }
        return Card("Roles from menus", text: lines.isEmpty ? "Nobody has chosen one yet." : .lines(lines))
    }
}
