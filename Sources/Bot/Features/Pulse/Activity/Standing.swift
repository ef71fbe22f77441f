internal import Kit
internal import Shared

/// What a member's days come to: totals, the decayed score, the streak, and what fades. A fold of the ledger, kept for speed.
struct Standing: Hashable, Sendable {
    var points: Int64 = 0
    var messages: Int64 = 0
    /// Σ points of a day × decay^(score day − day).
    var score = 0.0
    var scoreDay = Day(number: 0)
    var streak = 0
    var best = 0
    /// The last day on which something counted.
    var activeDay = Day(number: 0)
    var momentum = Fading(amount: 0, at: 0)
    var influence = Fading(amount: 0, at: 0)
    var lastAt: Int64 = 0

    /// Adds points of a day; late ones have decayed already.
    mutating func add(points more: Int64, on day: Day, decay: Double) {
        points += more
        if day >= scoreDay {
            score = score * power(decay, day - scoreDay) + Double(more)
            scoreDay = day
        } else {
            score += Double(more) * power(decay, scoreDay - day)
        }
        if score < 0.000_001 { score = 0 }
    }

    /// A day with activity goes on a streak, or starts one. Days that come late are folded again from the ledger.
    mutating func beActive(on day: Day, window: Int) {
        guard day > activeDay else { return }
        streak = streak > 0 && day - activeDay <= window ? streak + 1 : 1
        best = max(best, streak)
        activeDay = day
    }

    /// Staff have said what the streak was at the end of a day.
    mutating func beSet(by correction: Correction) {
        guard case .streak(let days) = correction.deed else { return }
        streak = days
        best = max(best, days)
        activeDay = max(activeDay, correction.day)
    }

    func score(on day: Day, decay: Double) -> Double { score * power(decay, max(0, day - scoreDay)) }

    /// A streak stands until its window is over, also on a day that has nothing yet.
    func streak(on day: Day, window: Int) -> Int { day - activeDay <= window ? streak : 0 }

    /// Orders members by score on any day: the logarithm of the score as it would be on day 0. It never changes as time
    /// passes, and no rate makes it too large. Rounded, so that who has the same points is equal, whatever the order in which
    /// they came.
    func place(decay: Double) -> Double {
        guard score > 0 else { return -1e18 }
        let exact = logarithm2(score) - Double(scoreDay.number) * logarithm2(decay)
        return (exact * 1e9).rounded() / 1e9
    }
}
