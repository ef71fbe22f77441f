package import Machine

/// How the endpoint fares, for the overview.
package struct OracleHealth: Hashable, Sendable {
    package var answered = 0
    package var failed = 0
    /// What came of the last inquiry, when it was nothing good.
    package var trouble: String?
    /// Nothing is asked before this.
    package var pausedUntil: MonotonicTime?
    package var waiting = 0

    package init() {}
}
