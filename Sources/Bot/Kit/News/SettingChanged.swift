package import Shared

/// An admin set a value, or took one back. A guild of nil means the whole house.
package struct SettingChanged: News {
    package var name: String
    package var place: ID<Guild>?
    package var guild: ID<Guild>

    package init(name: String, place: ID<Guild>?, toldIn guild: ID<Guild>) {
        self.name = name
        self.place = place
        self.guild = guild
    }
}
