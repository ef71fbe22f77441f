internal import Kit
internal import Shared

/// Keeps what Discord tells of guilds, channels, roles and members in tables, at the same point of the stream as everything
/// else: after a resume Discord does not say it again.
final class Projection {
    /// What each member looked like when last written, so that a message costs a look and not a row.
    private var seen: [Int64: [Int64: UInt64]] = [:]

    func forget() { seen = [:] }

    func apply(_ event: Event, to store: any Connection) throws {
        switch event {
        case .guildSeen(let seen): try write(seen, to: store)
        case .guildChanged(let guild): try write(guild, to: store)
        case .guildUnavailable(let guild): try mark(guild, "unavailable", in: store)
        case .guildLeft(let guild): try mark(guild, "left", in: store)
        case .channelSeen(let channel): try write([channel], to: store)
        case .channelDeleted(let channel, _): try store.run("DELETE FROM house_channels WHERE channel = \(channel)")
        case .threadsListed(let threads, let parents, let guild): try list(threads, in: parents, of: guild, to: store)
        case .roleSeen(let role): try write([role], to: store)
        case .roleDeleted(let role, _): try store.run("DELETE FROM house_roles WHERE role = \(role)")
        case .memberSeen(let member, let joined):
            try write(MemberList([member]), in: member.guild, to: store)
            if joined { try count(member.guild, by: 1, in: store) }
        case .membersListed(let guild, let members, _): try write(members, in: guild, to: store)
        case .memberLeft(let member, let guild):
            try Rosters(store: store).remove(member, from: guild)
            seen[guild.number]?[member.number] = nil
            try count(guild, by: -1, in: store)
        case .message(let message): try note(message, in: store)
        case .interaction(let interaction):
            if let member = interaction.member { try write(MemberList([member]), in: member.guild, to: store) }
        default: break
        }
    }

    /// A message carries its author's names and roles; they are written when they have changed.
    private func note(_ message: MessageSeen, in store: any Connection) throws {
        guard let guild = message.guild, !message.isAutomatic, message.username.count > 0 else { return }
        guard seen[guild.number]?[message.author.number] != message.fingerprint else { return }
        seen[guild.number, default: [:]][message.author.number] = message.fingerprint
        try Rosters(store: store).change(message.author, in: guild) { profile in
            profile.username = message.text(message.username)
            profile.globalName = message.globalName.count > 0 ? message.text(message.globalName) : nil
            profile.nick = message.nick.count > 0 ? message.text(message.nick) : nil
            profile.roles = message.bytes(message.roles).split { !(48...57).contains($0) }.compactMap { digits in
                digits.count > 19 ? nil : ID<Role>(digits.reduce(Int64(0)) { $0 &* 10 &+ Int64($1 - 48) })
            }
        }
    }

    /// A message that was fetched back names its author and nothing of how they stand in the guild.
    func meet(_ message: MessageSeen, in store: any Connection) throws {
        guard let guild = message.guild, !message.isAutomatic, message.username.count > 0,
            seen[guild.number]?[message.author.number] == nil
        else { return }
        let rosters = Rosters(store: store)
        guard try rosters.member(message.author, in: guild) == nil else { return }
        let profile = MemberProfile(
            id: message.author, guild: guild, username: message.text(message.username),
            globalName: message.globalName.count > 0 ? message.text(message.globalName) : nil, nick: nil, roles: [],
            isBot: false, joined: nil)
        try rosters.write(MemberList([profile]), in: guild)
    }

    private func write(_ guild: GuildSeen, to store: any Connection) throws {
        let profile = guild.profile
        try store.run(
            """
            INSERT INTO house_guilds (guild, name, owner, locale, afk, members, joined, state)
            VALUES (\(profile.id), \(profile.name), \(profile.owner), \(profile.locale), \(profile.afkChannel),
                \(guild.memberCount), \(guild.joined), 'here')
            ON CONFLICT (guild) DO UPDATE SET name = excluded.name, owner = excluded.owner, locale = excluded.locale,
                afk = excluded.afk, members = excluded.members, joined = excluded.joined, state = 'here'
            """)
        try store.run("DELETE FROM house_channels WHERE guild = \(profile.id)")
        try store.run("DELETE FROM house_roles WHERE guild = \(profile.id)")
        try write(guild.channels, to: store)
        try write(guild.roles, to: store)
        try write(guild.members, in: profile.id, to: store)
    }

    private func write(_ guild: GuildProfile, to store: any Connection) throws {
        try store.run(
            """
            UPDATE house_guilds SET name = \(guild.name), owner = \(guild.owner), locale = \(guild.locale),
                afk = \(guild.afkChannel) WHERE guild = \(guild.id)
            """)
    }

    private func mark(_ guild: ID<Guild>, _ state: String, in store: any Connection) throws {
        try store.run("UPDATE house_guilds SET state = \(state) WHERE guild = \(guild)")
    }

    private func count(_ guild: ID<Guild>, by difference: Int, in store: any Connection) throws {
        try store.run("UPDATE house_guilds SET members = MAX(0, members + \(difference)) WHERE guild = \(guild)")
    }

    private func write(_ channels: [ChannelProfile], to store: any Connection) throws {
        try store.repeated(
            """
            INSERT INTO house_channels (channel, guild, name, kind, parent, position, overwrites)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (channel) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent = excluded.parent,
                position = excluded.position, overwrites = excluded.overwrites
            """, count: channels.count
        ) { index, row in
            let channel = channels[index]
            row.bind(1, channel.id.number)
            row.bind(2, channel.guild.number)
            row.bind(3, channel.name)
            row.bind(4, Int64(channel.type))
            if let parent = channel.parent { row.bind(5, parent.number) } else { row.bindNull(5) }
            row.bind(6, Int64(channel.position))
            row.bind(7, Self.spell(channel.overwrites))
        }
    }

    private static func spell(_ overwrites: [Overwrite]) -> String {
        if overwrites.isEmpty { return "[]" }
        let list = overwrites.map { one in
            JSON.array([
                .int(one.target), .bool(one.isMember), .int(Int64(bitPattern: one.allow.rawValue)),
                .int(Int64(bitPattern: one.deny.rawValue)),
            ])
        }
        return JSON.array(list).line
    }

    private func list(
        _ threads: [ChannelProfile], in parents: [ID<Channel>]?, of guild: ID<Guild>, to store: any Connection
    ) throws {
        let threadsOfGuild: SQL = "DELETE FROM house_channels WHERE guild = \(guild) AND kind BETWEEN 10 AND 12"
        if let parents {
            for parent in parents { try store.run("\(threadsOfGuild) AND parent = \(parent)") }
        } else {
            try store.run(threadsOfGuild)
        }
        try write(threads, to: store)
    }

    private func write(_ roles: [RoleProfile], to store: any Connection) throws {
        try store.repeated(
            """
            INSERT INTO house_roles (role, guild, name, position, permissions, managed) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (role) DO UPDATE SET name = excluded.name, position = excluded.position,
                permissions = excluded.permissions, managed = excluded.managed
            """, count: roles.count
        ) { index, row in
            let role = roles[index]
            row.bind(1, role.id.number)
            row.bind(2, role.guild.number)
            row.bind(3, role.name)
            row.bind(4, Int64(role.position))
            row.bind(5, Int64(bitPattern: role.permissions.rawValue))
            row.bind(6, Int64(role.isManaged ? 1 : 0))
        }
    }

    private func write(_ members: MemberList, in guild: ID<Guild>, to store: any Connection) throws {
        for member in members { seen[guild.number]?[member.id.number] = nil }
        try Rosters(store: store).write(members, in: guild)
    }

    /// Databases from before the rosters have a row for each member: those are packed, once.
    func takeOverRows(in store: any Connection) throws {
        var lists: [ID<Guild>: MemberList] = [:]
        try store.each(
            "SELECT guild, member, username, global_name, nick, roles, bot, joined, pending FROM house_members ORDER BY guild, member"
        ) { row in
            guard let guild: ID<Guild> = row.id(0), let member: ID<Member> = row.id(1) else { return }
            lists[guild, default: MemberList()].append(
                MemberProfile(
                    id: member, guild: guild, username: row.text(2), globalName: row.optionalText(3),
                    nick: row.optionalText(4), roles: row.text(5).split(separator: ",").compactMap { ID<Role>($0) },
                    isBot: row.flag(6), joined: row.optionalInt(7).map(Instant.init(milliseconds:)), isPending: row.flag(8)))
        }
        guard !lists.isEmpty else { return }
        for (guild, members) in lists { try Rosters(store: store).write(members, in: guild) }
        try store.run("DELETE FROM house_members")
    }
}
