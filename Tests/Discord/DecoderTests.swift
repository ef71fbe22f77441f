import Discord
import Kit
import Shared
import Testing

private let me = ID<Member>(999)

private func decode(_ text: String, wanted: EventKinds = .all) throws -> GatewayFrame {
    try Array(text.utf8).withUnsafeBufferPointer { bytes throws(JSONScanner.Malformed) in
        try GatewayDecoder(wanted: wanted, bot: me).decode(bytes)
    }
}

private func event(_ name: String, _ data: String) throws -> Event? {
    guard case .dispatch(_, let event) = try decode(#"{"t":"\#(name)","s":7,"op":0,"d":\#(data)}"#) else { return nil }
    return event
}

private func message(_ data: String) throws -> MessageSeen {
    guard case .message(let message)? = try event("MESSAGE_CREATE", data) else { throw NotThere() }
    return message
}

struct NotThere: Error {}

@Suite("Reading the gateway")
struct DecoderTests {
    @Test("the protocol's own messages are read in any order of their members")
    func envelope() throws {
        for text in [
            #"{"op":10,"d":{"x":[1],"heartbeat_interval":41250},"s":null,"t":null}"#,
            #"{"d":{"heartbeat_interval":41250},"op":10}"#,
        ] {
            guard case .hello(41250) = try decode(text) else { throw NotThere() }
        }
        guard case .heartbeatAsked = try decode(#"{"op":1,"d":null}"#), case .acknowledged = try decode(#"{"op":11}"#),
            case .reconnectAsked = try decode(#"{"op":7,"d":null}"#),
            case .invalidSession(true) = try decode(#"{"op":9,"d":true}"#),
            case .invalidSession(false) = try decode(#"{"d":false,"op":9}"#), case .unknown = try decode(#"{"op":99}"#)
        else { throw NotThere() }
    }

    @Test("READY tells who we are and where to resume")
    func ready() throws {
        let text =
            #"{"t":"READY","s":1,"op":0,"d":{"v":10,"_trace":["x"],"user":{"id":"999","username":"hearth","bot":true},"guilds":[{"id":"5","unavailable":true},{"id":"bad"}],"session_id":"abc","resume_gateway_url":"wss://r","application":{"id":"77","flags":565248},"new":{}}}"#
        for wanted in [EventKinds.all, []] {
            guard case .ready(1, let ready) = try decode(text, wanted: wanted) else { throw NotThere() }
            #expect(ready.session == "abc" && ready.resumeURL == "wss://r" && ready.bot == me && ready.botName == "hearth")
            #expect(ready.guilds.map(\.number) == [5] && ready.application?.number == 77 && ready.applicationFlags == 565_248)
        }
    }

    @Test("a message is read in one pass, its text left in the frame")
    func messages() throws {
        let seen = try message(
            #"{"type":19,"content":"h\u00e9 \"you\" <@999>","id":"10","channel_id":"20","guild_id":"30","author":{"id":"40","username":"ann","global_name":"Ann","bot":false,"clan":null},"member":{"nick":null,"roles":["1","2"],"flags":0},"mentions":[{"id":"5"},{"id":"999","member":{}}],"message_reference":{"type":0,"message_id":"9"},"referenced_message":{"id":"9","author":{"id":"41"}},"edited_timestamp":null,"nonce":"n1","embeds":[{"title":"T","fields":[]}],"unknown":{"deep":[[1.5e3]]}}"#
        )
        #expect(seen.id.number == 10 && seen.channel.number == 20 && seen.guild?.number == 30 && seen.author.number == 40)
        #expect(seen.isSpeech && seen.mentionsBot && seen.answeredMessage?.number == 9 && seen.answeredAuthor?.number == 41)
        #expect(seen.text(seen.embeds) == #"[{"title":"T","fields":[]}]"#)
        #expect(
            seen.contentText == "hé \"you\" <@999>" && seen.text(seen.username) == "ann" && seen.text(seen.globalName) == "Ann")
        #expect(seen.text(seen.nick).isEmpty && seen.text(seen.roles) == #"["1","2"]"# && seen.text(seen.nonce) == "n1")
        #expect(seen.editedMilliseconds == 0)
    }

    @Test("a message reads the same when its data comes before its name")
    func dataFirst() throws {
        let text =
            #"{"d":{"id":"10","channel_id":"20","author":{"id":"40","username":"ann"},"content":"hi"},"op":0,"s":3,"t":"MESSAGE_CREATE"}"#
        guard case .dispatch(3, .message(let seen)?) = try decode(text) else { throw NotThere() }
        #expect(seen.contentText == "hi" && seen.guild == nil && !seen.mentionsBot)
    }

    @Test("bots, the system and webhooks write automatically")
    func automatic() throws {
        let rest = #""id":"1","channel_id":"2","type":0"#
        #expect(try message(#"{\#(rest),"author":{"id":"4","username":"b","bot":true}}"#).isAutomatic)
        #expect(try message(#"{\#(rest),"author":{"id":"4","username":"b","system":true}}"#).isAutomatic)
        #expect(try message(#"{\#(rest),"webhook_id":"4","author":{"id":"4","username":"b"}}"#).isAutomatic)
        #expect(try !message(#"{\#(rest),"webhook_id":null,"author":{"id":"4","username":"b"}}"#).isAutomatic)
    }

    @Test("the fingerprint changes with a name or a role and with nothing else")
    func fingerprint() throws {
        func print(_ name: String, _ nick: String, _ roles: String, _ content: String) throws -> UInt64 {
            try message(
                #"{"id":"1","channel_id":"2","content":"\#(content)","author":{"id":"4","username":"\#(name)"},"member":{"nick":"\#(nick)","roles":\#(roles)}}"#
            ).fingerprint
        }
        let plain = try print("ann", "bob", "[]", "x")
        #expect(try print("ann", "bob", "[]", "something else") == plain)
        #expect(try print("annb", "ob", "[]", "x") != plain)
        #expect(try print("ann", "bobo", "[]", "x") != plain)
        #expect(try print("ann", "bob", #"["1"]"#, "x") != plain)
    }

    @Test("edits carry the time of the last one by a person")
    func edits() throws {
        let data =
            #"{"id":"1","channel_id":"2","author":{"id":"3","username":"a"},"edited_timestamp":"2026-01-02T03:04:05.678000+00:00"}"#
        guard case .messageEdited(let seen)? = try event("MESSAGE_UPDATE", data) else { throw NotThere() }
        #expect(seen.editedMilliseconds == 1_767_323_045_678)
    }

    @Test("deletions, one or many")
    func deletions() throws {
        guard case .messagesDeleted(let one, _, let none)? = try event("MESSAGE_DELETE", #"{"id":"1","channel_id":"2"}"#),
            case .messagesDeleted(let many, let channel, let guild)? = try event(
                "MESSAGE_DELETE_BULK", #"{"ids":["1","x","3"],"channel_id":"2","guild_id":"4"}"#)
        else { throw NotThere() }
        #expect(one.map(\.number) == [1] && none == nil)
        #expect(many.map(\.number) == [1, 3] && channel.number == 2 && guild?.number == 4)
    }

    @Test("reactions of all four kinds, with Unicode and custom emoji")
    func reactions() throws {
        let place = #""channel_id":"2","message_id":"3","guild_id":"4""#
        guard
            case .reactionAdded(let added)? = try event(
                "MESSAGE_REACTION_ADD",
                #"{"user_id":"1",\#(place),"member":{"user":{"id":"1","username":"a","bot":true},"roles":[]},"emoji":{"id":null,"name":"✅"},"message_author_id":"9","burst":false,"type":0}"#
            ),
            case .reactionRemoved(let removed)? = try event(
                "MESSAGE_REACTION_REMOVE", #"{"user_id":"1",\#(place),"emoji":{"id":"55","name":"wave"}}"#),
            case .reactionsCleared(_, _, _, nil)? = try event("MESSAGE_REACTION_REMOVE_ALL", "{\(place)}"),
            case .reactionsCleared(_, _, _, "✅"?)? = try event(
                "MESSAGE_REACTION_REMOVE_EMOJI", #"{\#(place),"emoji":{"name":"✅","id":null}}"#)
        else { throw NotThere() }
        #expect(added.emoji == "✅" && added.giverIsBot && added.author?.number == 9)
        #expect(removed.emoji == "wave:55" && !removed.giverIsBot && removed.author == nil)
    }

    @Test("a guild is read with all that it lists, each part knowing its home")
    func guilds() throws {
        let data =
            #"{"channels":[{"id":"2","name":"general","type":0,"position":1,"parent_id":null,"permission_overwrites":[{"id":"1","type":0,"allow":"1024","deny":"18446744073709551615"}]}],"threads":[{"id":"22","name":"t","type":11,"parent_id":"2"}],"roles":[{"id":"1","name":"@everyone","position":0,"permissions":"104324673","managed":false}],"members":[{"user":{"id":"3","username":"ann","global_name":null},"nick":"A","roles":["1"],"joined_at":"2026-01-02T03:04:05.000000+00:00","pending":true}],"voice_states":[{"user_id":"3","channel_id":"2","self_mute":true,"deaf":false}],"id":"1","name":"Tea","owner_id":"3","member_count":12,"preferred_locale":"de","afk_channel_id":null,"joined_at":"2026-01-01T00:00:00+00:00","future":[{}]}"#
        guard case .guildSeen(let guild)? = try event("GUILD_CREATE", data) else { throw NotThere() }
        #expect(guild.profile.name == "Tea" && guild.profile.locale == "de" && guild.profile.owner.number == 3)
        #expect(
            guild.memberCount == 12 && guild.channels.count == 2 && guild.channels.allSatisfy { $0.guild == guild.profile.id })
        #expect(guild.channels[0].overwrites.first?.deny == .all && guild.roles[0].guild == guild.profile.id)
        let member = try #require(guild.members.first { _ in true }).profile(in: guild.profile.id)
        #expect(member.isPending && member.name == "A" && member.username == "ann" && member.roles.map(\.number) == [1])
        #expect(member.joined == Instant(rfc3339: "2026-01-02T03:04:05Z") && guild.voice[0].isMuted)
    }

    @Test("an outage is told from a removal, in both events that can say so")
    func outage() throws {
        guard case .guildUnavailable? = try event("GUILD_DELETE", #"{"id":"1","unavailable":true}"#),
            case .guildLeft? = try event("GUILD_DELETE", #"{"id":"1"}"#),
            case .guildUnavailable? = try event("GUILD_CREATE", #"{"id":"1","unavailable":true}"#)
        else { throw NotThere() }
    }

    @Test("channels, roles and members come and go")
    func comings() throws {
        guard
            case .channelSeen(let channel)? = try event(
                "THREAD_CREATE", #"{"id":"2","guild_id":"1","type":11,"name":"t","newly_created":true}"#),
            case .channelDeleted? = try event("THREAD_DELETE", #"{"id":"2","guild_id":"1","parent_id":"3","type":11}"#),
            case .roleSeen(let role)? = try event(
                "GUILD_ROLE_UPDATE", #"{"role":{"id":"5","name":"r","permissions":"8"},"guild_id":"1"}"#),
            case .roleDeleted? = try event("GUILD_ROLE_DELETE", #"{"role_id":"5","guild_id":"1"}"#),
            case .memberSeen(let joined, joined: true)? = try event(
                "GUILD_MEMBER_ADD", #"{"guild_id":"1","user":{"id":"3","username":"a"},"roles":[],"joined_at":null}"#),
            case .memberSeen(_, joined: false)? = try event(
                "GUILD_MEMBER_UPDATE", #"{"guild_id":"1","user":{"id":"3"},"roles":["5"]}"#),
            case .memberLeft(let left, _)? = try event("GUILD_MEMBER_REMOVE", #"{"guild_id":"1","user":{"id":"3"}}"#),
            case .membersListed(let home, let listed, ListPart(0, of: 2))? = try event(
                "GUILD_MEMBERS_CHUNK", #"{"members":[{"user":{"id":"3"}},{}],"guild_id":"1","chunk_index":0,"chunk_count":2}"#)
        else { throw NotThere() }
        #expect(channel.type == 11 && role.guild.number == 1 && role.permissions.contains(.administrator))
        #expect(joined.joined == nil && left.number == 3 && listed.map(\.id.number) == [3] && home.number == 1)
    }

    @Test("voice states tell leaving, muting and bots; those of no guild are nothing")
    func voice() throws {
        guard
            case .voice(let state)? = try event(
                "VOICE_STATE_UPDATE",
                #"{"guild_id":"1","channel_id":null,"user_id":"3","self_deaf":true,"member":{"user":{"id":"3","bot":true}}}"#)
        else { throw NotThere() }
        #expect(state.channel == nil && state.isDeaf && !state.isMuted && state.isBot)
        #expect(try event("VOICE_STATE_UPDATE", #"{"channel_id":"2","user_id":"3"}"#) == nil)
    }

    @Test("a value of an unexpected kind reads as absent, and the frame still counts")
    func surprises() throws {
        #expect(try event("MESSAGE_CREATE", #"{"id":{},"channel_id":[],"author":7,"mentions":"no","type":null}"#) == nil)
        #expect(try event("MESSAGE_CREATE", #"[1,2]"#) == nil)
        #expect(try event("MESSAGE_CREATE", #"{"id":"18446744073709551615","channel_id":"2","author":{"id":"3"}}"#) == nil)
        #expect(try event("SOMETHING_NEW", #"{"id":"1"}"#) == nil)
        let seen = try message(
            #"{"id":12345,"channel_id":"2","author":{"id":"3","username":null},"content":null,"type":"19","edited_timestamp":"soon"}"#
        )
        #expect(seen.id.number == 12345 && seen.type == 19 && seen.contentText.isEmpty && seen.editedMilliseconds == 0)
    }

    @Test("what nobody hears is not read, but is still checked")
    func unheard() throws {
        let text = #"{"t":"MESSAGE_CREATE","s":5,"op":0,"d":{"id":"1","channel_id":"2","author":{"id":"3"}}}"#
        guard case .dispatch(5, nil) = try decode(text, wanted: EventKinds(.voiceState)) else { throw NotThere() }
        #expect(throws: JSONScanner.Malformed.self) {
            try decode(#"{"t":"TYPING_START","s":5,"op":0,"d":{"id":01}}"#, wanted: [])
        }
    }

    @Test(
        "broken JSON is refused",
        arguments: [
            "", "{", #"{"op":0,"d":{}"#, #"{"op":0}x"#, #"{"op":0,"d":{"a":tru}}"#,
            #"{"op":0,"s":1,"t":"MESSAGE_CREATE","d":{"content":"a\#u{1}"}}"#,
        ])
    func broken(text: String) { #expect(throws: JSONScanner.Malformed.self) { try decode(text) } }
}
