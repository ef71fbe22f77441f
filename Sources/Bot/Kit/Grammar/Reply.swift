package import Shared

/// What a command answers: structured data for programs and a card for people.
package struct Reply: Sendable {
    package enum Kind: Sendable {
        case done
        /// A page of rows; nil when it is the last one.
        case page(next: String?)
        /// The message whose button was pressed is redrawn.
        case replace
        /// Done when the receipt of what was emitted comes.
        case pending
        case file(name: String, bytes: [UInt8])
        /// Something has to be known first.
        case asking(Asking)
    }

    private enum Face: Sendable {
        case drawn(Card)
        case undrawn(@Sendable () -> Card)
    }

    package var kind: Kind
    private var face: Face
    package var data: JSON
    package var mentions: Mentions
    /// The command that takes it back.
    package var undo: Invocation?
    /// Pictures that go along where pictures are shown.
    package var pictures: [Attachment] = []

    package init(_ kind: Kind, _ card: Card, data: JSON, mentions: Mentions = .nobody, undo: Invocation? = nil) {
        self.kind = kind
        face = .drawn(card)
        self.data = data
        self.mentions = mentions
        self.undo = undo
    }

    package static func done(_ card: Card, data: JSON, undo: Invocation? = nil) -> Reply {
        Reply(.done, card, data: data, undo: undo)
    }
    package static func page(_ card: Card, data: JSON, next: String?) -> Reply { Reply(.page(next: next), card, data: data) }
    /// A page that programs ask for often: its card is drawn for who wants to see it.
    package static func page(data: JSON, next: String?, card: @escaping @Sendable () -> Card) -> Reply {
        var reply = Reply(.page(next: next), Card(), data: data)
        reply.face = .undrawn(card)
        return reply
    }
    package static func replace(_ card: Card, data: JSON) -> Reply { Reply(.replace, card, data: data) }

    package var card: Card {
        get {
            switch face {
            case .drawn(let card): card
            case .undrawn(let draw): draw()
            }
        }
        set { face = .drawn(newValue) }
    }

    /// What goes along with it.
    package var files: [Attachment] {
        guard case .file(let name, let bytes) = kind else { return pictures }
        return [Attachment(name: name, type: "application/octet-stream", bytes: bytes)] + pictures
    }

    /// The same with a picture in its card.
    package func with(_ picture: Attachment) -> Reply {
        var copy = self
        copy.card = card.showing(picture)
        copy.pictures.append(picture)
        return copy
    }

    /// Whether it is drawn where the button was that asked for it: a page takes its neighbour's place.
    package func replaces(for door: Door) -> Bool {
        switch kind {
        case .replace: true
        case .page: door == .button
        case .done, .pending, .file, .asking: false
        }
    }
}
