/// What members' figures would be if what they did had been worth something else: from the books as they are, changing nothing.
package struct WhatIfReading: Reading {
    /// Points of each kind of deed, and what is left of a day's points each day since. Nil is as it is.
    package struct Weights: Hashable, Sendable {
        package var message: Double?
        package var reply: Double?
        package var starter: Double?
        package var channel: Double?
        package var reaction: Double?
        package var voice: Double?
        package var decay: Double?
        package init() {}
    }

    /// Measures that take the place of those of the same name; `days` is how far back they look at the most.
    package let measures: @Sendable (Turn, Weights, _ days: Int) -> [Measure]

    package init(measures: @escaping @Sendable (Turn, Weights, Int) -> [Measure]) { self.measures = measures }
}
