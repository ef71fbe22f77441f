package import Kit
package import Machine
package import Shared

/// What the web door is told and handed.
package struct WebSetting: Sendable {
    package var address: String
    /// 0 takes any that is free.
    package var port: Int
    /// Names beside this machine's own that a request may be addressed to.
    package var hosts: [String]
    package var desk: any WebDesk
    package var health: @Sendable () -> Health
    /// What the process measures of itself.
    package var metrics: @Sendable () -> [Metric]
    package var now: @Sendable () -> MonotonicTime

    package init(
        address: String, port: Int, hosts: [String], desk: any WebDesk, health: @escaping @Sendable () -> Health,
        metrics: @escaping @Sendable () -> [Metric], now: @escaping @Sendable () -> MonotonicTime
    ) {
        self.address = address
        self.port = port
        self.hosts = hosts
        self.desk = desk
        self.health = health
        self.metrics = metrics
        self.now = now
    }
}

/// How the house is at a moment.
package struct Health: Sendable {
    package var version: String
    package var now: Instant
    package var started: Instant
    package var signs: [Sign]
    /// Why it cannot serve, in words; empty when it can.
    package var ailments: [String]

    package init(version: String, now: Instant, started: Instant, signs: [Sign], ailments: [String]) {
        self.version = version
        self.now = now
        self.started = started
        self.signs = signs
        self.ailments = ailments
    }
}
