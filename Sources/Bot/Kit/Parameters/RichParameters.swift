package import Shared

/// A message that a link points at.
package struct MessageLink: Hashable, Sendable {
    package var guild: ID<Guild>?
    package var channel: ID<Channel>
    package var message: ID<Message>
}

/// An emoji that Discord can show: Unicode, or a server's own.
package enum EmojiName: Hashable, Sendable {
    case unicode(String)
    case custom(ID<Emoji>, name: String, isAnimated: Bool)
}

/// 0xRRGGBB.
package struct Colour: Hashable, Sendable {
    package var rgb: Int
    package init(rgb: Int) { self.rgb = rgb }
    package var hex: String { "#" + padded6(String(rgb, radix: 16)) }
    private func padded6(_ digits: String) -> String { String(repeating: "0", count: max(0, 6 - digits.count)) + digits }
}

/// A file that came with a command.
package struct FileGiven: Hashable, Sendable {
    package var name: String
    package var size: Int64
    package var url: String
}

extension Parameter where Value == MessageLink {
    /// A link to a message, as Discord's "Copy Message Link" writes it.
    package static func message(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .message)) { raw, context throws(Refusal) in
            let path = (raw.words ?? "").split(separator: "/").suffix(3).map(String.init)
            guard raw.words?.contains("/channels/") == true, path.count == 3, let channel = ID<Channel>(path[1]),
                let message = ID<Message>(path[2]), path[0] == "@me" || ID<Guild>(path[0]) != nil
            else {
                throw .invalid(
                    "\(name) is a link to a message, not \(raw.quoted).", hint: "Use \"Copy Message Link\" in Discord.")
            }
            let guild = ID<Guild>(path[0])
            if let here = context.guild, let guild, guild != here {
                throw .invalid("\(raw.quoted) is a message of another server.")
            }
            return MessageLink(guild: guild, channel: channel, message: message)
        }
    }
}

extension Parameter where Value == EmojiName {
    package static func emoji(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .emoji)) { raw, _ throws(Refusal) in
            let words = raw.words ?? ""
            if words.hasPrefix("<"), words.hasSuffix(">") {
                let parts = words.dropFirst().dropLast().split(separator: ":", omittingEmptySubsequences: false)
                if parts.count == 3, parts[0].isEmpty || parts[0] == "a", !parts[1].isEmpty, let id = ID<Emoji>(parts[2]) {
                    return .custom(id, name: String(parts[1]), isAnimated: parts[0] == "a")
                }
            }
            guard words.count == 1, let first = words.unicodeScalars.first,
                first.properties.isEmojiPresentation || words.unicodeScalars.contains("\u{FE0F}")
                    || (first.properties.isEmoji && first.value > 0x7F)
            else { throw .invalid("\(name) is one emoji, not \(raw.quoted).") }
            return .unicode(words)
        }
    }
}

extension Parameter where Value == Colour {
    package static func colour(_ name: String, _ summary: String) -> Parameter {
        let known = [
            "red": 0xED4245, "orange": 0xE67E22, "yellow": 0xFEE75C, "green": 0x57F287, "blue": 0x3498DB, "blurple": 0x5865F2,
            "purple": 0x9B59B6, "pink": 0xEB459E, "white": 0xFFFFFF, "black": 0x000000, "grey": 0x95A5A6, "gold": 0xF1C40F,
        ]
        return Parameter(Outline(name, summary, .colour)) { raw, _ throws(Refusal) in
            let words = (raw.words ?? "").lowercased()
            if let rgb = known[words] { return Colour(rgb: rgb) }
            var digits = Substring(words)
            for mark in ["#", "0x"] where digits.hasPrefix(mark) { digits = digits.dropFirst(mark.count) }
            if digits.count == 3 { digits = Substring(digits.map { "\($0)\($0)" }.joined()) }
            guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit), let rgb = Int(digits, radix: 16) else {
                throw .invalid("\(name) is a colour, not \(raw.quoted).", hint: "Write #ff8800 or a name such as \"gold\".")
            }
            return Colour(rgb: rgb)
        }
    }
}

extension Parameter where Value == FileGiven {
    package static func file(_ name: String, _ summary: String, largest: Int64 = 10 << 20) -> Parameter {
        Parameter(Outline(name, summary, .file)) { raw, context throws(Refusal) in
            guard let words = raw.words, let file = context.resolved["attachments"]?[words],
                let title = file["filename"]?.text, let size = file["size"]?.int, let url = file["url"]?.text
            else { throw .invalid("\(name) is a file that comes with the command, not \(raw.quoted).") }
            guard size <= largest else { throw .invalid("\(title) is \(size) bytes; \(largest) fit.") }
            return FileGiven(name: title, size: size, url: url)
        }
    }
}
