package import Shared

/// What the bot's token tells without being told on: Discord writes the bot's own id into its first part.
package enum BotToken {
    package static func owner(_ token: Secret) -> ID<Member>? {
        let first = bare(token).prefix { $0 != "." }
        return Base64.decode(first).flatMap { ID<Member>(String(decoding: $0, as: UTF8.self)) }
    }

    /// A "Bot " in front, as people copy it, is dropped.
    package static func bare(_ token: Secret) -> String {
        let text = token.revealed()
        return text.hasPrefix("Bot ") ? String(text.dropFirst(4)) : text
    }

    /// Why this cannot be a bot's token, and what it rather looks like; nil when it has the form of one.
    package static func fault(_ token: Secret) -> String? {
        let text = bare(token)
        guard !text.isEmpty else { return "There is nothing in it." }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return "A token is one word of plain letters, digits, dots and dashes."
        }
        if text.utf8.allSatisfy({ (48...57).contains($0) }) { return "That is an id: the application's, perhaps." }
        if text.count == 64, text.allSatisfy(\.isHexDigit) { return "That is the application's public key." }
        if text.count == 32, !text.contains(".") { return "That is the client secret, of the page OAuth2." }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
            return "A bot's token has three parts with dots between them; this has \(parts.count)."
        }
        return owner(token) == nil ? "Its first part names no bot: something of it is missing." : nil
    }
}
