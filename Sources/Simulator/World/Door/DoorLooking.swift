import Shared

extension Violation {
    var json: JSON { ["kind": .string(kind.rawValue), "detail": .string(detail), "at": .string(at.rfc3339)] }
}

extension FaultBook {
    var json: JSON {
        [
            "injected": .object(
                JSON.Object(
                    injected.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0.key.rawValue, .int(Int64($0.value))) })),
            "never_injected": .array(neverInjected.map { .string($0.rawValue) }),
        ]
    }

    /// Orders of another book join this one's.
    mutating func add(_ other: FaultBook) {
        for order in other.orders { often(order.fault, chance: order.chance, atMost: order.left, on: order.route) }
    }
}

extension Ledger {
    var json: JSON {
        let speech = spoken.filter(\.isSpeech)
        return [
            "messages": .int(Int64(spoken.count)), "speech": .int(Int64(speech.count)), "reactions": .int(Int64(reacted.count)),
            "voice": .int(Int64(heard.count)), "dispatched": .int(Int64(dispatched)),
            "unanswered": .array(unanswered.map { .id($0) }),
            "sent": .array(
                sent.map { send in
                    .fields([
                        "message_id": .id(send.message.id), "channel_id": .id(send.message.channel),
                        "content": .string(send.content),
                        "nonce": send.nonce.map(JSON.string), "at": .string(send.at.rfc3339),
                        "repeats": .int(Int64(send.repeats)),
                    ])
                }),
            "doubled": .int(Int64(doubled.count)),
        ]
    }
}

extension Oracle {
    func json(of guild: ID<Guild>) -> JSON {
        let here = totals(of: guild)
        let house = totals()
        return [
            "guild_id": .id(guild), "messages": .int(Int64(here.messages)), "millipoints": .int(Int64(here.points)),
            "house_messages": .int(Int64(house.messages)), "house_millipoints": .int(Int64(house.points)),
            "board": .array(
                board(of: guild).map { ["user_id": .id($0.member), "millipoints": .int(Int64($0.points))] }),
            "days": .array(
                points.filter { $0.key.guild == guild }.sorted { $0.key < $1.key }.map { key, earned in
                    [
                        "user_id": .id(key.member), "channel_id": .id(key.channel), "day": .string(key.day.description),
                        "millipoints": .int(Int64(earned)), "messages": .int(Int64(messages[key] ?? 0)),
                    ]
                }),
        ]
    }
}

extension World {
    func doorMessages(_ query: Query) throws(Refusal) -> JSON {
        let channel = try doorChannel(query["channel"] ?? "", query["guild"])
        let limit = query["limit"].flatMap { Int($0) } ?? 50
        return .array((histories[channel]?.ids ?? []).suffix(limit).compactMap { histories[channel]?[$0] }.map { json($0) })
    }

    func doorInteraction(_ query: Query) throws(Refusal) -> JSON {
        guard let record = query["id"].flatMap({ ID<Interaction>($0) }).flatMap({ interactions[$0] }) else {
            throw Refusal.unknownInteraction
        }
        return .fields([
            "id": .id(record.id), "user_id": .id(record.user), "answered": .bool(record.answer != nil),
            "failed": .bool(record.hasFailed),
            "type": record.answer.map { .int($0) }, "reply": record.original.flatMap { find($0) }.map { json($0) },
            "follow_ups": .array(record.followUps.compactMap { find($0) }.map { json($0) }), "choices": .array(record.choices),
            "form": record.form,
        ])
    }

    var stateJSON: JSON {
        [
            "now": .string(now.rfc3339), "sessions": .int(Int64(sessions.count)), "live_sessions": .int(Int64(liveSessions)),
            "identifies": .int(Int64(identifies.count)), "load_left": .int(Int64(load?.left ?? 0)),
            "load_sent": .int(Int64(loadSent)), "load_released": loadReleased.map { .string($0.rfc3339) } ?? .null,
            "bot_user_id": .id(bot.user), "application_id": .id(bot.application), "violations": .int(Int64(violations.count)),
            "faults": faults.json, "requests": .int(Int64(requests.count)),
            "commands": .array(commands.map { .string($0.name) }),
            "guilds": .array(
                guilds.values.sorted { $0.id < $1.id }.map { guild in
                    [
                        "id": .id(guild.id), "name": .string(guild.name), "owner_id": .id(guild.owner),
                        "channels": .array(
                            guild.channels.compactMap { channels[$0] }.map {
                                ["id": .id($0.id), "name": .string($0.name), "type": .int($0.kind.rawValue)]
                            }),
                        "members": .array(
                            guild.members.keys.sorted().compactMap { users[$0] }.map {
                                ["id": .id($0.id), "name": .string($0.name)]
                            }),
                    ]
                }),
        ]
    }
}
