package import Shared

extension Card {
    /// Discord shows mentions in a card's text and values only: elsewhere they become names.
    package func named(by directory: any Directory, in guild: ID<Guild>?) -> Card {
        var card = self
        card.title = title?.named(by: directory, guild)
        card.footer = footer?.named(by: directory, guild)
        for index in card.fields.indices { card.fields[index].name = fields[index].name.named(by: directory, guild) }
        return card
    }
}

extension Phrase {
    fileprivate func named(by directory: any Directory, _ guild: ID<Guild>?) -> Phrase {
        Phrase(
            pieces.map { piece in
                switch piece {
                case .member(let id): .quoted(directory.name(of: id, in: guild) ?? "somebody")
                case .channel(let id): .quoted("#" + (directory.name(of: id) ?? "a channel"))
                case .role(let id): .quoted("@" + (directory.name(of: id) ?? "a role"))
                default: piece
                }
            })
    }
}
