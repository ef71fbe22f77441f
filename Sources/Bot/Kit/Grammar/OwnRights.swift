package import Shared

extension Turn {
    /// Refuses a place where the bot lacks what it needs, before anything fails there. Where its own roles are not known yet,
    /// trying tells.
    package func requireOwn(
        _ needed: Permissions, in channel: ID<Channel>, of guild: ID<Guild>, field: String = "channel"
    ) throws(Refusal) {
        guard let own = house.directory.ownPermissions(in: channel, of: guild), !own.isSuperset(of: needed) else { return }
        let name = house.directory.name(of: channel).map { "#" + $0 } ?? "that channel"
        throw Refusal(
            .forbidden, "I lack a permission in \(name): \(needed.subtracting(own).spelled).",
            hint: "Grant it to the bot's role in the channel's settings.", field: field)
    }
}
