import Kit
package import Shared

/// Every call that we make.
extension Route {
    static let gatewayBot = Route(.get, "/gateway/bot")
    static let gateway = Route(.get, "/gateway")
    static let ownApplication = Route(.get, "/applications/@me")
    static let ownUser = Route(.get, "/users/@me")
    static let openDirect = Route(.post, "/users/@me/channels")

    package static func post(_ channel: ID<Channel>) -> Route { Route(.post, "/channels/{}/messages", "\(channel)") }
    package static func messages(_ channel: ID<Channel>) -> Route { Route(.get, "/channels/{}/messages", "\(channel)") }
    static func edit(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.patch, "/channels/{}/messages/{}", "\(channel)", "\(message)")
    }
    static func delete(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.delete, "/channels/{}/messages/{}", "\(channel)", "\(message)")
    }
    static func pin(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.put, "/channels/{}/messages/pins/{}", "\(channel)", "\(message)")
    }
    static func react(_ method: Method, _ channel: ID<Channel>, _ message: ID<Message>, _ emoji: String) -> Route {
        Route(method, "/channels/{}/messages/{}/reactions/{}/@me", "\(channel)", "\(message)", emoji)
    }
    static func role(_ method: Method, _ guild: ID<Guild>, _ member: ID<Member>, _ role: ID<Role>) -> Route {
        Route(method, "/guilds/{}/members/{}/roles/{}", "\(guild)", "\(member)", "\(role)")
    }
    static func member(_ method: Method, _ guild: ID<Guild>, _ member: ID<Member>) -> Route {
        Route(method, "/guilds/{}/members/{}", "\(guild)", "\(member)")
    }
    static func ban(_ method: Method, _ guild: ID<Guild>, _ member: ID<Member>) -> Route {
        Route(method, "/guilds/{}/bans/{}", "\(guild)", "\(member)")
    }
    static func channels(_ method: Method, _ guild: ID<Guild>) -> Route { Route(method, "/guilds/{}/channels", "\(guild)") }
    static func channel(_ channel: ID<Channel>) -> Route { Route(.get, "/channels/{}", "\(channel)") }
    static func openThread(_ channel: ID<Channel>) -> Route { Route(.post, "/channels/{}/threads", "\(channel)") }
    static func openThread(_ channel: ID<Channel>, _ message: ID<Message>) -> Route {
        Route(.post, "/channels/{}/messages/{}/threads", "\(channel)", "\(message)")
    }
    static func activeThreads(_ guild: ID<Guild>) -> Route { Route(.get, "/guilds/{}/threads/active", "\(guild)") }

    package static func callback(_ interaction: ID<Interaction>, _ token: String) -> Route {
        Route(.post, "/interactions/{}/{}/callback", "\(interaction)", token)
    }
    static func original(_ application: ID<Application>, _ token: String) -> Route {
        Route(.patch, "/webhooks/{}/{}/messages/@original", "\(application)", token)
    }

    static func commands(_ method: Method, _ application: ID<Application>, guild: ID<Guild>?) -> Route {
        guard let guild else { return Route(method, "/applications/{}/commands", "\(application)") }
        return Route(method, "/applications/{}/guilds/{}/commands", "\(application)", "\(guild)")
    }
}
