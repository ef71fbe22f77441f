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
        case .channelSeen(let channel): try write(channel, to: store)
        case .channelDeleted(let channel, _): try store.run("DELETE FROM house_channels WHERE channel = \(channel)")
        case .threadsListed(let threads, let parents, let guild): try list(threads, in: parents, of: guild, to: store)
        case .roleSeen(let role): try write(role, to: store)
        case .roleDeleted(let role, _): try store.run("DELETE FROM house_roles WHERE role = \(role)")
        case .memberSeen(let member, let joined):
            try write([member], to: store)
            if joined { try count(member.guild, by: 1, in: store) }
        case .membersListed(_, let members, _): try write(members, to: store)
        case .memberLeft(let member, let guild):
            try store.run("DELETE FROM house_members WHERE guild = \(guild) AND member = \(member)")
            seen[guild.number]?[member.number] = nil
            try count(guild, by: -1, in: store)
        case .message(let message): try note(message, in: store)
        case .interaction(let interaction): if let member = interaction.member { try write([member], to: store) }
        default: break
        }
    }

    /// A message carries its author's names and roles; they are written when they have changed.
    private func note(_ message: MessageSeen, in store: any Connection) throws {
        guard let guild = message.guild, !message.isAutomatic, message.username.count > 0 else { return }
        guard seen[guild.number]?[message.author.number] != message.fingerprint else { return }
        seen[guild.number, default: [:]][message.author.number] = message.fingerprint
        let roles = String(decoding: message.bytes(message.roles), as: UTF8.self)
        let listed = roles.split { !$0.isNumber }.joined(separator: ",")
        let globalName = message.globalName.count > 0 ? message.text(message.globalName) : nil
        let nick = message.nick.count > 0 ? message.text(message.nick) : nil
        try store.run(
            """
            INSERT INTO house_members (guild, member, username, global_name, nick, roles, bot, joined, pending)
            VALUES (\(guild), \(message.author), \(message.text(message.username)), \(globalName), \(nick), \(listed), 0, NULL, 0)
            ON CONFLICT (guild, member) DO UPDATE SET username = excluded.username, global_name = excluded.global_name,
                nick = excluded.nick, roles = excluded.roles
            """)
    }

    /// A message that was fetched back names its author and nothing of how they stand in the guild.
    func meet(_ message: MessageSeen, in store: any Connection) throws {
        guard let guild = message.guild, !message.isAutomatic, message.username.count > 0,
            seen[guild.number]?[message.author.number] == nil
        else { return }
        let globalName = message.globalName.count > 0 ? message.text(message.globalName) : nil
        try store.run(
            """
            INSERT INTO house_members (guild, member, username, global_name, nick, roles, bot, joined, pending)
            VALUES (\(guild), \(message.author), \(message.text(message.username)), \(globalName), NULL, '', 0, NULL, 0)
            ON CONFLICT DO NOTHING
            """)
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
        for channel in guild.channels { try write(channel, to: store) }
        for role in guild.roles { try write(role, to: store) }
        try write(guild.members, to: store)
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

    private func write(_ channel: ChannelProfile, to store: any Connection) throws {
        let overwrites = JSON.array(
            channel.overwrites.map {
                .array([
                    .int($0.target), .bool($0.isMember), .int(Int64(bitPattern: $0.allow.rawValue)),
                    .int(Int64(bitPattern: $0.deny.rawValue)),
                ])
            })
        try store.run(
            """
            INSERT INTO house_channels (channel, guild, name, kind, parent, position, overwrites)
            VALUES (\(channel.id), \(channel.guild), \(channel.name), \(channel.type), \(channel.parent), \(channel.position),
                \(overwrites))
            ON CONFLICT (channel) DO UPDATE SET name = excluded.name, kind = excluded.kind, parent = excluded.parent,
                position = excluded.position, overwrites = excluded.overwrites
            """)
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
        for thread in threads { try write(thread, to: store) }
    }

    private func write(_ role: RoleProfile, to store: any Connection) throws {
        try store.run(
            """
            INSERT INTO house_roles (role, guild, name, position, permissions, managed)
            VALUES (\(role.id), \(role.guild), \(role.name), \(role.position), \(Int64(bitPattern: role.permissions.rawValue)),
                \(role.isManaged))
            ON CONFLICT (role) DO UPDATE SET name = excluded.name, position = excluded.position,
                permissions = excluded.permissions, managed = excluded.managed
            """)
    }

    private func write(_ members: [MemberProfile], to store: any Connection) throws {
        for member in members { seen[member.guild.number]?[member.id.number] = nil }
        try store.repeated(
            """
            INSERT INTO house_members (guild, member, username, global_name, nick, roles, bot, joined, pending)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (guild, member) DO UPDATE SET username = excluded.username, global_name = excluded.global_name,
                nick = excluded.nick, roles = excluded.roles, bot = excluded.bot, joined = excluded.joined,
                pending = excluded.pending
            """, count: members.count
        ) { index, row in
            let member = members[index]
            row.bind(1, member.guild.number)
            row.bind(2, member.id.number)
            row.bind(3, member.username)
            row.bind(4, optional: member.globalName)
            row.bind(5, optional: member.nick)
            row.bind(6, member.roles.map(\.description).joined(separator: ","))
            row.bind(7, Int64(member.isBot ? 1 : 0))
            if let joined = member.joined { row.bind(8, joined.milliseconds) } else { row.bindNull(8) }
            row.bind(9, Int64(member.isPending ? 1 : 0))
        }
    }
}

extension Binder {
    fileprivate func bind(_ position: Int, optional text: String?) {
        if let text { bind(position, text) } else { bindNull(position) }
    }
}
