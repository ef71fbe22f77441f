internal import Kit
internal import Shared

/// Guilds, channels, roles and members as Discord last told us, read from the projection.
struct StoredDirectory: Directory {
    let store: any Connection

    func member(_ id: ID<Member>, in guild: ID<Guild>) -> MemberProfile? {
        (try? store.first(
            """
            SELECT guild, member, username, global_name, nick, roles, bot, joined, pending FROM house_members
            WHERE guild = \(guild) AND member = \(id)
            """, Self.readMember)) ?? nil
    }

    /// Those of exactly this name, else those whose name starts with it.
    func members(named name: String, in guild: ID<Guild>, limit: Int) -> [MemberProfile] {
        let wanted = name.lowercased()
        guard !wanted.isEmpty else { return [] }
        let pattern = wanted.filter { $0 != "%" && $0 != "_" } + "%"
        let found =
            (try? store.all(
                """
                SELECT guild, member, username, global_name, nick, roles, bot, joined, pending FROM house_members
                WHERE guild = \(guild) AND (LOWER(username) LIKE \(pattern) OR LOWER(global_name) LIKE \(pattern)
                    OR LOWER(nick) LIKE \(pattern)) ORDER BY username LIMIT \(max(limit, 50))
                """, Self.readMember)) ?? []
        let members = found.compactMap(\.self)
        let exact = members.filter {
            [$0.username, $0.globalName, $0.nick].contains { $0?.lowercased() == wanted }
        }
        return Array((exact.isEmpty ? members : exact).prefix(limit))
    }

    func guild(_ id: ID<Guild>) -> GuildProfile? {
        (try? store.first("SELECT guild, name, owner, locale, afk FROM house_guilds WHERE guild = \(id)", Self.readGuild))
            ?? nil
    }

    func guilds() -> [GuildProfile] {
        let found =
            (try? store.all(
                "SELECT guild, name, owner, locale, afk FROM house_guilds WHERE state <> 'left' ORDER BY name, guild",
                Self.readGuild))
            ?? []
        return found.compactMap(\.self)
    }

    func channels(in guild: ID<Guild>) -> [ChannelProfile] {
        let found =
            (try? store.all(
                """
                SELECT channel, guild, name, kind, parent, position, overwrites FROM house_channels WHERE guild = \(guild)
                ORDER BY position, channel
                """, Self.readChannel)) ?? []
        return found.compactMap(\.self)
    }

    func channel(_ id: ID<Channel>) -> ChannelProfile? {
        (try? store.first(
            "SELECT channel, guild, name, kind, parent, position, overwrites FROM house_channels WHERE channel = \(id)",
            Self.readChannel)) ?? nil
    }

    func roles(in guild: ID<Guild>) -> [RoleProfile] {
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

    func name(of channel: ID<Channel>) -> String? {
        (try? store.first("SELECT name FROM house_channels WHERE channel = \(channel)") { $0.text(0) }) ?? nil
    }

    func name(of role: ID<Role>) -> String? {
        (try? store.first("SELECT name FROM house_roles WHERE role = \(role)") { $0.text(0) }) ?? nil
    }

    func name(of member: ID<Member>, in guild: ID<Guild>?) -> String? {
        if let guild,
            let known =
                (try? store.first(
                    """
                    SELECT COALESCE(nick, global_name, username) FROM house_members WHERE guild = \(guild) AND member = \(member)
                    """
                ) { $0.text(0) }) ?? nil
        {
            return known
        }
        return
            (try? store.first("SELECT COALESCE(global_name, username) FROM house_members WHERE member = \(member) LIMIT 1") {
                $0.text(0)
            }) ?? nil
    }

    private static func readMember(_ row: any Row) -> MemberProfile? {
        guard let guild: ID<Guild> = row.id(0), let member: ID<Member> = row.id(1) else { return nil }
        return MemberProfile(
            id: member, guild: guild, username: row.text(2), globalName: row.optionalText(3), nick: row.optionalText(4),
            roles: row.text(5).split(separator: ",").compactMap { ID<Role>($0) }, isBot: row.flag(6),
            joined: row.optionalInt(7).map(Instant.init(milliseconds:)), isPending: row.flag(8))
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
