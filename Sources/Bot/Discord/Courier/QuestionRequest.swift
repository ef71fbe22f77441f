import Calls
import Kit
import Shared

extension Question {
    var request: RESTRequest {
        var request = RESTRequest(route)
        request.query = query
        return request
    }

    private var route: Route {
        switch self {
        case .message(let channel, let message): .message(channel, message)
        case .messages(let channel, _, _): .messages(channel)
        case .pins(let channel): .pins(channel)
        case .reactions(let channel, let message, let emoji, _): .reactions(.get, channel, message, emoji)
        case .member(let guild, let member): .member(.get, guild, member)
        case .members(let guild, _): .members(guild)
        case .bans(let guild, _): .bans(guild)
        case .auditLog(let guild, _, _, _): .auditLog(guild)
        case .invites(let guild): .guildInvites(guild)
        case .events(let guild): .events(.get, guild)
        }
    }

    private var query: [String: String] {
        switch self {
        case .message, .member, .invites: return [:]
        case .pins: return ["limit": "50"]
        case .events: return ["with_user_count": "true"]
        case .members(_, let after), .bans(_, let after):
            return Self.filled(["limit": "1000", "after": after?.description])
        case .reactions(_, _, _, let after): return Self.filled(["limit": "100", "after": after?.description])
        case .auditLog(_, let action, let actor, let before):
            return Self.filled([
                "limit": "100", "action_type": action.map { String($0) }, "user_id": actor?.description,
                "before": before.map { String($0) },
            ])
        case .messages(_, let span, let limit):
            var query = ["limit": String(min(max(limit, 1), 100))]
            switch span {
            case .newest: break
            case .before(let message): query["before"] = message.description
            case .after(let message): query["after"] = message.description
            case .around(let message): query["around"] = message.description
            }
            return query
        }
    }

    private static func filled(_ query: [String: String?]) -> [String: String] { query.compactMapValues { $0 } }
}
