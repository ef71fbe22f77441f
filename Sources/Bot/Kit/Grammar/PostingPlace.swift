package import Shared

extension Turn {
    /// A card with a picture in it, or without where the bot may not attach files.
    package func post(_ card: Card, _ picture: Attachment, in channel: ID<Channel>) -> Post {
        whyNotPost(in: channel, needing: .attachFiles) == nil ? Post(card.showing(picture), files: [picture]) : Post(card)
    }

    /// Why nothing can be written in a channel of the turn's guild; nil when it can, or when nobody knows yet.
    package func whyNotPost(in channel: ID<Channel>, needing more: Permissions = []) -> Refusal? {
        guard let guild else { return .invalid("A channel is in a server.", field: "channel") }
        return whyNot([.viewChannel, .sendMessages, more], in: channel, of: guild)
    }
}
