internal import Shared

/// Settings that the engine itself obeys; the feature `house` shows and changes them.
package enum HouseSettings {
    package static let zone = Setting(
        "house.zone", Parameter<String>.zone("zone", "The time zone in which the server's days begin"), standard: "UTC"
    ) { .string($0) }
    package static let prefixes = Setting(
        "house.prefixes",
        Parameter<String>.text("prefixes", "What prefix commands begin with, separated by spaces", longest: 100),
        standard: ""
    ) { .string($0) }
    package static let commandLimit = Setting(
        "house.command_limit", Parameter<Int>.whole("uses", "How many commands one person may use in the window", 1...1000),
        standard: 5
    ) { .int(Int64($0)) }
    package static let commandWindow = Setting(
        "house.command_window",
        Parameter<Duration>.duration("window", "The window of the command limit", 1.seconds...1.hours, bare: .seconds),
        standard: .seconds(10)
    ) { .string($0.exactly) }

    package static let cooldowns = Setting(
        "house.cooldowns",
        Parameter<String>.cooldowns(
            "times", "How long each member waits between two uses of a command, such as activity.leaderboard=30s"),
        standard: "none"
    ) { .string($0) }

    package static let oldNames = Setting(
        "house.old_names", Parameter<Bool>.yesNo("yes", "Whether slash commands are also known by the names of other bots"),
        standard: false
    ) { .bool($0) }

    package static let all: [AnySetting] = [
        zone.erased, prefixes.erased, commandLimit.erased, commandWindow.erased, cooldowns.erased, oldNames.erased,
    ]
}
