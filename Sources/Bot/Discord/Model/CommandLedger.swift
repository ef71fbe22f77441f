package import Shared

/// The slash commands that Discord was last seen to know.
package struct KnownCommands: Hashable, Sendable {
    package var application: ID<Application>
    /// Of the commands as we want them, and of the bot whose they are.
    package var digest: String
    package var checked: Instant

    package init(application: ID<Application>, digest: String, checked: Instant) {
        self.application = application
        self.digest = digest
        self.checked = checked
    }
}

/// Where that outlives the process, so that a start with the same commands asks nothing. Asked on any thread; it must not
/// wait.
package protocol CommandLedger: Sendable {
    func known() -> KnownCommands?
    func keep(_ known: KnownCommands)
}

/// For a house that remembers nothing: each start looks anew.
package struct ForgottenCommands: CommandLedger {
    package init() {}
    package func known() -> KnownCommands? { nil }
    package func keep(_ known: KnownCommands) {}
}
