internal import Gathering
internal import Helping
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
        ServerRules.feature,
        Onboarding.feature,
        Keys.feature,
        Activity.feature,
        Levels.feature,
        Badges.feature,
        Seasons.feature,
        Analytics.feature,
        History.feature,
        Imports.feature,
        Pings.feature,
        Templates.feature,
        Events.feature,
        Reminders.feature,
        Rewards.feature,
        RoleMenus.feature,
        Topics.feature,
        Tickets.feature,
        Faq.feature,
    ]
}
