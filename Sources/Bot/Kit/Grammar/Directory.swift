package import Shared

/// Who and what there is in a guild, as Discord last told us. Names are for people; ids are the truth.
package protocol Directory {
    /// The bot itself; nil before its first session.
    var bot: ID<Member>? { get }
    func member(_ id: ID<Member>, in guild: ID<Guild>) -> MemberProfile?
    func members(named name: String, in guild: ID<Guild>, limit: Int) -> [MemberProfile]
    /// Everybody who is known in a guild, in the order of their ids.
    func each(in guild: ID<Guild>, _ body: (PackedMember) -> Void)
    /// The member as each guild knows them, those that the bot has left too.
    func profiles(of member: ID<Member>) -> [MemberProfile]
    func guild(_ id: ID<Guild>) -> GuildProfile?
    func guilds() -> [GuildProfile]
    func channels(in guild: ID<Guild>) -> [ChannelProfile]
    func roles(in guild: ID<Guild>) -> [RoleProfile]
    /// What the bot may do in a channel; nil as long as it does not know its own roles there.
    func ownPermissions(in channel: ID<Channel>, of guild: ID<Guild>) -> Permissions?
    func name(of channel: ID<Channel>) -> String?
    func name(of role: ID<Role>) -> String?
    /// The name that others see, in this guild or, failing that, anywhere.
    func name(of member: ID<Member>, in guild: ID<Guild>?) -> String?
}
