internal import Kit
internal import Shared

/// What a message earns, in thousandths of a point.
struct Weights: Hashable, Sendable {
    var base: Int64
    var reply: Int64
    var starter: Int64
    var further: Int64

    /// The same weights have the same id, so that a fact can say by which it was counted.
    var id: Int64 {
        var dice = Dice(seed: "\(base)/\(reply)/\(starter)/\(further)")
        return Int64(bitPattern: dice.next() >> 1)
    }
}

/// What kind of message it was; weights add up.
struct Kinds: OptionSet, Hashable, Sendable {
    let rawValue: Int64
    static let reply = Kinds(rawValue: 1)
    static let starter = Kinds(rawValue: 2)
    static let further = Kinds(rawValue: 4)
    /// From before the house listened: read back, and worth as much.
    static let past = Kinds(rawValue: 8)

    func points(_ weights: Weights) -> Int64 {
        weights.base + (contains(.reply) ? weights.reply : 0) + (contains(.starter) ? weights.starter : 0)
            + (contains(.further) ? weights.further : 0)
    }
}

/// A guild's rules, worked out of its settings once.
final class ActivityRules: Sendable {
    let weights: Weights
    let weightsID: Int64
    let reaction: Int64
    let voice: Int64
    let silence: Int64
    let momentum: HalfLife
    let influence: HalfLife
    let decay: Double
    let window: Int
    let zone: Zone
    let keepsText: Bool
    let uncounted: Uncounted
    /// The channels for which anything of activity is set.
    let ownChannels: Set<Int64>

    init(_ turn: Turn) {
        func thousandths(_ setting: Setting<Double>) -> Int64 {
            Int64((turn.value(of: setting, channel: nil) * 1000).rounded())
        }
        weights = Weights(
            base: thousandths(Activity.base), reply: thousandths(Activity.reply), starter: thousandths(Activity.starter),
            further: thousandths(Activity.further))
        weightsID = weights.id
        reaction = thousandths(Activity.reaction)
        voice = thousandths(Activity.voice)
        silence = turn[Activity.silence].milliseconds
        momentum = HalfLife(turn[Activity.halfLife])
        influence = HalfLife(turn[Activity.influenceHalfLife])
        decay = turn[Activity.decay]
        window = turn[Activity.window]
        zone = turn.zone
        keepsText = turn[Activity.keepsText]
        uncounted = turn.uncounted
        let found = try? turn.store.all(
            "SELECT DISTINCT target FROM house_settings WHERE scope = 'channel' AND name LIKE 'activity.%'"
        ) { $0.int(0) }
        ownChannels = Set(found ?? [])
    }
}

extension Turn {
    var activityRules: ActivityRules { house.compiled(ActivityRules.self, guild: guild) { ActivityRules(self) } }

    /// The weights of a channel: its own where somebody set one, else its guild's. Nil when the channel does not count.
    func weights(in channel: ID<Channel>, _ rules: ActivityRules) -> Weights? {
        guard !rules.ownChannels.isEmpty, rules.ownChannels.contains(channel.number) else { return rules.weights }
        guard value(of: Activity.counts, channel: channel) else { return nil }
        func thousandths(_ setting: Setting<Double>) -> Int64 { Int64((value(of: setting, channel: channel) * 1000).rounded()) }
        return Weights(
            base: thousandths(Activity.base), reply: thousandths(Activity.reply), starter: thousandths(Activity.starter),
            further: thousandths(Activity.further))
    }
}
