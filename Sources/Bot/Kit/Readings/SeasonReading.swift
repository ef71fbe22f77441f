package import Shared

/// When the running season of the turn's guild began, as whoever keeps seasons knows; nil while none runs.
package struct SeasonReading: Reading {
    package let began: @Sendable (Turn) throws -> Day?
    package init(began: @escaping @Sendable (Turn) throws -> Day?) { self.began = began }
}
