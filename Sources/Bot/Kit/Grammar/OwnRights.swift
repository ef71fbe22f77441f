package import Shared

extension Turn {
    /// Refuses a channel of another server, and a place where the bot lacks what it needs, before anything fails there. Where its
    /// own roles are not known yet, trying tells.
    package func requireOwn(
        _ needed: Permissions, in channel: ID<Channel>, of guild: ID<Guild>, field: String = "channel"
    ) throws(Refusal) {
        let name = house.directory.name(of: channel).map { "#" + $0 } ?? "that channel"
        guard house.directory.channels(in: guild).contains(where: { $0.id == channel }) else {
            throw Refusal(
                .notFound, "There is no such channel here.", hint: "Name one of this server that the bot can see.", field: field
            )
        }
        guard let own = house.directory.ownPermissions(in: channel, of: guild), !own.isSuperset(of: needed) else { return }
        throw Refusal(
            .forbidden, "I lack a permission in \(name): \(needed.subtracting(own).spelled).",
            hint: "Grant it to the bot's role in the channel's settings.", field: field)
    }
}
