package import Kit
package import Shared

/// One message of the gateway, as far as it concerns us.
package enum GatewayFrame: Sendable {
    case hello(milliseconds: Int)
    case heartbeatAsked
    case acknowledged
    case reconnectAsked
    case invalidSession(resumable: Bool)
    case ready(sequence: Int64, Ready)
    case resumed(sequence: Int64)
    /// A numbered frame; nil when nobody hears it or when it says nothing that we can use.
    case dispatch(sequence: Int64, Event?)
    case unknown
}

/// The beginning of a new session.
package struct Ready: Sendable {
    package var session = ""
    package var resumeURL = ""
    package var bot: ID<Member>?
    package var botName = ""
    package var application: ID<Application>?
    /// The application's flags, which tell the privileged intents that are switched on.
    package var applicationFlags = 0
    package var guilds: [ID<Guild>] = []
    package init() {}
}
