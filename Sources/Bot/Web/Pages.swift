internal import Kit
internal import Machine
internal import Shared

/// What is to be read here, by its path. A page that waits for the engine is refused while that is stuck, so that those which
/// tell about it always come.
final class Pages: Sendable {
    private let setting: WebSetting
    private let porter: Porter
    private let keyhole: Keyhole

    init(_ setting: WebSetting) {
        self.setting = setting
        porter = Porter(address: setting.address, also: setting.hosts)
        keyhole = Keyhole(desk: setting.desk, now: setting.now)
    }

    @Sendable func turnsAway(_ request: WebRequest) -> WebAnswer? { porter.turnsAway(request) }

    @Sendable func answer(_ request: WebRequest, then say: @escaping @Sendable (WebAnswer) -> Void) {
        switch request.path {
        case "/healthz": say(HealthPage.answer(setting.health()))
        case "/metrics":
            setting.desk.metrics { [own = setting.metrics] theirs in say(MetricsPage.answer(own() + theirs)) }
        case let path where path == Keyhole.root || path.hasPrefix(Keyhole.root + "/"):
            if let ailment = setting.health().stuck {
                return say(.refused(503, "unavailable", ailment, hint: "Ask again later; /healthz says how I am."))
            }
            keyhole.answer(request, then: say)
        default:
            say(.refused(404, "not_found", "There is no such page.", hint: "There are /healthz, /metrics and \(Keyhole.root)."))
        }
    }
}

extension Health {
    /// Why nothing can be read now: a gateway that is away hinders nobody from reading.
    fileprivate var stuck: String? { signs.first { $0.key == "engine" && $0.state == .bad }?.value }
}
