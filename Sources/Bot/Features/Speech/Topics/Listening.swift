internal import Kit
internal import Shared

/// Which channels of a guild listen, worked out of its settings once: each message asks, and most are to find nothing.
final class Listening: Sendable {
    private let everywhere: Bool
    private let chosen: [Int64: Bool]

    fileprivate init(_ turn: Turn) {
        everywhere = turn.value(of: Topics.listen, channel: nil)
        let targets = try? turn.store.all(
            "SELECT target FROM house_settings WHERE scope = 'channel' AND name = \(Topics.listen.name)"
        ) { $0.id(0, Channel.self) }
        var chosen: [Int64: Bool] = [:]
        for case let channel? in targets ?? [] { chosen[channel.number] = turn.value(of: Topics.listen, channel: channel) }
        self.chosen = chosen
    }

    func hears(_ channel: ID<Channel>) -> Bool { chosen[channel.number] ?? everywhere }

    static func here(_ turn: Turn) -> Listening {
        turn.house.compiled(Listening.self, guild: turn.guild) { Listening(turn) }
    }
}
