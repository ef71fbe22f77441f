internal import Kit
internal import Shared

/// Halving over time.
struct HalfLife: Hashable, Sendable {
    let milliseconds: Double

    init(_ duration: Duration) { milliseconds = Double(max(1, duration.milliseconds)) }

    func share(after elapsed: Int64) -> Double { pow2(-Double(elapsed) / milliseconds) }
}

/// An amount that fades, as it was at a moment. What is added late has faded already; the order of adding does not matter.
struct Fading: Hashable, Sendable {
    var amount: Double
    var at: Int64

    mutating func add(_ more: Double, at moment: Int64, _ halfLife: HalfLife) {
        if moment >= at {
            amount = amount * halfLife.share(after: moment - at) + more
            at = moment
        } else {
            amount += more * halfLife.share(after: at - moment)
        }
    }

    func value(at moment: Int64, _ halfLife: HalfLife) -> Double { amount * halfLife.share(after: max(0, moment - at)) }
}
