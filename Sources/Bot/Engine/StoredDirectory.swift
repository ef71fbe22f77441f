package import Kit
package import Shared

/// Guilds, channels, roles and members as Discord last told us, read from the projection.
package struct StoredDirectory: Directory {
    let store: any Connection
    package init(store: any Connection) { self.store = store }

    private var rosters: Rosters { Rosters(store: store) }

    package var bot: ID<Member>? {
        let own = (try? store.first("SELECT value FROM house_state WHERE key = 'bot'") { ID<Member>($0.text(0)) }) ?? nil
        return own.flatMap(\.self)
    }

    package func member(_ id: ID<Member>, in guild: ID<Guild>) -> MemberProfile? {
        (try? rosters.member(id, in: guild))?.profile(in: guild)
    }

    /// Those of exactly this name, else those whose name starts with it, in the order of their usernames.
    package func members(named name: String, in guild: ID<Guild>, limit: Int) -> [MemberProfile] {
        let wanted = NameStart(name)
        guard !wanted.isEmpty else { return [] }
        var (exact, found): ([MemberProfile], [MemberProfile]) = ([], [])
        try? rosters.each(in: guild) { member in
            switch wanted.judge(member.names) {
            case .other: break
            case .begins: found.append(member.profile(in: guild))
            case .equals: exact.append(member.profile(in: guild))
            }
        }
        return Array((exact.isEmpty ? found : exact).sorted { $0.username < $1.username }.prefix(limit))
    }

    package func each(in guild: ID<Guild>, _ body: (PackedMember) -> Void) { try? rosters.each(in: guild, body) }

    package func profiles(of member: ID<Member>) -> [MemberProfile] { (try? rosters.everywhere(member)) ?? [] }

    package func guild(_ id: ID<Guild>) -> GuildProfile? {
        (try? store.first("SELECT guild, name, owner, locale, afk FROM house_guilds WHERE guild = \(id)", Self.readGuild))
            ?? nil
    }

    package func guilds() -> [GuildProfile] {
        let found =
            (try? store.all(
                "SELECT guild, name, owner, locale, afk FROM house_guilds WHERE state <> 'left' ORDER BY name, guild",
                Self.readGuild))
            ?? []
        return found.compactMap(\.self)
    }

    package func channels(in guild: ID<Guild>) -> [ChannelProfile] {
        let found =
            (try? store.all(
                """
                SELECT channel, guild, name, kind, parent, position, overwrites FROM house_channels WHERE guild = \(guild)
                ORDER BY position, channel
                """, Self.readChannel)) ?? []
        return found.compactMap(\.self)
    }

    package func channel(_ id: ID<Channel>) -> ChannelProfile? {
        (try? store.first(
            "SELECT channel, guild, name, kind, parent, position, overwrites FROM house_channels WHERE channel = \(id)",
            Self.readChannel)) ?? nil
    }

    package func roles(in guild: ID<Guild>) -> [RoleProfile] {
        let found =
            (try? store.all(
                "SELECT role, guild, name, position, permissions, managed FROM house_roles WHERE guild = \(guild) ORDER BY position DESC, role"
            ) { row -> RoleProfile? in
                guard let role: ID<Role> = row.id(0), let guild: ID<Guild> = row.id(1) else { return nil }
                return RoleProfile(
                    id: role, guild: guild, name: row.text(2), position: Int(row.int(3)),
                    permissions: Permissions(rawValue: UInt64(bitPattern: row.int(4))), isManaged: row.flag(5))
            }) ?? []
        return found.compactMap(\.self)
    }

    package func ownPermissions(in channel: ID<Channel>, of guild: ID<Guild>) -> Permissions? {
        guard let own = bot, member(own, in: guild) != nil, self.channel(channel) != nil else { return nil }
        return Rights(directory: self).permissions(of: own, in: guild, channel: channel)
    }

    package func name(of channel: ID<Channel>) -> String? {
        (try? store.first("SELECT name FROM house_channels WHERE channel = \(channel)") { $0.text(0) }) ?? nil
    }

    package func name(of role: ID<Role>) -> String? {
        (try? store.first("SELECT name FROM house_roles WHERE role = \(role)") { $0.text(0) }) ?? nil
    }

    package func name(of member: ID<Member>, in guild: ID<Guild>?) -> String? {
        if let guild, let packed = try? rosters.member(member, in: guild) {
            let names = packed.names
            return String(decoding: names.nick ?? names.globalName ?? names.username, as: UTF8.self)
        }
        return profiles(of: member).first.map { $0.globalName ?? $0.username }
    }

    private static func readGuild(_ row: any Row) -> GuildProfile? {
        guard let guild: ID<Guild> = row.id(0), let owner: ID<Member> = row.id(2) else { return nil }
        return GuildProfile(id: guild, name: row.text(1), owner: owner, locale: row.text(3), afkChannel: row.id(4))
    }

    private static func readChannel(_ row: any Row) -> ChannelProfile? {
        guard let channel: ID<Channel> = row.id(0), let guild: ID<Guild> = row.id(1) else { return nil }
        let overwrites = (row.json(6).array ?? []).compactMap { one -> Overwrite? in
            guard let target = one[0]?.int, let member = one[1]?.bool, let allow = one[2]?.int, let deny = one[3]?.int else {
                return nil
            }
            return Overwrite(
                target: target, isMember: member, allow: Permissions(rawValue: UInt64(bitPattern: allow)),
                deny: Permissions(rawValue: UInt64(bitPattern: deny)))
        }
        return ChannelProfile(
            id: channel, guild: guild, name: row.text(2), type: Int(row.int(3)), parent: row.id(4), position: Int(row.int(5)),
            overwrites: overwrites)
    }
}
