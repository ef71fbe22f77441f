internal import Gathering
internal import Keeping
package import Kit
internal import Pulse
internal import Speech

/// Every feature of the house. A new one is a line here.
package enum House {
    package static let version = "0.1.0"

    package static let features: [Feature] = [
        HouseFeature.feature,
        AuditFeature.feature,
        Privacy.feature,
        Silence.feature,
        Members.feature,
        Activity.feature,
        Pings.feature,
        Topics.feature,
    ]
}
