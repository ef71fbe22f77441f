package import Shared

/// Something a person did with the bot, and how the bot answered.
package struct InteractionRecord: Sendable {
    package enum Kind: Int64, Sendable { case command = 2, component = 3, autocomplete = 4, modal = 5 }

    package let id: ID<Interaction>
    package let token: String
    package let kind: Kind
    package let user: ID<Member>
    package let channel: ID<Channel>
    package let guild: ID<Guild>?
    package let created: Instant
    /// The message whose component was used; a modal inherits it from the component that opened it.
    package var source: Said?
    /// The callback type of the first answer.
    package var answer: Int64?
    package var answeredAt: Instant?
    package var original: Said?
    package var followUps: [Said] = []
    package var choices: [JSON] = []
    package var form: JSON?
    /// Three seconds went by: the person saw "did not respond".
    package var hasFailed = false
}
