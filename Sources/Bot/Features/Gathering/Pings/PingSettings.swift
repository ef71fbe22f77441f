internal import Kit
internal import Shared

extension Pings {
    static let cooldown = Setting(
        "pings.cooldown",
        .duration("time", "How long nobody is mentioned again by any ping", .zero...30.days, bare: .hours), standard: 6.hours
    ) { .string($0.exactly) }
    static let patience = Setting(
        "pings.patience",
        .duration("time", "How late a ping may still come after the bot was down", 1.minutes...1.days, bare: .minutes),
        standard: 30.minutes
    ) { .string($0.exactly) }
    static let quiet = Setting(
        "pings.quiet", .quietHours("hours", "When no ping comes, such as 22:00-08:00, or none"), standard: "none"
    ) { .string($0) }
    static let text = Setting(
        "pings.text", .template("text", "What a ping says that has no text of its own", places: places, longest: longest),
        standard: standardText
    ) { .string($0.text) }

    static let settings: [AnySetting] = [cooldown.erased, patience.erased, quiet.erased, text.erased]

    static let longest = 1400
    static let places: [Template.Place] = [
        .init("members", "Those who are mentioned"), .init("count", "How many they are"),
        .init("period", "The days that count"), .init("channel", "The channel"), .init("server", "The server's name"),
        .init("next", "When the next ping comes"),
    ]

    /// Written here, so it can be read.
    private static let standardText =
        (try? Template("{members} You are the most active {period}. What are you up to?", places: places, field: "text"))
        ?? .empty
}
