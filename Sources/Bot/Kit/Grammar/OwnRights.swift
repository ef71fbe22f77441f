package import Shared

extension Turn {
    /// Why the bot cannot do in a channel what needs these permissions; nil when it can, and where its own roles are not known
    /// yet: then trying tells. A channel that is gone, or another server's, is none of it.
    package func whyNot(
        _ needed: Permissions, in channel: ID<Channel>, of guild: ID<Guild>, field: String = "channel"
    ) -> Refusal? {
        let directory = house.directory
        guard directory.channels(in: guild).contains(where: { $0.id == channel }) else {
            return Refusal(
                .notFound, "There is no such channel here.", hint: "Name one of this server that the bot can see.", field: field
            )
        }
        guard let own = directory.ownPermissions(in: channel, of: guild), !own.isSuperset(of: needed) else { return nil }
        let name = directory.name(of: channel).map { "#" + $0 } ?? "that channel"
        return Refusal(
            .forbidden, "I lack a permission in \(name): \(needed.subtracting(own).spelled).",
            hint: "Grant it to the bot's role in the channel's settings.", field: field)
    }

    /// Refuses before anything fails there.
    package func requireOwn(
        _ needed: Permissions, in channel: ID<Channel>, of guild: ID<Guild>, field: String = "channel"
    ) throws(Refusal) {
        if let refusal = whyNot(needed, in: channel, of: guild, field: field) { throw refusal }
    }
}
