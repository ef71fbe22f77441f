import Calls
import Kit
import Shared

/// What of Discord's is made and cannot be made twice by mistake: nothing there enforces it, so it is looked for first.
enum Creation: Equatable {
    case channel, thread, role, event, invite

    /// The audit log's number of it.
    var action: Int {
        switch self {
        case .channel: 10
        case .role: 30
        case .invite: 40
        case .event: 100
        case .thread: 110
        }
    }
}

extension Effect {
    var creation: Creation? {
        switch self {
        case .openChannel: .channel
        // A message has one thread at most, and a second try is told so.
        case .openThread(_, nil, _, _), .openForumPost: .thread
        case .openRole: .role
        case .openEvent: .event
        case .openInvite: .invite
        default: nil
        }
    }

    func openingRequest(_ made: Made) throws(Unmade) -> RESTRequest {
        switch self {
        case .openChannel(let guild, let plan, _):
            return RESTRequest(.channels(.post, guild), body: plan.body(parent: try plan.parent?.found(in: made)))
        case .openThread(let channel, let message?, let name, _):
            return RESTRequest(
                .openThread(try channel.found(in: made), try message.found(in: made)), body: ["name": .clipped(name, 100)])
        case .openThread(let channel, nil, let name, let isPrivate):
            return RESTRequest(
                .openThread(try channel.found(in: made)), body: ["name": .clipped(name, 100), "type": isPrivate ? 12 : 11])
        case .openForumPost(let forum, let name, let tags, let post):
            let message = MessageBody.new(post.card, mentions: post.mentions, files: post.files)
            var request = RESTRequest(.openThread(try forum.found(in: made)))
            request.write(
                JSON.Object([
                    ("name", .clipped(name, 100)), ("applied_tags", .array(tags.map { .id($0) })),
                    ("message", .object(message)),
                ]), post.files)
            return request
        case .openRole(let guild, let name, let edits, _):
            var body = edits.body
            body["name"] = .string(name)
            return RESTRequest(.guildRoles(.post, guild), body: .object(body))
        case .openEvent(let guild, let plan, _): return RESTRequest(.events(.post, guild), body: plan.body)
        case .openInvite(let channel, let plan, _):
            return RESTRequest(.invites(.post, try channel.found(in: made)), body: plan.body)
        default: throw Unmade(step: -1)
        }
    }
}

extension ChannelPlan {
    fileprivate func body(parent: ID<Channel>?) -> JSON {
        .fields([
            "name": .clipped(name, 100), "type": .int(Int64(kind.rawValue)), "parent_id": parent.map { .id($0) },
            "topic": topic.isEmpty ? nil : .clipped(topic, 1_024),
            "rate_limit_per_user": slowSeconds == 0 ? nil : .int(Int64(slowSeconds)),
            "permission_overwrites": overwrites.isEmpty ? nil : .array(overwrites.map(\.json)),
        ])
    }
}

extension Overwrite {
    var json: JSON {
        [
            "id": .string(String(target)), "type": isMember ? 1 : 0, "allow": .string(String(allow.rawValue)),
            "deny": .string(String(deny.rawValue)),
        ]
    }
}

extension InvitePlan {
    fileprivate var body: JSON {
        .fields([
            "max_age": .int(Int64(lastsSeconds)), "max_uses": .int(Int64(uses)), "temporary": .bool(isTemporary),
            "unique": true,
            "role_ids": roles.isEmpty ? nil : .array(roles.map { .id($0) }),
        ])
    }
}

extension JSON {
    /// A name that gets an ellipsis where it is too long.
    static func clipped(_ text: String, _ cap: Int) -> JSON { .string(Clipping.clip(text, units: cap)) }
}
