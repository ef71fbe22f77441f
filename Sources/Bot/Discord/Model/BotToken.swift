import Shared

/// What the bot's token tells without being told on: Discord writes the bot's own id into its first part.
enum BotToken {
    static func owner(_ token: Secret) -> ID<Member>? {
        let first = bare(token).prefix { $0 != "." }
        return Base64.decode(first).flatMap { ID<Member>(String(decoding: $0, as: UTF8.self)) }
    }

    /// A "Bot " in front, as people copy it, is dropped.
    static func bare(_ token: Secret) -> String {
        let text = token.revealed()
        return text.hasPrefix("Bot ") ? String(text.dropFirst(4)) : text
    }
}
