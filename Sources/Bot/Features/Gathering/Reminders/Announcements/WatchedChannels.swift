internal import Kit
internal import Shared

/// Which channels of a guild announce things, worked out of its settings once: each message asks, and hardly any guild has one.
final class WatchedChannels: Sendable {
    private let chosen: Set<Int64>

    fileprivate init(_ turn: Turn) {
        let targets = try? turn.store.all(
            "SELECT target FROM house_settings WHERE scope = 'channel' AND name = \(Reminders.watch.name)"
        ) { $0.id(0, Channel.self) }
        let channels = (targets ?? []).compactMap(\.self)
        chosen = Set(channels.filter { turn.value(of: Reminders.watch, channel: $0) }.map(\.number))
    }

    func contains(_ channel: ID<Channel>) -> Bool { !chosen.isEmpty && chosen.contains(channel.number) }
    var isEmpty: Bool { chosen.isEmpty }

    static func here(_ turn: Turn) -> WatchedChannels {
        turn.house.compiled(WatchedChannels.self, guild: turn.guild) { WatchedChannels(turn) }
    }
}

extension Reminders {
    static let watch = Setting(
        "reminders.watch", .yesNo("watched", "Whether what is announced in a channel becomes a reminder"), standard: false,
        reach: .channel
    ) { .bool($0) }
    static let target = Setting(
        "reminders.target",
        .optional(
            .channel("channel", "Where is called to mind what was announced; in the announcement's channel when left out")),
        standard: nil, reach: .channel
    ) { $0.map { .id($0) } ?? .null }
}
