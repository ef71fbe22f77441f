internal import Kit

/// The listeners of the features that are on in one guild, by what they hear, each in its order.
final class Ears {
    /// One listener with the meter of its name.
    struct Ear {
        let listener: Listener
        let meter: Meters.Meter
    }

    let messages: [Ear]
    private let others: [Hearing: [Ear]]

    init(_ features: [Feature], _ meters: Meters) {
        var table: [Hearing: [Ear]] = [:]
        for listener in features.flatMap(\.listeners) {
            table[listener.hears, default: []].append(Ear(listener: listener, meter: meters[listener.name]))
        }
        for hearing in table.keys {
            table[hearing]?.sort { ($0.listener.order, $0.listener.name) < ($1.listener.order, $1.listener.name) }
        }
        messages = table[.messages] ?? []
        others = table
    }

    subscript(hearing: Hearing) -> [Ear] { others[hearing] ?? [] }
}
