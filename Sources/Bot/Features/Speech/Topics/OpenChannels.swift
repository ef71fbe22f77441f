internal import Kit
internal import Shared

/// Whose words may be told to whom: what is said behind a door stays behind it.
enum OpenChannels {
    /// Channels that listen and that everybody in the server may read.
    static func all(of guild: ID<Guild>, _ turn: Turn) -> [ID<Channel>] {
        let channels = turn.house.directory.channels(in: guild)
        let byID = Dictionary(channels.map { ($0.id, $0) }) { $1 }
        let everybody = turn.house.directory.roles(in: guild).first { $0.id == guild.everyone }?.permissions ?? []
        let listening = Listening.here(turn.inside(guild))
        return channels.filter { channel in
            listening.hears(channel.id)
                && isOpen(channel.isThread ? channel.parent.flatMap { byID[$0] } : channel, everybody, guild)
                && channel.type != 12
        }.map(\.id)
    }

    private static func isOpen(_ channel: ChannelProfile?, _ everybody: Permissions, _ guild: ID<Guild>) -> Bool {
        guard let channel else { return false }
        if everybody.contains(.administrator) { return true }
        let own = channel.overwrites.first { !$0.isMember && $0.target == guild.number }
        if own?.allow.contains(.viewChannel) == true { return true }
        return everybody.contains(.viewChannel) && own?.deny.contains(.viewChannel) != true
    }

    /// Those that listen and that the asker may know of: all for staff, for others the open ones and where they are.
    static func told(to turn: Turn) throws(Refusal) -> [ID<Channel>] {
        let guild = try turn.requireGuild()
        if turn.asker.may(.moderate) {
            return turn.house.directory.channels(in: guild).map(\.id).filter(Listening.here(turn).hears)
        }
        var channels = all(of: guild, turn)
        if let own = turn.channel, !channels.contains(own), Listening.here(turn).hears(own) { channels.append(own) }
        return channels
    }
}
