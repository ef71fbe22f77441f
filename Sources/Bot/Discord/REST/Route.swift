package import Calls
package import Kit
package import Shared

/// Which call it is, as rate limits see it: the template that Discord documents, and the one id of it that has a limit of
/// its own.
package struct Route: Hashable, Sendable {
    package let method: Method
    package let template: String
    /// With all ids in their places; what came from elsewhere is percent-encoded.
    package let path: String
    package let major: String

    /// `template` holds one `{}` for each value. A channel, guild or webhook right at the start is what limits are kept by.
    init(_ method: Method, _ template: String, _ values: String...) {
        self.method = method
        self.template = template
        let pieces = template.split(separator: "{}", omittingEmptySubsequences: false)
        var path = ""
        for (index, piece) in pieces.enumerated() {
            path += piece
            if index < pieces.count - 1 { path += PercentCoding.encode(index < values.count ? values[index] : "") }
        }
        self.path = path
        switch template.split(separator: "/").first {
        case "channels", "guilds": major = values.first ?? ""
        case "webhooks", "interactions": major = values.prefix(2).joined(separator: "/")
        default: major = ""
        }
    }
}

/// How a request may be repeated when nobody knows whether it arrived.
package enum Repeating: Hashable, Sendable {
    /// Twice is once.
    case freely
    /// Once, as long as Discord remembers the nonce.
    case byNonce
    /// Only after looking whether it is there already.
    case afterLooking
}

/// One call of Discord's REST interface, as a value.
package struct RESTRequest: Hashable, Sendable {
    package var route: Route
    package var query: [String: String] = [:]
    package var body: JSON?
    package var files: [Attachment] = []
    /// What the server's audit log shows.
    package var reason: String?
    package var repeating = Repeating.freely
    /// Interactions answer with a token of their own and do not count against the global limit.
    package var isInteraction = false

    /// A channel's name and topic have a limit of their own.
    var isRenaming: Bool {
        route.method == .patch && route.template == "/channels/{}" && (body?["name"] != nil || body?["topic"] != nil)
    }

    package init(_ route: Route, body: JSON? = nil, reason: String? = nil, repeating: Repeating = .freely) {
        self.route = route
        self.body = body
        self.reason = reason
        self.repeating = repeating
    }
}
