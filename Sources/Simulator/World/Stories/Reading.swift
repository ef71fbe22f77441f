package import Shared

extension World {
    package func guild(_ id: ID<Guild>) -> GuildRecord? { guilds[id] }
    package func channel(_ id: ID<Channel>) -> ChannelRecord? { channels[id] }
    /// Channels and threads of this name.
    package func channels(named name: String) -> [ChannelRecord] { channels.values.filter { $0.name == name } }

    /// Sessions begun in the last day.
    package var identifyCount: Int { identifies.count }

    /// How much of a session the bot has said it holds: what came before cannot be asked for again.
    package var acknowledged: Int64 { sessions.values.map(\.acknowledged).max() ?? 0 }
}

extension Simulation {
    /// What stands in a channel, oldest first.
    package func messages(in channel: ID<Channel>) -> [MessageRecord] {
        read { world in (world.histories[channel]?.ids ?? []).compactMap { world.histories[channel]?[$0] } }
    }

    package func message(_ said: Said) -> MessageRecord? { read { $0.find(said) } }

    /// What the bot sent into a channel, oldest first.
    package func botMessages(in channel: ID<Channel>) -> [MessageRecord] {
        let bot = bot
        return messages(in: channel).filter { $0.author == bot }
    }

    package func privateMessages(with user: ID<Member>) -> [MessageRecord] {
        read { $0.directs[user] }.map { messages(in: $0) } ?? []
    }

    package func interaction(_ id: ID<Interaction>) -> InteractionRecord? { read { $0.interactions[id] } }

    /// The answer as its asker sees it: ephemerals too; nil while there is none or only "thinking…".
    package func reply(to id: ID<Interaction>) -> MessageRecord? {
        read { world in
            guard let message = world.interactions[id]?.original.flatMap({ world.find($0) }), !message.isLoading else {
                return nil
            }
            return message
        }
    }

    package func isThinking(_ id: ID<Interaction>) -> Bool {
        read { world in world.interactions[id]?.original.flatMap { world.find($0) }?.isLoading ?? false }
    }

    package func followUps(to id: ID<Interaction>) -> [MessageRecord] {
        read { world in (world.interactions[id]?.followUps ?? []).compactMap { world.find($0) } }
    }

    package func choices(of id: ID<Interaction>) -> [JSON] { interaction(id)?.choices ?? [] }
    package func form(of id: ID<Interaction>) -> JSON? { interaction(id)?.form }

    /// The guilds that the bot is in.
    package var homes: [ID<Guild>] { read { $0.guilds.values.filter(\.hasBot).map(\.id).sorted() } }

    package func channels(of guild: ID<Guild>) -> [ID<Channel>] { read { $0.guilds[guild]?.channels ?? [] } }
    package func members(of guild: ID<Guild>) -> [ID<Member>] { read { $0.guilds[guild]?.members.keys.sorted() ?? [] } }
    package func name(of user: ID<Member>) -> String { read { $0.users[user]?.name ?? user.description } }

    package func roles(of user: ID<Member>, in guild: ID<Guild>) -> [ID<Role>] {
        read { $0.guilds[guild]?.members[user]?.roles ?? [] }
    }

    package func sees(_ user: ID<Member>, _ channel: ID<Channel>) -> Bool {
        read { world in world.channels[channel].map { world.canSee(user, $0) } ?? false }
    }

    /// Why the bot did what it did, as the server's audit log has it.
    package func reasons(in guild: ID<Guild>) -> [String] {
        let bot = bot
        return read { world in (world.guilds[guild]?.audit ?? []).filter { $0.user == bot }.compactMap(\.reason) }
    }

    /// Names of the registered commands, a guild's own or the global ones.
    package func commandNames(in guild: ID<Guild>? = nil) -> [String] {
        read { world in world.commands.filter { $0.guild == guild }.map(\.name).sorted() }
    }

    /// How far each session has come that somebody listens to: the last sequence that was dispatched to it.
    package var positions: [String: Int64] {
        read { world in world.sessions.values.filter { $0.connection != nil }.reduce(into: [:]) { $0[$1.id] = $1.sequence } }
    }

    package var liveSessions: Int { read(\.liveSessions) }
    package var requests: [RequestNote] { read(\.requests) }
}
