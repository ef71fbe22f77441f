/// What a gateway's close code asks of us, and, where it ends the matter, what an admin has to do.
enum CloseCode {
    enum Consequence: Equatable {
        case resume
        /// Resume, but slower: we were sending too fast.
        case resumeLater
        case identify(String)
        /// A privileged intent is switched off.
        case fewerIntents
        case give(up: String)
    }

    /// Codes that say that something we sent was wrong: whoever reads the log shall see a bug of ours.
    static func isOurDoing(_ code: Int?) -> Bool {
        switch code {
        case 4001, 4002, 4003, 4005, 4007, 4008: true
        default: false
        }
    }

    static func consequence(of code: Int?) -> Consequence {
        switch code {
        case 4003, 4005, 4006, 4007, 4009: .identify("Discord ended the session (\(code ?? 0))")
        case 1000, 1001: .identify("Discord closed the session (\(code ?? 0))")
        case 4004: .give(up: "Discord refuses the bot's token: set a valid one and start again.")
        case 4008: .resumeLater
        case 4010: .give(up: "Discord refuses the shard number: check the configured number of shards.")
        case 4011: .give(up: "The bot is in too many servers for this number of shards: raise it, or leave it to Discord.")
        case 4012: .give(up: "Discord no longer speaks this version of its gateway: a newer release of the bot is needed.")
        case 4013: .give(up: "Discord does not know an intent that was asked for: check the configured intents.")
        case 4014: .fewerIntents
        default: .resume
        }
    }
}
