package import Machine

/// What an admin should know of how the requests fare.
package struct RequestHealth: Hashable, Sendable {
    /// Method and path of what Discord has forbidden.
    package var forbidden: [String] = []
    package var trouble: RateLimits.Trouble?
    /// Discord refuses the token: nothing goes out.
    package var isHalted = false

    package init() {}
}

extension CourierMachine {
    package func health(_ now: MonotonicTime) -> RequestHealth {
        var health = RequestHealth()
        health.forbidden = forbidden.names(now)
        health.trouble = limits.trouble(now)
        health.isHalted = haltedBecause != nil
        return health
    }
}
