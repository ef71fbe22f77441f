import Discord
import Kit
import Shared
import Simulator

/// One thing that a turn might want done, and how to see whether it was done once. Every class of effect has its kinds here.
enum Cargo: CaseIterable {
    case post, twins, whisper, edit, delete, pin, react, unreact, grant, strip, rename, timeOut, kick, ban
    case channel, thread, messageThread, forumPost, role, event, invite, permit, deleteMany, fetch, answer, deferred

    /// Where it happens.
    struct Port {
        var strait: Strait
        var guild: ID<Guild>
        var channel: ID<Channel>
        var forum: ID<Channel>
        var ann: ID<Member>
        var role: ID<Role>

        func said(_ text: String) throws -> Said { try strait.discord.says(ann, in: channel, text) }
        func member(_ number: Int64) -> ID<Member> { strait.discord.member("member-\(number)", in: guild) }
    }

    /// What is loaded, and what it will be judged by.
    struct Load {
        var cargo: Cargo
        var number: Int64
        var port: Port
        var effects: [Effect]
        var messages: [Said] = []
        var interaction: ID<Interaction>?
        var member: ID<Member>?

        /// One lane for all steps; rows have their numbers in it.
        var parcels: [Parcel] {
            let wall = port.strait.discord.now
            let isChain = effects.contains(where: \.refersToNew)
            return effects.enumerated().map { step, effect in
                Parcel(
                    id: number * 10 + Int64(step), lane: isChain ? -number : effect.lane, effect: effect,
                    nonce: nonce(step), created: wall, tries: 0, firstTried: nil, step: step, guild: port.guild)
            }
        }

        func nonce(_ step: Int) -> String { "n\(number)-\(step)" }
        var words: String { "cargo \(number)" }
    }

    func load(_ number: Int64, _ port: Port) throws -> Load {
        var load = Load(cargo: self, number: number, port: port, effects: [])
        let (guild, here) = (port.guild, Place.known(port.channel))
        let post = Effect.post(channel: here, Post(Card(text: "\(words: "cargo \(number)")")))
        switch self {
        case .post: load.effects = [post]
        case .twins: load.effects = [post, post]
        case .whisper: load.effects = [.privately(member: port.ann, Post(Card(text: "\(words: "cargo \(number)")")))]
        case .edit:
            load.effects = [post, .edit(channel: here, message: .new(0), Post(Card(text: "\(words: "edited \(number)")")))]
        case .delete: load.effects = [post, .delete(channel: here, message: .new(0))]
        case .pin: load.effects = [post, .pin(channel: here, message: .new(0)), .unpin(channel: here, message: .new(0))]
        case .react, .unreact:
            load.messages = [try port.said("react \(number)")]
            let message = Place.known(load.messages[0].id)
            load.effects = [.react(channel: here, message: message, emoji: "✅")]
            if self == .unreact { load.effects.append(.unreact(channel: here, message: message, emoji: "✅")) }
        case .deleteMany:
            load.messages = try (0..<3).map { try port.said("many \(number) \($0)") }
            load.effects = [.deleteMany(channel: port.channel, messages: load.messages.map(\.id), reason: "")]
        case .fetch: load.effects = [.fetch(.messages(channel: port.channel, .newest, limit: 5))]
        case .answer, .deferred: try load.answering(isDeferred: self == .deferred)
        case .grant, .strip, .rename, .timeOut, .kick, .ban: load.member(self)
        default: load.effects = opening(number, guild, port)
        }
        return load
    }

    private func opening(_ number: Int64, _ guild: ID<Guild>, _ port: Port) -> [Effect] {
        let name = "cargo-\(number)"
        let here = Place.known(port.channel)
        switch self {
        case .channel:
            return [
                .openChannel(guild: guild, ChannelPlan(name, overwrites: [port.hidden]), reason: "for \(number)"),
                .changeChannel(.new(0), .edit([.topic("topic \(number)"), .slow(seconds: 5)]), reason: "again"),
                .changeChannel(.new(0), .delete, reason: "enough"),
            ]
        case .thread:
            return [
                .openThread(channel: here, message: nil, name: name, isPrivate: false),
                .post(channel: .new(0), Post(Card(text: "\(words: "cargo \(number)")"))),
                .changeChannel(.new(0), .edit([.archived(true), .locked(true)]), reason: ""),
            ]
        case .messageThread:
            return [
                .post(channel: here, Post(Card(text: "\(words: "cargo \(number)")"))),
                .openThread(channel: here, message: .new(0), name: name, isPrivate: false),
            ]
        case .forumPost:
            return [
                .openForumPost(forum: .known(port.forum), name: name, tags: [], Post(Card(text: "\(words: "cargo \(number)")")))
            ]
        case .role:
            return [
                .openRole(guild: guild, name: name, [.colour(0x3BA55D), .mentionable(true)], reason: "for \(number)"),
                .changeRole(guild: guild, role: .new(0), .edit([.hoisted(true)]), reason: ""),
                .changeRole(guild: guild, role: .new(0), .delete, reason: "enough"),
            ]
        case .event:
            let start = port.strait.discord.now + 3.days
            let plan = EventPlan(
                name, text: "cake", start: start, end: start + 1.hours, venue: .elsewhere("the park"), rhythm: .daily)
            return [
                .openEvent(guild: guild, plan, reason: "for \(number)"),
                .changeEvent(guild: guild, event: .new(0), .edit([.text("more cake")]), reason: ""),
                .changeEvent(guild: guild, event: .new(0), .delete, reason: ""),
            ]
        case .invite: return [.openInvite(channel: here, InvitePlan(uses: 5), reason: "for \(number)")]
        default:
            return [
                .changeChannel(here, .permit(port.hidden), reason: ""),
                .changeChannel(here, .unpermit(target: port.hidden.target), reason: ""),
            ]
        }
    }
}

extension Cargo.Port {
    /// What keeps a role out.
    var hidden: Kit.Overwrite {
        Kit.Overwrite(target: role.number, isMember: false, allow: [], deny: .viewChannel)
    }
}

extension Cargo.Load {
    fileprivate mutating func member(_ cargo: Cargo) {
        let who = port.member(number)
        member = who
        let guild = port.guild
        switch cargo {
        case .grant: effects = [.addRole(guild: guild, member: who, role: .known(port.role), reason: "r")]
        case .strip:
            effects = [
                .addRole(guild: guild, member: who, role: .known(port.role), reason: "r"),
                .removeRole(guild: guild, member: who, role: .known(port.role), reason: "r"),
            ]
        case .rename: effects = [.rename(guild: guild, member: who, nick: "nick \(number)", reason: "")]
        case .timeOut: effects = [.timeOut(guild: guild, member: who, until: port.strait.discord.now + 20.days, reason: "")]
        case .kick: effects = [.kick(guild: guild, member: who, reason: "")]
        default:
            effects = [
                .ban(guild: guild, member: who, deletingSeconds: 60, reason: ""), .unban(guild: guild, member: who, reason: ""),
            ]
        }
    }

    fileprivate mutating func answering(isDeferred: Bool) throws {
        let discord = port.strait.discord
        let id = try discord.uses(port.ann, "ask", in: port.channel)
        guard let record = discord.interaction(id) else { return }
        if isDeferred { port.strait.acknowledge(record) }
        interaction = id
        effects = [
            .answer(
                Answer(
                    interaction: id, token: record.token, application: discord.read(\.bot.application),
                    card: Card(text: "\(words: words)"), isEphemeral: false, isAcknowledged: isDeferred))
        ]
    }
}
