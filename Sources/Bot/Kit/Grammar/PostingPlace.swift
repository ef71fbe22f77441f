package import Shared

extension Turn {
    /// A card with a picture in it, or without where the bot may not attach files.
    package func post(_ card: Card, _ picture: Attachment, in channel: ID<Channel>) -> Post {
        whyNotPost(in: channel, needing: .attachFiles) == nil ? Post(card.showing(picture), files: [picture]) : Post(card)
    }

    /// Why nothing can be written in a channel of the turn's guild; nil when it can, or when nobody knows yet. A channel that is gone,
    /// or another server's, is none of it.
    package func whyNotPost(in channel: ID<Channel>, needing more: Permissions = []) -> Refusal? {
        guard let guild else { return .invalid("A channel is in a server.", field: "channel") }
        guard house.directory.channels(in: guild).contains(where: { $0.id == channel }) else {
            return Refusal(
                .notFound, "There is no channel \(channel) in this server.", hint: "A mention, an id or the exact name works.",
                field: "channel")
        }
        let needed: Permissions = [.viewChannel, .sendMessages, more]
        guard let own = house.directory.ownPermissions(in: channel, of: guild), !own.isSuperset(of: needed) else { return nil }
        let name = house.directory.name(of: channel).map { "#" + $0 } ?? "that channel"
        return Refusal(
            .forbidden, "I lack a permission in \(name): \(needed.subtracting(own).spelled).",
            hint: "Grant it to the bot's role in the channel's settings.", field: "channel")
    }
}
