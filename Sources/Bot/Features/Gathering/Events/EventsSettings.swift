internal import Kit
internal import Shared

extension Events {
    static let home = Setting(
        "events.channel", .optional(.channel("channel", "Where events are announced that name no channel")), standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let ladder = Setting(
        "events.reminders", .ladder("times", "How long before it an event is called to mind, such as 24h, 1h, 15m, or none"),
        standard: "1 d, 1 h, 15 min"
    ) { .string($0) }
    static let patience = Setting(
        "events.patience",
        .duration("time", "How late a reminder may still come after the bot was down", 1.minutes...1.days, bare: .minutes),
        standard: 30.minutes
    ) { .string($0.exactly) }
    static let remindsBy = Setting(
        "events.remind_by", .oneOf("way", "Whether those who are going are reminded in the channel or privately", default: nil),
        standard: RemindingWay.channel
    ) { .string($0.rawValue) }
    static let moreAnswers = Setting(
        "events.answers",
        AnswerKind.more("answers", "Answers beside going, maybe and no, each an emoji and words: 🕗 late, 🎧 listening; or none"),
        standard: "none"
    ) { .string($0) }
    static let reactions = Setting(
        "events.reactions", .yesNo("shown", "Whether the bot puts a reaction for each answer under the event"), standard: false
    ) { .bool($0) }
    static let length = Setting(
        "events.length", .duration("time", "How long an event takes that names no end", 5.minutes...7.days, bare: .minutes),
        standard: 1.hours
    ) { .string($0.exactly) }
    static let space = Setting(
        "events.space", .oneOf("kind", "What is opened for each event: none, a thread or a channel", default: nil),
        standard: SpaceKind.none
    ) { .string($0.rawValue) }
    static let spaceName = Setting(
        "events.space_name", .template("name", "What that thread or channel is called", places: spacePlaces, longest: 90),
        standard: standardSpaceName
    ) { .string($0.text) }
    static let access = Setting(
        "events.space_access", .oneOf("access", "Who may use it: open, readers (only staff writes) or staff", default: nil),
        standard: SpaceAccess.open
    ) { .string($0.rawValue) }
    static let staff = Setting(
        "events.staff", .optional(.role("role", "Whose holders are staff in a channel for readers or staff")), standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let afterwards = Setting(
        "events.space_after", .oneOf("what", "What becomes of it after the event: keep, close or delete", default: nil),
        standard: SpaceEnding.close
    ) { .string($0.rawValue) }
    static let native = Setting(
        "events.native", .yesNo("kept", "Whether each event is in Discord's own list of events too"), standard: false
    ) { .bool($0) }
    static let presence = Setting(
        "events.attendance",
        .duration(
            "time", "How long somebody is in the event's voice channel to have attended", 1.minutes...1.days, bare: .minutes),
        standard: 10.minutes
    ) { .string($0.exactly) }

    static let retention = Setting(
        "events.keep",
        .duration("time", "How long it is kept who answered and attended what", 30.days...3650.days, bare: .days),
        standard: 400.days
    ) { .string($0.exactly) }

    static let settings: [AnySetting] = [
        home.erased, ladder.erased, patience.erased, remindsBy.erased, moreAnswers.erased, reactions.erased, length.erased,
        space.erased, spaceName.erased, access.erased, staff.erased, afterwards.erased, native.erased, presence.erased,
        retention.erased,
    ]

    static let spacePlaces: [Template.Place] = [
        .init("title", "The event's title"), .init("date", "The day"), .init("time", "The time of day"),
        .init("number", "The event's number"),
    ]

    /// Written here, so it can be read.
    private static let standardSpaceName =
        (try? Template("{title} {date}", places: spacePlaces, field: "name")) ?? .empty
}

enum SpaceEnding: String, CaseIterable, Sendable { case keep, close, delete }
enum RemindingWay: String, CaseIterable, Sendable { case channel, privately }
