package import Shared

/// A feature's table of contents.
package struct Feature: Sendable {
    package let name: String
    package let summary: String
    package let version: String
    /// Features that must be on for this one to work.
    package let needs: [String]
    package let isOnByDefault: Bool
    /// Whether it has to know members before they have said or done anything. Discord then has to tell of all of them, so
    /// nobody should want it who can wait.
    package let wantsMembers: Bool
    /// What the bot has to be allowed in a server so that it can do what it does there by itself.
    package let rights: Permissions
    package let settings: [AnySetting]
    package let schema: [Migration]
    package let commands: [Command]
    package let listeners: [Listener]
    package let jobs: [AnyJob]
    package let panels: [Panel]
    /// What it keeps in memory; opened before the house serves anybody.
    package let hot: [any Hot.Type]
    /// What it lets other features read of its books.
    package let readings: [any Reading]
    /// What of its rows admins have set up, as text.
    package let configures: [Configured]
    /// The kinds of data that it keeps about people, and how long.
    package let keeps: [Kept]
    /// Everything that is kept about a person.
    package let export: @Sendable (Turn, ID<Member>) throws -> JSON
    /// Removes it; answers how many rows.
    package let erase: @Sendable (Turn, ID<Member>) throws -> Int

    package init(
        _ name: String, _ summary: String, version: String, needs: [String] = [], isOnByDefault: Bool = true,
        wantsMembers: Bool = false, rights: Permissions = [],
        settings: [AnySetting] = [], schema: [Migration] = [], commands: [Command] = [], listeners: [Listener] = [],
        jobs: [AnyJob] = [], panels: [Panel] = [], hot: [any Hot.Type] = [], readings: [any Reading] = [],
        configures: [Configured] = [], keeps: [Kept] = [],
        export: @escaping @Sendable (Turn, ID<Member>) throws -> JSON,
        erase: @escaping @Sendable (Turn, ID<Member>) throws -> Int
    ) {
        self.name = name
        self.summary = summary
        self.version = version
        self.needs = needs
        self.isOnByDefault = isOnByDefault
        self.wantsMembers = wantsMembers
        self.rights = rights
        self.settings = settings
        self.schema = schema
        self.commands = commands
        self.listeners = listeners
        self.jobs = jobs
        self.panels = panels
        self.hot = hot
        self.readings = readings
        self.configures = configures
        self.keeps = keeps
        self.export = export
        self.erase = erase
    }
}
