import Shared

extension Route {
    static let userRoutes: [Route] = [
        Route("GET", "/gateway", door: .anybody) { world, _ throws(Refusal) in .ok(["url": .string(world.addresses.gateway)]) },
        Route("GET", "/gateway/bot") { world, _ throws(Refusal) in .ok(world.gatewayForBot) },
        Route("GET", "/users/@me") { world, _ throws(Refusal) in .ok(world.users[world.bot.user]?.json ?? .null) },
        Route("GET", "/users/{user_id}") { world, call throws(Refusal) in
            guard let user = world.users[try call.id("user_id")] else { throw Refusal.unknownUser }
            return .ok(user.json)
        },
        Route("GET", "/users/@me/guilds") { world, call throws(Refusal) in .ok(try world.ownGuilds(call)) },
        Route("POST", "/users/@me/channels", .directs) { world, call throws(Refusal) in .ok(try world.openDirect(call)) },
        Route("GET", "/applications/@me") { world, _ throws(Refusal) in .ok(world.applicationJSON) },
        Route("GET", "/oauth2/applications/@me") { world, _ throws(Refusal) in .ok(world.applicationJSON) },
    ]
}

extension World {
    fileprivate var gatewayForBot: JSON {
        let spent = identifies.filter { $0 > now - 24.hours }
        let reset = spent.first.map { ($0 + 24.hours - now).milliseconds } ?? 0
        return [
            "url": .string(addresses.gateway), "shards": .int(Int64(rules.shards)),
            "session_start_limit": [
                "total": .int(Int64(rules.identifyBudget)),
                "remaining": .int(Int64(max(0, rules.identifyBudget - spent.count))),
                "reset_after": .int(reset), "max_concurrency": .int(Int64(rules.identifyConcurrency)),
            ],
        ]
    }

    fileprivate var applicationJSON: JSON {
        [
            "id": .id(bot.application), "name": "Hearth", "icon": .null, "description": "", "bot_public": false,
            "bot_require_code_grant": false, "verify_key": "", "flags": .int(portalFlags), "team": .null,
            "approximate_guild_count": .int(Int64(guilds.values.filter(\.hasBot).count)),
            "owner": guilds.values.filter(\.hasBot).min { $0.id < $1.id }.flatMap { users[$0.owner]?.json } ?? .null,
        ]
    }

    fileprivate func ownGuilds(_ call: Call) throws(Refusal) -> JSON {
        let limit = try call.limit(1...200, default: 200)
        let after = try call.cursor("after", Guild.self)
        let mine = guilds.values.filter { guild in guild.hasBot && after.map { guild.id > $0 } ?? true }.sorted {
            $0.id < $1.id
        }
        return .array(
            mine.prefix(limit).map { guild -> JSON in
                [
                    "id": .id(guild.id), "name": .string(guild.name), "icon": .null, "banner": .null,
                    "owner": .bool(guild.owner == bot.user), "features": [],
                    "permissions": .string(String(permissions(of: bot.user, in: guild).rawValue)),
                ]
            })
    }

    fileprivate mutating func openDirect(_ call: Call) throws(Refusal) -> JSON {
        guard let user = call.body["recipient_id"]?.id(Member.self) else {
            throw Form.refusal("recipient_id", code: "BASE_TYPE_REQUIRED", "This field is required")
        }
        guard let record = users[user], user != bot.user else { throw Refusal(400, 50033, "Invalid Recipient(s)") }
        if record.isBot { throw Refusal.closedMessages }
        if let known = directs[user], let channel = channels[known] { return json(channel) }
        directsOpened.removeAll { $0 <= now - 10.minutes }
        guard directsOpened.count < 60 else {
            throw Refusal.limited(
                40003, "You are opening direct messages too fast.", for: (directsOpened.first ?? now) + 10.minutes - now)
        }
        directsOpened.append(now)
        var channel = ChannelRecord(id: mint(Channel.self), kind: .direct)
        channel.recipient = user
        channels[channel.id] = channel
        directs[user] = channel.id
        return json(channel)
    }
}
