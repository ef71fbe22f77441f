internal import Kit
internal import Shared

extension Topics {
    static let listen = Setting(
        "topics.listen", .yesNo("yes", "Whether the words of a channel are counted, to say what is trending there"),
        standard: false, reach: .channel
    ) { .bool($0) }
    static let sample = Setting(
        "topics.sample", .whole("percent", "How many of a hundred messages are looked at", 1...100), standard: 50,
        reach: .channel
    ) { .int(Int64($0)) }
    static let voices = Setting(
        "topics.voices", .whole("people", "How many people must have used a word before it is told", 2...30), standard: 3
    ) { .int(Int64($0)) }
    static let keep = Setting(
        "topics.keep", .duration("time", "How long counted words are kept", 7.days...365.days, bare: .days), standard: 35.days
    ) { .string($0.exactly) }

    static let again = Setting(
        "topics.again", .duration("time", "How long a conversation starter is not used again", 1.hours...365.days, bare: .days),
        standard: 30.days
    ) { .string($0.exactly) }
    static let quiet = Setting(
        "topics.quiet", .quietHours("hours", "When no scheduled topic comes, such as 22:00-08:00, or none"), standard: "none"
    ) { .string($0) }
    static let patience = Setting(
        "topics.patience",
        .duration(
            "time", "How late a scheduled topic may still come after the bot was down", 1.minutes...1.days, bare: .minutes),
        standard: 30.minutes
    ) { .string($0.exactly) }

    static let phrasing = Setting(
        "topics.phrasing",
        .yesNo("yes", "Whether the language model that the house is connected with, if any, phrases topics here"),
        standard: true
    ) { .bool($0) }
    static let requests = Setting(
        "topics.requests", .whole("count", "How often a day the language model is asked for this server", 0...1000),
        standard: 24
    ) { .int(Int64($0)) }
    static let tokens = Setting(
        "topics.tokens", .whole("count", "How many tokens a day asking may take for this server", 0...10_000_000),
        standard: 20_000
    ) { .int(Int64($0)) }
    static let language = Setting(
        "topics.language",
        .text("language", "What the language model writes, such as English or pt-BR; server for the server's own", longest: 40),
        standard: "server"
    ) { .string($0) }
    static let forbidden = Setting(
        "topics.forbidden",
        .text(
            "words", "Words, parted by spaces, that are never told as trending nor taken from the language model", longest: 1500
        ),
        standard: ""
    ) { .string($0) }

    static let settings: [AnySetting] = [
        listen.erased, sample.erased, voices.erased, keep.erased, again.erased, quiet.erased, patience.erased, phrasing.erased,
        requests.erased, tokens.erased, language.erased, forbidden.erased,
    ]

    static func forbiddenWords(_ turn: Turn) -> [String] {
        turn[forbidden].lowercased().split { $0.isWhitespace || $0 == "," }.map(String.init)
    }
}
