internal import Kit
internal import Shared

extension Levels {
    /// The curve, as other features may read it.
    static let curveReading = CurveReading(
        curve: { turn in
            let curve = turn.levelCurve
            return .init(
                name: turn[preset].rawValue, perPoint: turn[perPoint], level: { curve.level(at: $0) },
                cost: { curve.cost(of: $0) }, next: { curve.next(after: $0) })
        },
        start: { turn, member in turn.hot(FreshStarts.self).start(of: member, in: try turn.requireGuild()) })
}
