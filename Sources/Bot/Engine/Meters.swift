/// What listeners cost, gathered on the engine's thread and told with each commit: a lock and a look by name for each event
/// would cost as much as hearing it.
final class Meters {
    final class Meter {
        let name: String
        fileprivate var cost = Cost()
        private var calls = 0

        fileprivate init(_ name: String) { self.name = name }

        /// Of many calls one in sixteen is timed, and counts for all of them.
        var isTimed: Bool { calls < 16 || calls % 16 == 0 }

        func note(nanoseconds: Int64?, handled: Bool, failed: Bool = false) {
            if let nanoseconds { cost.nanoseconds += calls < 16 ? nanoseconds : nanoseconds * 16 }
            calls += 1
            cost.calls += 1
            if handled { cost.handled += 1 }
            if failed { cost.faults += 1 }
        }
    }

    struct Cost {
        var calls: Int64 = 0
        var handled: Int64 = 0
        var faults: Int64 = 0
        var nanoseconds: Int64 = 0
    }

    private var meters: [String: Meter] = [:]

    subscript(name: String) -> Meter {
        if let known = meters[name] { return known }
        let meter = Meter(name)
        meters[name] = meter
        return meter
    }

    func tell(_ vitals: HouseVitals) {
        for meter in meters.values where meter.cost.calls > 0 {
            vitals.noteRoute(meter.name, meter.cost)
            meter.cost = Cost()
        }
    }
}
