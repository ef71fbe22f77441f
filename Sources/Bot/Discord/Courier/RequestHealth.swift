package import Machine

/// What an admin should know of how the requests fare.
package struct RequestHealth: Hashable, Sendable {
    /// Method and path of what Discord has forbidden.
    package var forbidden: [String] = []
    package var trouble: RateLimits.Trouble?
    /// Discord refuses the token: nothing goes out.
    package var isHalted = false
    /// Of what is forbidden: nothing is listed anew that has not changed.
    fileprivate var version = 0

    package init() {}
}

extension CourierMachine {
    package func health(_ now: MonotonicTime, before: RequestHealth = RequestHealth()) -> RequestHealth {
        var health = before
        if forbidden.version != before.version {
            (health.forbidden, health.version) = (forbidden.names(now), forbidden.version)
        }
        health.trouble = limits.trouble(now)
        health.isHalted = haltedBecause != nil
        return health
    }
}
