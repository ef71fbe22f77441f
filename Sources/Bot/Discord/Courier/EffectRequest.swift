import Calls
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

/// What a request is made with beside its effect.
struct Occasion {
    var nonce: String
    var made: Made
    /// Where the member of a direct message is written to, once that is known.
    var direct: ID<Channel>?
}

extension Effect {
    /// The call that carries it out. A direct message needs its channel first.
    func request(_ occasion: Occasion) throws(Unmade) -> RESTRequest {
        var request = try plainRequest(occasion)
        request.reason = AuditMark.clipped(reason)
        if creation != nil {
            request.reason = AuditMark.sign(reason, occasion.nonce)
            request.repeating = .afterLooking
        }
        return request
    }

    private func plainRequest(_ occasion: Occasion) throws(Unmade) -> RESTRequest {
        switch self {
        case .post(let channel, let post): return .creating(post, in: try channel.found(in: occasion.made), occasion.nonce)
        case .privately(let member, let post):
            guard let direct = occasion.direct else { return RESTRequest(.openDirect, body: ["recipient_id": .id(member)]) }
            return .creating(post, in: direct, occasion.nonce)
        case .answer(let answer): return answer.isAcknowledged ? answer.patch : answer.callback
        case .fetch(let question): return question.request
        case .openThread, .openForumPost, .openChannel, .openRole, .openEvent, .openInvite:
            return try openingRequest(occasion.made)
        case .changeChannel(let channel, let deed, _): return deed.request(try channel.found(in: occasion.made))
        case .changeRole(let guild, let role, let deed, _):
            let id = try role.found(in: occasion.made)
            guard case .edit(let edits) = deed else { return RESTRequest(.guildRole(.delete, guild, id)) }
            return RESTRequest(.guildRole(.patch, guild, id), body: .object(edits.body))
        case .changeEvent(let guild, let event, let deed, _):
            let id = try event.found(in: occasion.made)
            guard case .edit(let edits) = deed else { return RESTRequest(.event(.delete, guild, id)) }
            return RESTRequest(.event(.patch, guild, id), body: edits.body)
        case .addRole, .removeRole, .rename, .timeOut, .kick, .ban, .unban: return try memberRequest(occasion.made)
        default: return try messageRequest(occasion.made)
        }
    }

    /// What is done to a message that is there.
    private func messageRequest(_ made: Made) throws(Unmade) -> RESTRequest {
        switch self {
        case .edit(let channel, let message, let post):
            var request = RESTRequest(.edit(try channel.found(in: made), try message.found(in: made)))
            request.write(MessageBody.patch(post.card, mentions: post.mentions, files: post.files), post.files)
            return request
        case .delete(let channel, let message):
            return RESTRequest(.delete(try channel.found(in: made), try message.found(in: made)))
        case .deleteMany(let channel, let messages, _):
            return RESTRequest(.bulkDelete(channel), body: ["messages": .array(messages.map { .id($0) })])
        case .pin(let channel, let message):
            return RESTRequest(.pin(.put, try channel.found(in: made), try message.found(in: made)))
        case .unpin(let channel, let message):
            return RESTRequest(.pin(.delete, try channel.found(in: made), try message.found(in: made)))
        case .react(let channel, let message, let emoji):
            return RESTRequest(.react(.put, try channel.found(in: made), try message.found(in: made), emoji))
        case .unreact(let channel, let message, let emoji):
            return RESTRequest(.react(.delete, try channel.found(in: made), try message.found(in: made), emoji))
        case .takeReaction(let channel, let message, let emoji, let member):
            return RESTRequest(.reaction(try channel.found(in: made), try message.found(in: made), emoji, of: member))
        case .clearReactions(let channel, let message, let emoji):
            return RESTRequest(.reactions(.delete, try channel.found(in: made), try message.found(in: made), emoji))
        default: throw Unmade(step: -1)
        }
    }

    private func memberRequest(_ made: Made) throws(Unmade) -> RESTRequest {
        switch self {
        case .addRole(let guild, let member, let role, _):
            return RESTRequest(.role(.put, guild, member, try role.found(in: made)))
        case .removeRole(let guild, let member, let role, _):
            return RESTRequest(.role(.delete, guild, member, try role.found(in: made)))
        case .rename(let guild, let member, let nick, _):
            return RESTRequest(.member(.patch, guild, member), body: ["nick": nick.map { .string($0) } ?? .null])
        case .timeOut(let guild, let member, let until, _):
            let body: JSON = ["communication_disabled_until": until.map { .string($0.rfc3339) } ?? .null]
            return RESTRequest(.member(.patch, guild, member), body: body)
        case .kick(let guild, let member, _): return RESTRequest(.member(.delete, guild, member))
        case .ban(let guild, let member, let seconds, _):
            return RESTRequest(.ban(.put, guild, member), body: ["delete_message_seconds": .int(Int64(seconds))])
        case .unban(let guild, let member, _): return RESTRequest(.ban(.delete, guild, member))
        default: throw Unmade(step: -1)
        }
    }
}

extension RESTRequest {
    static func creating(_ post: Post, in channel: ID<Channel>, _ nonce: String) -> RESTRequest {
        var body = MessageBody.new(post.card, mentions: post.mentions, files: post.files)
        body["nonce"] = .string(nonce)
        body["enforce_nonce"] = true
        if let message = post.replyTo {
            body["message_reference"] = ["message_id": .id(message), "fail_if_not_exists": false]
        }
        var request = RESTRequest(.post(channel), repeating: .byNonce)
        request.write(body, post.files)
        return request
    }

    mutating func write(_ body: JSON.Object, _ files: [Attachment]) {
        self.body = .object(body)
        self.files = files
    }
}

extension Answer {
    var callback: RESTRequest {
        var request = RESTRequest(.callback(interaction, token), body: Callback.message(self))
        request.files = files
        request.query = ["with_response": "true"]
        request.isInteraction = true
        return request
    }

    /// After the first answer, or instead of it where the interaction was acknowledged.
    var patch: RESTRequest {
        var request = RESTRequest(.original(application, token))
        request.write(MessageBody.patch(card, mentions: mentions, files: files), files)
        request.isInteraction = true
        return request
    }
}
