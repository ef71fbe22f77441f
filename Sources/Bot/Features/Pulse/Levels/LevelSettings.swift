internal import Kit
internal import Shared

extension Levels {
    /// Where it is told that somebody has reached a level.
    enum Telling: String, CaseIterable, Sendable { case nowhere, here, channel }

    static let preset = Setting(
        "levels.curve", .oneOf("curve", "Which curve levels follow; own takes levels.own"), standard: Curve.Preset.mee6
    ) { .string($0.rawValue) }
    static let own = Setting(
        "levels.own", polynomial("own", "Your own curve, the highest power first, such as 50 100 0"), standard: "100 0"
    ) { .string($0) }
    static let perPoint = Setting(
        "levels.per_point", .decimal("experience", "How much experience a point is on the curve", 0.01...10_000), standard: 20
    ) { .double($0) }
    static let most = Setting(
        "levels.most", .whole("level", "The last level that there is", 1...Curve.furthest), standard: 200
    ) { .int(Int64($0)) }
    static let telling = Setting(
        "levels.tell", .oneOf("where", "Where it is told that somebody reached a level: nowhere, here or channel"),
        standard: Telling.nowhere
    ) { .string($0.rawValue) }
    static let tellingChannel = Setting(
        "levels.channel",
        Parameter<ID<Channel>?>.optional(.channel("channel", "Where levels are told, when not where they were reached")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let text = Setting(
        "levels.text", .template("text", "What is said of a level that was reached", places: places, longest: 1000),
        standard: standardText
    ) { .string($0.text) }
    static let resetsOnLeave = Setting(
        "levels.reset_on_leave", .yesNo("yes", "Whether who leaves begins at level 0 when they come back"), standard: false
    ) { .bool($0) }

    static let settings: [AnySetting] = [
        preset.erased, own.erased, perPoint.erased, most.erased, telling.erased, tellingChannel.erased, text.erased,
        resetsOnLeave.erased,
    ]

    static func polynomial(_ name: String, _ summary: String) -> Parameter<String> {
        let words = Parameter<String>.text(name, summary, longest: 120)
        return Parameter(words.outline) { raw, context throws(Refusal) in
            try Polynomial(try words.parse(raw, context)).spelled
        }
    }

    static let places: [Template.Place] = [
        .init("member", "Who reached it"), .init("level", "The level"), .init("points", "All points that they have"),
        .init("server", "The server's name"),
    ]

    /// Written here, so it can be read.
    private static let standardText =
        (try? Template("{member} is now at level {level}.", places: places, field: "text")) ?? .empty
}
