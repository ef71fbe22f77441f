internal import Kit
internal import Shared

extension RoleMenus {
    static let via = "reaction"

    /// A reaction on a menu is a choice, and taking it away gives the role back. What counts for nothing is taken away.
    static let hearReactions = Listener.event("rolemenus.reactions", .reactions, order: 200) { turn, event in
        switch event {
        case .reactionAdded(let reaction) where !reaction.giverIsBot && reaction.giver != turn.house.directory.bot:
            guard let menu = try menu(on: reaction.message, turn) else { return }
            guard let choice = menu.choice(of: reaction.emoji) else {
                let stray = RoleMenu.Choice(role: menu.guild.everyone, emoji: reaction.emoji)
                return takeBack(stray, of: reaction.giver, menu, turn)
            }
            try choose(choice, of: reaction.giver, menu, turn)
        case .reactionRemoved(let reaction):
            guard let menu = try menu(on: reaction.message, turn), let choice = menu.choice(of: reaction.emoji),
                try Standing(of: reaction.giver, turn).has(choice.role)
            else { return }
            _ = try? settle(menu, choice.role, wanted: false, of: reaction.giver, via: via, turn)
        case .reactionsCleared(let message, _, _, _):
            // Whoever tidied up did not mean everybody's roles; the signs are put back.
            guard let menu = try menu(on: message, turn) else { return }
            for emoji in menu.choices.compactMap(\.emoji) {
                try turn.emit(
                    .react(channel: .known(menu.channel), message: .known(message), emoji: emoji), receiptTo: reacted, menu.id)
            }
        default: break
        }
    }

    /// What is refused is taken away, and who chose it hears why. Of somebody unknown it is asked first which roles they have.
    static func choose(
        _ choice: RoleMenu.Choice, of member: ID<Member>, knowing known: Standing? = nil, _ menu: RoleMenu, _ turn: Turn
    ) throws {
        let standing = try known ?? Standing(of: member, turn)
        guard standing.isKnown else {
            let asked = Asked(menu: menu.id, member: member, role: choice.role)
            try turn.emit(.fetch(.member(guild: menu.guild, member)), receiptTo: met, asked)
            return
        }
        do {
            try settle(menu, choice.role, wanted: true, of: member, via: via, knowing: standing, turn)
        } catch let refusal as Refusal {
            takeBack(choice, of: member, menu, turn)
            try turn.tell(member, Post(RoleMenuText.refused(refusal, menu)))
        }
    }

    /// A choice of somebody of whom nothing is known yet.
    struct Asked: Codable, Sendable {
        var menu: Int64
        var member: ID<Member>
        var role: ID<Role>
    }

    /// Who is not here any more has chosen nothing.
    static let met: Job<Asked> = Job("rolemenus.met", late: .always) { turn, asked in
        guard case .done = turn.receipt?.outcome, let roles = turn.receipt?.answer?["roles"]?.array,
            let menu = try RoleMenuRows.find(asked.menu, in: turn.store), menu.state == .on,
            let choice = menu.choice(of: asked.role)
        else { return }
        let standing = try Standing(of: asked.member, told: roles.compactMap { $0.id(Role.self) }, turn)
        try choose(choice, of: asked.member, knowing: standing, menu, turn)
    }

    private static func menu(on message: ID<Message>, _ turn: Turn) throws -> RoleMenu? {
        guard let id = turn.hot(MenuMessages.self)[message], let menu = try RoleMenuRows.find(id, in: turn.store),
            menu.style == .reactions, menu.state == .on, menu.guild == turn.guild
        else { return nil }
        return menu
    }
}
