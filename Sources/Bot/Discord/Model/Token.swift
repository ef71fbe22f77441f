package import Shared

/// The bot's token. It prints as a word that says nothing; only a request may ask for the secret itself.
package struct Token: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let secret: String

    /// A "Bot " in front, as people copy it, is dropped.
    package init(_ secret: String) {
        self.secret = secret.hasPrefix("Bot ") ? String(secret.dropFirst(4)) : secret
    }

    package var description: String { "(token)" }
    package var debugDescription: String { "(token)" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The bot's own id, which Discord writes into the first part of its tokens.
    package var owner: ID<Member>? {
        secret.split(separator: ".").first.flatMap { Base64.decode($0) }.flatMap {
            ID<Member>(String(decoding: $0, as: UTF8.self))
        }
    }
}
