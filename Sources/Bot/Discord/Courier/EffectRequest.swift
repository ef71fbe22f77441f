import Kit
import Shared

/// Something that an effect refers to was never made.
struct Unmade: Error { let step: Int }

/// What earlier effects of a turn have made, by their number in it.
typealias Made = [Int: Int64]

extension Place {
    func found(in made: Made) throws(Unmade) -> ID<Kind> {
        switch self {
        case .known(let id): return id
        case .new(let step):
            guard let id = made[step].flatMap({ ID<Kind>($0) }) else { throw Unmade(step: step) }
            return id
        }
    }
}

extension Effect {
    /// The call that carries it out. A direct message needs its channel first.
    func request(nonce: String, made: Made, direct: ID<Channel>?, now: Instant) throws(Unmade) -> RESTRequest {
        switch self {
        case .post(let channel, let post): return Self.create(try channel.found(in: made), post, nonce)
        case .privately(let member, let post):
            guard let direct else {
                return RESTRequest(.openDirect, body: ["recipient_id": .id(member)])
            }
            return Self.create(direct, post, nonce)
        case .edit(let channel, let message, let post):
            let route = Route.edit(try channel.found(in: made), try message.found(in: made))
            return RESTRequest(route, body: .object(MessageBody.patch(post.card, mentions: post.mentions)))
        case .delete(let channel, let message):
            return RESTRequest(.delete(try channel.found(in: made), try message.found(in: made)))
        case .pin(let channel, let message):
            return RESTRequest(.pin(try channel.found(in: made), try message.found(in: made)))
        case .react(let channel, let message, let emoji):
            return RESTRequest(.react(.put, try channel.found(in: made), try message.found(in: made), emoji))
        case .unreact(let channel, let message, let emoji):
            return RESTRequest(.react(.delete, try channel.found(in: made), try message.found(in: made), emoji))
        case .openThread(let channel, let message, let name, let isPrivate):
            return try Self.thread(channel, message, name, isPrivate, made)
        case .addRole(let guild, let member, let role, let reason):
            return RESTRequest(.role(.put, guild, member, role), reason: reason)
        case .removeRole(let guild, let member, let role, let reason):
            return RESTRequest(.role(.delete, guild, member, role), reason: reason)
        case .timeOut(let guild, let member, let until, let reason):
            let body: JSON = ["communication_disabled_until": until.map { .string($0.rfc3339) } ?? .null]
            return RESTRequest(.member(.patch, guild, member), body: body, reason: reason)
        case .kick(let guild, let member, let reason): return RESTRequest(.member(.delete, guild, member), reason: reason)
        case .ban(let guild, let member, let seconds, let reason):
            let body: JSON = ["delete_message_seconds": .int(Int64(min(max(seconds, 0), 604_800)))]
            return RESTRequest(.ban(.put, guild, member), body: body, reason: reason)
        case .unban(let guild, let member, let reason): return RESTRequest(.ban(.delete, guild, member), reason: reason)
        case .openChannel(let guild, let name, let parent, let topic, let reason):
            let body = JSON.fields([
                "name": .string(Clipping.clip(name, units: 100)), "type": 0, "parent_id": parent.map { .id($0) },
                "topic": topic.isEmpty ? nil : .string(Clipping.clip(topic, units: 1_024)),
            ])
            return RESTRequest(.channels(.post, guild), body: body, reason: reason, repeating: .afterLooking)
        case .answer(let answer): return answer.isAcknowledged ? answer.patch : answer.callback
        }
    }

    private static func create(_ channel: ID<Channel>, _ post: Post, _ nonce: String) -> RESTRequest {
        var body = MessageBody.new(post.card, mentions: post.mentions)
        body["nonce"] = .string(nonce)
        body["enforce_nonce"] = true
        if let message = post.replyTo {
            body["message_reference"] = ["message_id": .id(message), "fail_if_not_exists": false]
        }
        return RESTRequest(.post(channel), body: .object(body), repeating: .byNonce)
    }

    private static func thread(
        _ channel: Place<Channel>, _ message: Place<Message>?, _ name: String, _ isPrivate: Bool, _ made: Made
    ) throws(Unmade) -> RESTRequest {
        let parent = try channel.found(in: made)
        let shown = Clipping.clip(name, units: 100)
        guard let message else {
            let body: JSON = ["name": .string(shown), "type": isPrivate ? 12 : 11]
            return RESTRequest(.openThread(parent), body: body, repeating: .afterLooking)
        }
        // A message has one thread at most, and a second try is told so.
        return RESTRequest(.openThread(parent, try message.found(in: made)), body: ["name": .string(shown)])
    }
}

extension Answer {
    var callback: RESTRequest {
        var request = RESTRequest(.callback(interaction, token), body: Callback.message(self))
        request.query = ["with_response": "true"]
        request.isInteraction = true
        return request
    }

    /// After the first answer, or instead of it where the interaction was acknowledged.
    var patch: RESTRequest {
        let body = MessageBody.patch(card, mentions: mentions)
        var request = RESTRequest(.original(application, token), body: .object(body))
        request.isInteraction = true
        return request
    }
}
