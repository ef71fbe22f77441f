package import Calls
import Kit
package import Shared

/// Every call that we make.
extension Route {
    static let gatewayBot = Route(.get, "/gateway/bot")
    static let gateway = Route(.get, "/gateway")
    static let ownApplication = Route(.get, "/applications/@me")
    static let ownUser = Route(.get, "/users/@me")
    static let openDirect = Route(.post, "/users/@me/channels")

    package static func callback(_ interaction: ID<Interaction>, _ token: String) -> Route {
        Route(.post, "/interactions/{}/{}/callback", "\(interaction)", token)
    }
    static func original(_ application: ID<Application>, _ token: String) -> Route {
        Route(.patch, "/webhooks/{}/{}/messages/@original", "\(application)", token)
    }
    package static func commands(_ method: Method, _ application: ID<Application>, guild: ID<Guild>?) -> Route {
        guard let guild else { return Route(method, "/applications/{}/commands", "\(application)") }
        return Route(method, "/applications/{}/guilds/{}/commands", "\(application)", "\(guild)")
    }
}

// MARK: - In a channel

extension Route {
    static func channel(_ method: Method, _ channel: ID<Channel>) -> Route { Route(method, "/channels/{}", "\(channel)") }
    package static func post(_ channel: ID<Channel>) -> Route { Route(.post, "/channels/{}/messages", "\(channel)") }
    package static func messages(_ channel: ID<Channel>) -> Route { Route(.get, "/channels/{}/messages", "\(channel)") }
    static func message(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.get, "/channels/{}/messages/{}", "\(channel)", "\(message)")
    }
    static func edit(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.patch, "/channels/{}/messages/{}", "\(channel)", "\(message)")
    }
    static func delete(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.delete, "/channels/{}/messages/{}", "\(channel)", "\(message)")
    }
    static func bulkDelete(_ channel: ID<Channel>) -> Route { Route(.post, "/channels/{}/messages/bulk-delete", "\(channel)") }
    static func pins(_ channel: ID<Channel>) -> Route { Route(.get, "/channels/{}/messages/pins", "\(channel)") }
    static func pin(_ method: Method, _ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(method, "/channels/{}/messages/pins/{}", "\(channel)", "\(message)")
    }
    static func react(_ method: Method, _ channel: ID<Channel>, _ message: ID<Message>, _ emoji: String) -> Route {
        Route(method, "/channels/{}/messages/{}/reactions/{}/@me", "\(channel)", "\(message)", emoji)
    }
    static func reaction(_ channel: ID<Channel>, _ message: ID<Message>, _ emoji: String, of member: ID<Member>) -> Route {
        Route(.delete, "/channels/{}/messages/{}/reactions/{}/{}", "\(channel)", "\(message)", emoji, "\(member)")
    }
    static func reactions(_ method: Method, _ channel: ID<Channel>, _ message: ID<Message>, _ emoji: String?) -> Route {
        guard let emoji else { return Route(method, "/channels/{}/messages/{}/reactions", "\(channel)", "\(message)") }
        return Route(method, "/channels/{}/messages/{}/reactions/{}", "\(channel)", "\(message)", emoji)
    }
    static func overwrite(_ method: Method, _ channel: ID<Channel>, _ target: Int64) -> Route {
        Route(method, "/channels/{}/permissions/{}", "\(channel)", "\(target)")
    }
    static func openThread(_ channel: ID<Channel>) -> Route { Route(.post, "/channels/{}/threads", "\(channel)") }
    static func openThread(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.post, "/channels/{}/messages/{}/threads", "\(channel)", "\(message)")
    }
    static func threadMember(_ method: Method, _ thread: ID<Channel>, _ member: ID<Member>) -> Route {
        Route(method, "/channels/{}/thread-members/{}", "\(thread)", "\(member)")
    }
    static func invites(_ method: Method, _ channel: ID<Channel>) -> Route {
        Route(method, "/channels/{}/invites", "\(channel)")
    }
}

// MARK: - In a guild

extension Route {
    static func channels(_ method: Method, _ guild: ID<Guild>) -> Route { Route(method, "/guilds/{}/channels", "\(guild)") }
    static func activeThreads(_ guild: ID<Guild>) -> Route { Route(.get, "/guilds/{}/threads/active", "\(guild)") }
    static func members(_ guild: ID<Guild>) -> Route { Route(.get, "/guilds/{}/members", "\(guild)") }
    static func member(_ method: Method, _ guild: ID<Guild>, _ member: ID<Member>) -> Route {
        Route(method, "/guilds/{}/members/{}", "\(guild)", "\(member)")
    }
    static func role(_ method: Method, _ guild: ID<Guild>, _ member: ID<Member>, _ role: ID<Role>) -> Route {
        Route(method, "/guilds/{}/members/{}/roles/{}", "\(guild)", "\(member)", "\(role)")
    }
    static func guildRoles(_ method: Method, _ guild: ID<Guild>) -> Route { Route(method, "/guilds/{}/roles", "\(guild)") }
    static func guildRole(_ method: Method, _ guild: ID<Guild>, _ role: ID<Role>) -> Route {
        Route(method, "/guilds/{}/roles/{}", "\(guild)", "\(role)")
    }
    static func bans(_ guild: ID<Guild>) -> Route { Route(.get, "/guilds/{}/bans", "\(guild)") }
    static func ban(_ method: Method, _ guild: ID<Guild>, _ member: ID<Member>) -> Route {
        Route(method, "/guilds/{}/bans/{}", "\(guild)", "\(member)")
    }
    static func auditLog(_ guild: ID<Guild>) -> Route { Route(.get, "/guilds/{}/audit-logs", "\(guild)") }
    static func guildInvites(_ guild: ID<Guild>) -> Route { Route(.get, "/guilds/{}/invites", "\(guild)") }
    static func events(_ method: Method, _ guild: ID<Guild>) -> Route {
        Route(method, "/guilds/{}/scheduled-events", "\(guild)")
    }
    static func event(_ method: Method, _ guild: ID<Guild>, _ event: ID<ScheduledEvent>) -> Route {
        Route(method, "/guilds/{}/scheduled-events/{}", "\(guild)", "\(event)")
    }
}
