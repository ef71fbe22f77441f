package import Shared

/// What a turn would do, as a dry run shows it and a confirmation binds it.
package struct Plan: Hashable, Sendable {
    package var changes: [Change]
    package var effects: [Effect]
    /// Whether there is a command that takes it back.
    package var canBeUndone: Bool
    /// What the members, channels and roles of the effects are called, by their ids; for people, and nothing hangs on it.
    package var names: [Int64: String] = [:]
    package init(changes: [Change], effects: [Effect], canBeUndone: Bool) {
        self.changes = changes
        self.effects = effects
        self.canBeUndone = canBeUndone
    }
}

/// One thing that a turn changes, for the audit, the dry run and the undo.
package struct Change: Hashable, Sendable {
    /// What is changed, such as "setting activity.reply" or "ping 4".
    package var subject: String
    package var before: JSON
    package var after: JSON
    package init(_ subject: String, before: JSON, after: JSON) {
        self.subject = subject
        self.before = before
        self.after = after
    }
}
