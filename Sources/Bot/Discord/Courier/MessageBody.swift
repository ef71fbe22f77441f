package import Kit
package import Shared

/// A card as the body of a Discord message, within every limit: what is too long is shortened, never refused.
package enum MessageBody {
    /// Shown where Discord wants something and there is nothing to show.
    static let blank = "\u{200B}"
    private static let contentCap = 2_000
    private static let embedCap = 6_000
    private static let fieldCap = 25

    /// For a new message: only what it has.
    package static func new(_ card: Card, mentions: Mentions, files: [Attachment] = []) -> JSON.Object {
        var body = drawn(card, mentions, files)
        for part in ["embeds", "components", "attachments"] where body[part]?.array?.isEmpty == true { body[part] = nil }
        if body["content"] == "" { body["content"] = body["embeds"] == nil && files.isEmpty ? .string(blank) : nil }
        return body
    }

    /// For a message that is patched: all of it, so that nothing of the old one stays.
    package static func patch(_ card: Card, mentions: Mentions, files: [Attachment] = []) -> JSON.Object {
        var body = drawn(card, mentions, files)
        if body["content"] == "", body["embeds"]?.array?.isEmpty == true, files.isEmpty { body["content"] = .string(blank) }
        return body
    }

    private static func drawn(_ card: Card, _ mentions: Mentions, _ files: [Attachment]) -> JSON.Object {
        let picture = picture(card, files)
        let framed = isFramed(card) || picture != nil
        let content = framed ? "" : DiscordText.draw(card.text, cap: contentCap)
        return JSON.Object([
            ("content", .string(isBlank(content) ? "" : content)),
            ("embeds", framed ? [embed(card, picture)] : []),
            ("components", .array(ComponentRows.draw(card))),
            ("allowed_mentions", allowed(mentions)), ("attachments", .array(attachments(files))),
        ])
    }

    /// The parts of the request that the files are in, by number.
    private static func attachments(_ files: [Attachment]) -> [JSON] {
        files.enumerated().map { index, file in
            .fields([
                "id": .string(String(index)), "filename": .string(file.name),
                "description": file.caption.isEmpty ? nil : .clipped(file.caption, 1_024),
            ])
        }
    }

    private static func isFramed(_ card: Card) -> Bool {
        card.title.map { !$0.isEmpty } ?? false || !card.fields.isEmpty || card.footer.map { !$0.isEmpty } ?? false
    }

    /// Nobody is pinged who is not named here.
    package static func allowed(_ mentions: Mentions) -> JSON {
        var parse: [JSON] = []
        if mentions.everyone { parse.append("everyone") }
        return .fields([
            "parse": .array(parse),
            "users": mentions.members.isEmpty ? nil : .array(mentions.members.map { .id($0) }),
            "roles": mentions.roles.isEmpty ? nil : .array(mentions.roles.map { .id($0) }),
            "replied_user": false,
        ])
    }

    // MARK: - Embeds

    /// All texts of an embed share one allowance; the description gives way first.
    private static func embed(_ card: Card, _ picture: String?) -> JSON {
        let title = card.title.map { DiscordText.draw($0, cap: 256) } ?? ""
        let footer = card.footer.map { DiscordText.plain($0, cap: 2_048) } ?? ""
        var room = embedCap - Clipping.count(title) - Clipping.count(footer)
        var fields: [JSON] = []
        for field in card.fields.prefix(fieldCap) {
            let name = shown(DiscordText.draw(field.name, cap: 256))
            let value = shown(DiscordText.draw(field.value, cap: 1_024))
            let size = Clipping.count(name) + Clipping.count(value)
            guard size <= room else { break }
            room -= size
            fields.append(["name": .string(name), "value": .string(value), "inline": .bool(field.isInline)])
        }
        let text = DiscordText.draw(card.text, cap: min(4_096, max(0, room)))
        return .fields([
            "title": isBlank(title) ? nil : .string(title),
            "description": isBlank(text) ? (isBlank(title) && fields.isEmpty ? .string(blank) : nil) : .string(text),
            "color": color(card.tone).map { .int($0) },
            "fields": fields.isEmpty ? nil : .array(fields),
            "footer": isBlank(footer) ? nil : ["text": .string(footer)],
            "image": picture.map { ["url": .string($0)] },
        ])
    }

    /// From somewhere else, or one of the files that go along.
    private static func picture(_ card: Card, _ files: [Attachment]) -> String? {
        guard let address = card.picture, address.utf8.count <= 2_048 else { return nil }
        if address.hasPrefix("https://") { return address }
        return files.contains { address == "attachment://" + $0.name } ? address : nil
    }

    private static func color(_ tone: Card.Tone) -> Int64? {
        switch tone {
        case .plain: nil
        case .good: 0x3BA55D
        case .warning: 0xFAA61A
        case .refused: 0xED4245
        }
    }

    private static func shown(_ text: String) -> String { isBlank(text) ? blank : text }

    /// Discord trims what it gets and then wants to find something.
    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
