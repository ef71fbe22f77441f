internal import Gathering
internal import Keeping
package import Kit
internal import Pulse
internal import Speech
internal import Standing

/// Every feature of the house. A new one is a line here.
package enum House {
    package static let version = "0.1.0"

    package static let features: [Feature] = [
        HouseFeature.feature,
        AuditFeature.feature,
        GuildFeature.feature,
        Privacy.feature,
        Silence.feature,
        Members.feature,
        Doctor.feature,
        Activity.feature,
        Levels.feature,
        Badges.feature,
        Seasons.feature,
        Analytics.feature,
        Pings.feature,
        Templates.feature,
        Events.feature,
        Rewards.feature,
        Topics.feature,
    ]
}
