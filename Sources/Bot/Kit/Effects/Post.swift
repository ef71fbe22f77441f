package import Shared

/// A message to be written: a card, who it may ping, and what goes along with it.
package struct Post: Hashable, Sendable, Codable {
    /// What becomes of a message of which nobody can tell any more whether it arrived.
    package enum Unclear: String, Hashable, Sendable, Codable {
        /// It stays as it is, and an admin decides.
        case leave
        /// A second copy does less harm than none.
        case sendAgain
    }

    package var card: Card
    /// Who may be pinged. Nobody, unless somebody is named here.
    package var mentions: Mentions
    package var replyTo: ID<Message>?
    package var files: [Attachment]
    package var whenUnclear: Unclear

    package init(
        _ card: Card, mentions: Mentions = .nobody, replyTo: ID<Message>? = nil, files: [Attachment] = [],
        whenUnclear: Unclear = .leave
    ) {
        self.card = card
        self.mentions = mentions
        self.replyTo = replyTo
        self.files = files
        self.whenUnclear = whenUnclear
    }

    /// Rows of older versions say less.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        card = try fields.decode(Card.self, forKey: .card)
        mentions = try fields.decode(Mentions.self, forKey: .mentions)
        replyTo = try fields.decodeIfPresent(ID<Message>.self, forKey: .replyTo)
        files = try fields.decodeIfPresent([Attachment].self, forKey: .files) ?? []
        whenUnclear = try fields.decodeIfPresent(Unclear.self, forKey: .whenUnclear) ?? .leave
    }
}

package struct Mentions: Hashable, Sendable, Codable {
    package var members: [ID<Member>]
    package var roles: [ID<Role>]
    package var everyone: Bool

    package init(members: [ID<Member>] = [], roles: [ID<Role>] = [], everyone: Bool = false) {
        self.members = members
        self.roles = roles
        self.everyone = everyone
    }

    package static let nobody = Mentions()
}

/// A file that goes along with a message. A card shows a picture among them as `attachment://name`.
package struct Attachment: Hashable, Sendable, Codable {
    package var name: String
    /// Such as "image/png".
    package var type: String
    package var bytes: [UInt8]
    /// What it shows, for those who do not see it.
    package var caption: String
    /// What its bytes are painted from when it is sent; it is left out when that cannot be done.
    package var drawing: Drawing?

    package init(name: String, type: String, bytes: [UInt8], caption: String = "") {
        self.name = name
        self.type = type
        self.bytes = bytes
        self.caption = caption
    }

    package init(_ drawing: Drawing, name: String, caption: String) {
        self.init(name: name, type: "image/png", bytes: [], caption: caption)
        self.drawing = drawing
    }

    private enum Field: String, CodingKey { case name, type, base64, caption, drawing }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        name = try fields.decode(String.self, forKey: .name)
        type = try fields.decode(String.self, forKey: .type)
        caption = try fields.decode(String.self, forKey: .caption)
        guard let read = Base64.decode(try fields.decode(String.self, forKey: .base64)) else {
            throw DecodingError.dataCorruptedError(forKey: .base64, in: fields, debugDescription: "not Base64")
        }
        bytes = read
        drawing = try fields.decodeIfPresent(Drawing.self, forKey: .drawing)
    }

    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(type, forKey: .type)
        try fields.encode(caption, forKey: .caption)
        try fields.encode(Base64.encode(bytes), forKey: .base64)
        try fields.encodeIfPresent(drawing, forKey: .drawing)
    }
}

extension Card {
    /// The same with one of the files that go along in it.
    package func showing(_ file: Attachment) -> Card {
        var copy = self
        copy.picture = "attachment://" + file.name
        return copy
    }
}
