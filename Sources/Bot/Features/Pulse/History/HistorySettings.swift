internal import Kit
internal import Shared

extension History {
    static let depth = Setting(
        "history.depth", .whole("days", "How many days back history is read", 1...3650), standard: 90
    ) { .int(Int64($0)) }
    static let onJoin = Setting(
        "history.on_join", .yesNo("yes", "Whether history is read as soon as the bot joins a server"), standard: true
    ) { .bool($0) }

    static let settings: [AnySetting] = [depth.erased, onJoin.erased]
}
