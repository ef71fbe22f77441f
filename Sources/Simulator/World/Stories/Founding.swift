package import Shared

extension World {
    /// A new guild with its owner, a general channel and (unless told otherwise) our bot.
    package mutating func found(_ name: String, owner: String = "owner", withBot: Bool = true) -> ID<Guild> {
        let id = mint(Guild.self)
        let everyone = RoleRecord(id: id.everyone, name: "@everyone", permissions: .ordinary, position: 0)
        let person = user(owner)
        guilds[id] = GuildRecord(id: id, name: name, owner: person, roles: [everyone.id: everyone])
        guilds[id]?.members[person] = MemberRecord(id: person, joined: now)
        _ = addChannel("general", .text, in: id)
        if withBot { inviteBot(to: id) }
        return id
    }

    package var guildIDs: [ID<Guild>] { guilds.keys.sorted() }

    /// Our bot joins with a role of its own.
    package mutating func inviteBot(to guild: ID<Guild>, with permissions: Permissions = .invited) {
        guard let state = guilds[guild], !state.hasBot else { return }
        let top = (state.roles.values.map(\.position).max() ?? 0) + 1
        var role = RoleRecord(
            id: mint(Role.self), name: users[bot.user]?.name ?? "bot", permissions: permissions, position: top)
        role.isManaged = true
        guilds[guild]?.roles[role.id] = role
        guilds[guild]?.members[bot.user] = MemberRecord(id: bot.user, roles: [role.id], joined: now)
        guilds[guild]?.hasBot = true
        for id in sessions.keys.sorted() {
            guard let session = sessions[id], session.intents.contains(.guilds), let whole = guilds[guild],
                Self.shard(of: guild, among: session.shards) == session.shard
            else { continue }
            deliver("GUILD_CREATE", to: id, wholeGuild(whole, for: session))
        }
    }

    /// Nobody may read what was said before they came.
    package mutating func hideHistory(of guild: ID<Guild>) {
        guilds[guild]?.roles[guild.everyone]?.permissions.subtract(.readHistory)
    }

    /// The bot is thrown out.
    package mutating func throwOutBot(of guild: ID<Guild>) { remove(bot.user, from: guild) }

    /// An outage begins or ends.
    package mutating func setAvailable(_ guild: ID<Guild>, _ available: Bool) {
        if !available {
            dispatch("GUILD_DELETE", ["id": .id(guild), "unavailable": true], guild: guild, intents: .guilds)
            guilds[guild]?.isAvailable = false
            return
        }
        guilds[guild]?.isAvailable = true
        for id in sessions.keys.sorted() {
            guard let session = sessions[id], session.intents.contains(.guilds), let whole = guilds[guild] else { continue }
            deliver("GUILD_CREATE", to: id, wholeGuild(whole, for: session))
        }
    }

    package mutating func addChannel(
        _ name: String, _ kind: ChannelKind = .text, in guild: ID<Guild>, overwrites: [Overwrite] = []
    ) -> ID<Channel> {
        var channel = ChannelRecord(id: mint(Channel.self), kind: kind)
        channel.guild = guild
        channel.name = name
        channel.position = guilds[guild]?.channels.count ?? 0
        channel.overwrites = overwrites
        add(channel)
        return channel.id
    }

    package mutating func addRole(
        _ name: String, in guild: ID<Guild>, permissions: Permissions = [], position: Int? = nil
    ) -> ID<Role> {
        let place = position ?? 1
        if position == nil {
            for (id, role) in guilds[guild]?.roles ?? [:] where role.position >= 1 { guilds[guild]?.roles[id]?.position += 1 }
        }
        let role = RoleRecord(id: mint(Role.self), name: name, permissions: permissions, position: place)
        guilds[guild]?.roles[role.id] = role
        dispatch("GUILD_ROLE_CREATE", ["guild_id": .id(guild), "role": role.json], guild: guild, intents: .guilds)
        return role.id
    }

    /// The user of this name, made when there is none.
    package mutating func user(_ name: String, isBot: Bool = false) -> ID<Member> {
        if let known = users.values.first(where: { $0.name == name }) { return known.id }
        let id = mint(Member.self)
        users[id] = UserRecord(
            id: id, name: name, displayName: isBot ? nil : name.prefix(1).uppercased() + name.dropFirst(), isBot: isBot)
        return id
    }

    package mutating func join(
        _ name: String, _ guild: ID<Guild>, isBot: Bool = false, roles: [ID<Role>] = [], isPending: Bool = false
    )
        -> ID<Member>
    {
        let id = user(name, isBot: isBot)
        if guilds[guild]?.members[id] != nil { return id }
        var member = MemberRecord(id: id, roles: roles, joined: now)
        member.isPending = isPending
        guilds[guild]?.members[id] = member
        guard case .object(var event) = member.json(user: users[id]?.json) else { return id }
        event["guild_id"] = .id(guild)
        dispatch("GUILD_MEMBER_ADD", .object(event), guild: guild, intents: .guildMembers)
        return id
    }
}

extension Simulation {
    @discardableResult
    package func guild(_ name: String, owner: String = "owner", withBot: Bool = true) -> ID<Guild> {
        act { $0.found(name, owner: owner, withBot: withBot) }
    }

    /// The channel of this name; asking for a new name makes it.
    package func channel(_ name: String, _ kind: ChannelKind = .text, in guild: ID<Guild>, overwrites: [Overwrite] = []) -> ID<
        Channel
    > {
        act { world in
            let known = world.guilds[guild]?.channels.first {
                world.channels[$0]?.name == name && world.channels[$0]?.thread == nil
            }
            return known ?? world.addChannel(name, kind, in: guild, overwrites: overwrites)
        }
    }

    /// An admin makes a channel in a category.
    package func addsChannel(_ name: String, under category: ID<Channel>, in guild: ID<Guild>) {
        act { world in
            let id = world.addChannel(name, .text, in: guild, overwrites: [])
            guard var channel = world.channels[id] else { return }
            channel.parent = category
            world.change(channel)
        }
    }

    /// An admin deletes a channel.
    package func removes(_ channel: ID<Channel>) {
        act { world in if let channel = world.channels[channel] { world.discard(channel) } }
    }

    package func role(
        _ name: String, in guild: ID<Guild>, permissions: Permissions = [], position: Int? = nil
    ) -> ID<Role> {
        act { world in
            world.guilds[guild]?.roles.values.first { $0.name == name }?.id
                ?? world.addRole(name, in: guild, permissions: permissions, position: position)
        }
    }

    package func member(_ name: String, in guild: ID<Guild>, roles: [ID<Role>] = []) -> ID<Member> {
        act { $0.join(name, guild, roles: roles) }
    }

    /// Somebody joins a server that screens its members, and has not passed yet.
    package func joinsPending(_ name: String, in guild: ID<Guild>) -> ID<Member> {
        act { $0.join(name, guild, isPending: true) }
    }

    package func passesScreening(_ user: ID<Member>, in guild: ID<Guild>) {
        act { world in _ = world.changeMember(user, in: guild) { $0.isPending = false } }
    }

    /// Another bot, whose words never count.
    package func otherBot(_ name: String, in guild: ID<Guild>) -> ID<Member> { act { $0.join(name, guild, isBot: true) } }

    package func gives(_ role: ID<Role>, to user: ID<Member>, in guild: ID<Guild>) {
        act { world in
            world.changeMember(user, in: guild) { if !$0.roles.contains(role) { $0.roles.append(role) } }
        }
    }

    package func takes(_ role: ID<Role>, from user: ID<Member>, in guild: ID<Guild>) {
        act { world in
            world.changeMember(user, in: guild) { $0.roles.removeAll { $0 == role } }
        }
    }

    /// A role is moved up or down in the list; silently where the bot has not been told of it yet.
    package func moves(_ role: ID<Role>, to position: Int, in guild: ID<Guild>, silently: Bool = false) {
        act { world in
            world.guilds[guild]?.roles[role]?.position = position
            guard !silently, let moved = world.guilds[guild]?.roles[role] else { return }
            world.dispatch("GUILD_ROLE_UPDATE", ["guild_id": .id(guild), "role": moved.json], guild: guild, intents: .guilds)
        }
    }

    /// A channel that nobody sees but our bot, who may say who else does.
    package func privateChannel(_ name: String, in guild: ID<Guild>) -> ID<Channel> {
        channel(
            name, in: guild,
            overwrites: [
                Overwrite(id: guild.number, target: .role, deny: .viewChannel),
                Overwrite(id: bot.number, target: .member, allow: [.viewChannel, .manageRoles]),
            ])
    }

    package func parts(_ user: ID<Member>, from guild: ID<Guild>) { act { $0.remove(user, from: guild) } }
    package func closesMessages(_ user: ID<Member>) { act { $0.users[user]?.acceptsMessages = false } }
    package var bot: ID<Member> { read(\.bot.user) }
}
