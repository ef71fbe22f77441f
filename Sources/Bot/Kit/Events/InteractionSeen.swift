package import Shared

/// Somebody used a slash command, pressed a button, chose, typed into a completing field or sent a form.
package struct InteractionSeen: Sendable {
    package enum Kind: Sendable {
        /// The command's whole path, such as "activity profile", and its options by name.
        case command(path: String, options: JSON.Object)
        case completion(path: String, options: JSON.Object, focused: String)
        case component(customID: String, values: [String])
        case form(customID: String, fields: [(name: String, value: JSON)])
    }

    package var id: ID<Interaction>
    package var token: String
    package var application: ID<Application>
    package var kind: Kind
    package var guild: ID<Guild>?
    package var channel: ID<Channel>?
    package var member: MemberProfile?
    /// In a direct message there is no member.
    package var user: ID<Member>
    /// What the member may do in this channel, as Discord has computed it.
    package var permissions: Permissions
    /// What the bot may do there.
    package var botPermissions: Permissions
    package var locale: String
    /// The message that carried the button or the form's button.
    package var message: ID<Message>?
    /// Members, roles, channels, messages and attachments that the options name.
    package var resolved: JSON

    package init(
        id: ID<Interaction>, token: String, application: ID<Application>, kind: Kind, guild: ID<Guild>?, channel: ID<Channel>?,
        member: MemberProfile?, user: ID<Member>, permissions: Permissions, botPermissions: Permissions, locale: String,
        message: ID<Message>?, resolved: JSON
    ) {
        self.id = id
        self.token = token
        self.application = application
        self.kind = kind
        self.guild = guild
        self.channel = channel
        self.member = member
        self.user = user
        self.permissions = permissions
        self.botPermissions = botPermissions
        self.locale = locale
        self.message = message
        self.resolved = resolved
    }
}
