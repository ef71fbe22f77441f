internal import Kit
internal import Shared

extension Privacy {
    static let budget = Setting(
        "privacy.messages",
        .whole("count", "How many private messages a member gets in a day that they did not ask for", 0...50), standard: 3
    ) { .int(Int64($0)) }
    static let quiet = Setting(
        "privacy.quiet", .quietHours("hours", "When nobody is written to privately, such as 22:00-08:00, or none"),
        standard: "none"
    ) { .string($0) }

    static let hidesFigures = Setting(
        "privacy.hides_figures", .yesNo("yes", "Whether members see only their own figures"), standard: false
    ) { .bool($0) }

    static let settings: [AnySetting] = [budget.erased, quiet.erased, hidesFigures.erased]
}
