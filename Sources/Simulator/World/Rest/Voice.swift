import Shared

extension World {
    func voiceJSON(_ voice: VoiceRecord, in guild: GuildRecord, whole: Bool, left: Bool = false) -> JSON {
        let member = guild.members[voice.user]
        return voice.json(
            guild: whole ? guild.id : nil, member: whole ? member?.json(user: users[voice.user]?.json) : nil, left: left,
            deaf: member?.isDeafened ?? false, mute: member?.isMuted ?? false)
    }

    /// Somebody joins, moves, changes or (with no channel) leaves.
    mutating func setVoice(
        _ user: ID<Member>, in guild: ID<Guild>, channel: ID<Channel>?, _ change: (inout VoiceRecord) -> Void
    ) {
        let earlier = guilds[guild]?.voices[user]
        if earlier == nil, channel == nil { return }
        let session = earlier?.session ?? dice.secret(32)
        guard let place = channel ?? earlier?.channel else { return }
        var voice = earlier ?? VoiceRecord(user: user, channel: place, session: session)
        voice.channel = place
        change(&voice)
        guilds[guild]?.voices[user] = channel == nil ? nil : voice
        guard let state = guilds[guild] else { return }
        let member = state.members[user]
        if users[user]?.isBot == false {
            ledger.heard.append(
                Ledger.Heard(
                    guild: guild, member: user, channel: channel, isMuted: voice.isSelfMuted || member?.isMuted ?? false,
                    isDeafened: voice.isSelfDeafened || member?.isDeafened ?? false, at: now))
        }
        dispatch(
            "VOICE_STATE_UPDATE", voiceJSON(voice, in: state, whole: true, left: channel == nil), guild: guild,
            channel: place, intents: .guildVoiceStates)
    }
}
