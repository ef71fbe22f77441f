internal import Kit
internal import Shared

extension Seasons {
    static let kept = Setting(
        "seasons.kept", .whole("places", "How many places of a season's board are kept", 1...5000), standard: 100
    ) { .int(Int64($0)) }
    static let place = Setting(
        "seasons.channel",
        Parameter<ID<Channel>?>.optional(.channel("channel", "Where the recap of a season that closes is posted")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }

    static let settings: [AnySetting] = [kept.erased, place.erased]
}
