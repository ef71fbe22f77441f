internal import Kit
internal import Shared

extension Reminders {
    static let log = Setting(
        "reminders.log", .optional(.channel("channel", "Where it is noted what became of the reminders of channels")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let everyone = Setting(
        "reminders.everyone", .yesNo("allowed", "Whether reminders may mention everyone"), standard: false
    ) { .bool($0) }
    static let ahead = Setting(
        "reminders.ahead",
        .duration(
            "time", "How long before it a single date of a channel is called to mind too", .zero...7.days, bare: .minutes),
        standard: 1.hours
    ) { .string($0.exactly) }
    static let patience = Setting(
        "reminders.patience",
        .duration(
            "time", "How late a recurring reminder may still come after the bot was down", 1.minutes...7.days, bare: .minutes),
        standard: 12.hours
    ) { .string($0.exactly) }
    static let most = Setting(
        "reminders.most", .whole("count", "How many reminders of their own a member may have", 0...500), standard: 25
    ) { .int(Int64($0)) }
    static let retention = Setting(
        "reminders.keep",
        .duration(
            "time", "How long reminders that are over are kept, so that they can be put off", 1.days...90.days, bare: .days),
        standard: 7.days
    ) { .string($0.exactly) }

    static let settings: [AnySetting] = [
        log.erased, everyone.erased, ahead.erased, patience.erased, most.erased, retention.erased, watch.erased,
        target.erased,
    ]
}
