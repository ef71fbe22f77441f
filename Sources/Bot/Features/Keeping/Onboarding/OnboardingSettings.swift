internal import Kit
internal import Shared

extension Onboarding {
    static let rulesChannel = Setting(
        "onboarding.rules_channel", .optional(.channel("channel", "Where the message with the start button stands")),
        standard: nil, variable: "RULES_CHANNEL_ID"
    ) { $0.map { .id($0) } ?? .null }
    static let logChannel = Setting(
        "onboarding.log_channel", .optional(.channel("channel", "Where staff read who has finished, and what they answered")),
        standard: nil, variable: "LOG_CHANNEL_ID"
    ) { $0.map { .id($0) } ?? .null }
    static let role = Setting(
        "onboarding.role", .optional(.role("role", "What everybody is given who has finished")), standard: nil,
        variable: "ROLE_ID"
    ) { $0.map { .id($0) } ?? .null }
    static let asksAgain = Setting(
        "onboarding.ask_again", .yesNo("yes", "Whether a new version of the rules has to be accepted anew"), standard: false
    ) { .bool($0) }

    static let greets = Setting(
        "onboarding.greet", .oneOf("way", "How who joins is greeted: no, channel or privately", default: nil),
        standard: GreetingWay.no
    ) { .string($0.rawValue) }
    static let greetingChannel = Setting(
        "onboarding.greeting_channel", .optional(.channel("channel", "Where who joins is greeted")), standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let greeting = Setting(
        "onboarding.greeting",
        .text("name", "The text, as templates list names it, that greets who joins; standard for mine", longest: 32),
        standard: "standard"
    ) { .string($0) }
    static let lateGreeting = Setting(
        "onboarding.greet_late",
        .duration("time", "How long ago somebody may have joined and still be greeted", 1.minutes...7.days, bare: .hours),
        standard: 24.hours
    ) { .string($0.exactly) }

    static let remindAfter = Setting(
        "onboarding.remind_after",
        .duration("time", "After how long who has not finished is reminded; 0 for never", .zero...60.days, bare: .hours),
        standard: 24.hours
    ) { .string($0.exactly) }
    static let remindTimes = Setting(
        "onboarding.reminders", .whole("count", "How often they are reminded, at growing distances", 1...5), standard: 2
    ) { .int(Int64($0)) }
    static let removeAfter = Setting(
        "onboarding.remove_after",
        .duration(
            "time", "After how long who never finished is removed from the server; 0 for never", .zero...365.days, bare: .days),
        standard: .zero
    ) { .string($0.exactly) }
    static let retention = Setting(
        "onboarding.keep",
        .duration("time", "How long answers are kept after somebody finished or left", 1.days...3650.days, bare: .days),
        standard: 365.days
    ) { .string($0.exactly) }

    static let settings: [AnySetting] = [
        rulesChannel.erased, logChannel.erased, role.erased, asksAgain.erased, greets.erased, greetingChannel.erased,
        greeting.erased, lateGreeting.erased, remindAfter.erased, remindTimes.erased, removeAfter.erased, retention.erased,
    ]
}

enum GreetingWay: String, CaseIterable, Sendable { case no, channel, privately }
