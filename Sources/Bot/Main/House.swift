internal import Kit
internal import Pulse

/// Every feature of the house. A new one is a line here.
enum House {
    static let version = "0.1.0"

    static let features: [Feature] = [
        Activity.feature
    ]
}
