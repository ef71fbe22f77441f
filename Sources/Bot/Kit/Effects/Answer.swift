package import Shared

/// What an interaction is answered with.
package struct Answer: Hashable, Sendable, Codable {
    package var interaction: ID<Interaction>
    package var token: String
    package var application: ID<Application>
    package var card: Card
    package var mentions: Mentions
    package var isEphemeral: Bool
    /// Patches the message whose button was pressed instead of writing a new one.
    package var replaces: Bool
    /// The interaction has been acknowledged, so that only patching is left.
    package var isAcknowledged: Bool
    package var files: [Attachment]

    package init(
        interaction: ID<Interaction>, token: String, application: ID<Application>, card: Card, mentions: Mentions = .nobody,
        isEphemeral: Bool, replaces: Bool = false, isAcknowledged: Bool = false, files: [Attachment] = []
    ) {
        self.interaction = interaction
        self.token = token
        self.application = application
        self.card = card
        self.mentions = mentions
        self.isEphemeral = isEphemeral
        self.replaces = replaces
        self.isAcknowledged = isAcknowledged
        self.files = files
    }

    /// Rows of older versions say less.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        interaction = try fields.decode(ID<Interaction>.self, forKey: .interaction)
        token = try fields.decode(String.self, forKey: .token)
        application = try fields.decode(ID<Application>.self, forKey: .application)
        card = try fields.decode(Card.self, forKey: .card)
        mentions = try fields.decode(Mentions.self, forKey: .mentions)
        isEphemeral = try fields.decode(Bool.self, forKey: .isEphemeral)
        replaces = try fields.decode(Bool.self, forKey: .replaces)
        isAcknowledged = try fields.decode(Bool.self, forKey: .isAcknowledged)
        files = try fields.decodeIfPresent([Attachment].self, forKey: .files) ?? []
    }
}
