package import Shared

extension Simulation {
    package func joinsVoice(_ user: ID<Member>, _ channel: ID<Channel>) throws(Refusal) {
        try act { (world) throws(Refusal) in
            guard let place = world.channels[channel], let guild = place.guild, place.kind.isVoice else {
                throw Refusal.wrongChannelKind
            }
            guard world.permissions(of: user, in: place).isSuperset(of: [.viewChannel, .connect]) else {
                throw Refusal.missingPermissions
            }
            world.setVoice(user, in: guild, channel: channel) { _ in }
        }
    }

    package func leavesVoice(_ user: ID<Member>, in guild: ID<Guild>) {
        act { $0.setVoice(user, in: guild, channel: nil) { _ in } }
    }

    /// The channel where Discord puts those who fell asleep.
    package func setsQuietChannel(_ channel: ID<Channel>?, in guild: ID<Guild>) {
        act { world in
            world.guilds[guild]?.quietChannel = channel
            guard let header = world.guilds[guild]?.header else { return }
            world.dispatch("GUILD_UPDATE", header, guild: guild, intents: .guilds)
        }
    }

    package func mutes(_ user: ID<Member>, in guild: ID<Guild>, _ muted: Bool = true) {
        change(user, guild) { $0.isSelfMuted = muted }
    }

    package func deafens(_ user: ID<Member>, in guild: ID<Guild>, _ deafened: Bool = true) {
        change(user, guild) { $0.isSelfDeafened = deafened }
    }

    private func change(_ user: ID<Member>, _ guild: ID<Guild>, _ body: (inout VoiceRecord) -> Void) {
        act { world in
            guard let place = world.guilds[guild]?.voices[user]?.channel else { return }
            world.setVoice(user, in: guild, channel: place, body)
        }
    }
}
