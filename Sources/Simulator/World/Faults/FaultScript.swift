package import Shared

extension FaultBook {
    /// Reads `[{"fault": "429-user", "chance": 0.01, "times": 100, "route": "POST /channels/{channel_id}/messages"}, …]`.
    package init(script: JSON) throws(Refusal) {
        guard let items = script.array else { throw Refusal(400, 0, "a fault script is a list of objects") }
        for item in items {
            guard let name = item["fault"]?.text, let fault = Fault(rawValue: name) else {
                let known = Fault.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal(400, 0, "unknown fault \(item["fault"]?.line ?? item.line); known are \(known)")
            }
            for key in item.object?.keys ?? [] where !["fault", "chance", "times", "route"].contains(key) {
                throw Refusal(400, 0, "unknown key \(key) in a fault")
            }
            let chance = item["chance"]?.double ?? 1
            guard (0...1).contains(chance) else { throw Refusal(400, 0, "a chance is between 0 and 1") }
            let times = item["times"]?.int.map(Int.init) ?? (item["chance"] == nil ? 1 : nil)
            often(fault, chance: chance, atMost: times, on: item["route"]?.text)
        }
    }
}
