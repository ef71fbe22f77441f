import Shared

extension Route {
    static let inviteRoutes: [Route] = [
        Route("POST", "/channels/{channel_id}/invites", .channels) { world, call throws(Refusal) in
            .ok(try world.makeInvite(call))
        },
        Route("GET", "/channels/{channel_id}/invites", .read) { world, call throws(Refusal) in
            let channel = try world.channelForBot(call, needing: .manageChannels)
            return .ok(.array(world.standing.filter { $0.channel == channel.id }.map { world.json($0) }))
        },
        Route("GET", "/guilds/{guild_id}/invites", .guildRead) { world, call throws(Refusal) in
            let guild = try world.guildForBot(call, needing: .manageGuild)
            return .ok(.array(world.standing.filter { $0.guild == guild.id }.map { world.json($0) }))
        },
    ]
}

extension World {
    fileprivate var standing: [InviteRecord] {
        invites.values.filter { !$0.isOver(at: now) }.sorted { ($0.created, $0.code) < ($1.created, $1.code) }
    }

    fileprivate mutating func makeInvite(_ call: Call) throws(Refusal) -> JSON {
        let channel = try channelForBot(call, needing: .createInvite)
        guard let guild = channel.guild, channel.thread == nil else { throw Refusal.wrongChannelKind }
        guard call.body.object != nil else { throw Refusal.badJSON }
        var form = Form()
        form.number(call.body["max_age"], ["max_age"], 0...604_800)
        form.number(call.body["max_uses"], ["max_uses"], 0...100)
        try form.refuse()
        guard invites.values.filter({ $0.guild == guild }).count < 1000 else {
            throw Refusal(400, 30016, "Maximum number of invites reached (1000)")
        }
        let asked = call.body
        let twin = standing.first {
            $0.channel == channel.id && $0.inviter == bot.user && $0.lastsSeconds == asked["max_age"]?.int ?? 86_400
        }
        if asked["unique"]?.bool != true, let twin { return json(twin) }
        let invite = InviteRecord(
            code: dice.secret(8), channel: channel.id, guild: guild, inviter: bot.user, created: now,
            lastsSeconds: asked["max_age"]?.int ?? 86_400, most: asked["max_uses"]?.int ?? 0,
            isTemporary: asked["temporary"]?.bool ?? false)
        invites[invite.code] = invite
        dispatch(
            "INVITE_CREATE",
            [
                "channel_id": .id(channel.id), "code": .string(invite.code), "created_at": .string(now.discord),
                "guild_id": .id(guild), "max_age": .int(invite.lastsSeconds), "max_uses": .int(invite.most),
                "temporary": .bool(invite.isTemporary), "uses": 0, "inviter": users[bot.user]?.json ?? .null,
            ], guild: guild, channel: channel.id, intents: .guildInvites)
        let change: JSON = ["key": "code", "new_value": .string(invite.code)]
        audit(40, by: bot.user, target: nil, call.reason, in: guild, changes: [change])
        return json(invite)
    }

    fileprivate func json(_ invite: InviteRecord) -> JSON {
        .fields([
            "type": 0, "code": .string(invite.code), "inviter": users[invite.inviter]?.json,
            "max_age": .int(invite.lastsSeconds),
            "max_uses": .int(invite.most), "uses": .int(invite.uses), "temporary": .bool(invite.isTemporary),
            "created_at": .string(invite.created.discord), "flags": 0,
            "expires_at": invite.lastsSeconds == 0 ? .null : .string((invite.created + .seconds(invite.lastsSeconds)).discord),
            "channel": .fields([
                "id": .id(invite.channel), "name": channels[invite.channel].map { .string($0.name) },
                "type": channels[invite.channel].map { .int($0.kind.rawValue) },
            ]),
            "guild": .fields(["id": .id(invite.guild), "name": guilds[invite.guild].map { .string($0.name) }]),
        ])
    }
}
