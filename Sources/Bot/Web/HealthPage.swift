internal import Kit
internal import Shared

/// 200 where the house serves, 503 with the reasons in words where it does not.
enum HealthPage {
    static func answer(_ health: Health) -> WebAnswer {
        let checks = health.signs.map { sign -> (key: String, value: JSON) in
            (key: sign.key, value: ["state": .string(sign.state.rawValue), "value": .string(sign.value)])
        }
        return WebAnswer(
            health.ailments.isEmpty ? 200 : 503,
            [
                "status": health.ailments.isEmpty ? "ok" : "unavailable",
                "reasons": .array(health.ailments.map(JSON.string)), "version": .string(health.version),
                "time": .string(health.now.rfc3339),
                "uptime_seconds": .int((health.now - health.started).milliseconds / 1000),
                "checks": .object(JSON.Object(checks)),
            ])
    }
}
