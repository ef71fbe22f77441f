package import Kit
internal import Shared

/// Roles for those who have earned them: by a rule, for a time, or by hand; taken back when they are over; each change with its
/// reason, and shown before it is made.
package enum Rewards {
    package static let feature = Feature(
        "rewards", "Roles for those who have earned them, by rules that are shown before they act", version: "1.0",
        rights: .manageRoles,
        settings: settings,
        schema: schema,
        commands: [
            add, edit, list, show, pause, resume, remove, restore, check, plan, apply, award, winners, revoke, holders, history,
            runs, unlock, lock, almost, simulate,
        ],
        listeners: [keepThroughRejoin, followSettings],
        jobs: [daily.erased, end.erased, given.erased, unlocked.erased, sweep.erased],
        panels: [panel, holdersPanel, runsPanel, changesPanel],
        readings: [measures, checkup],
        configures: [configured],
        keeps: [
            Kept("which roles you were given as rewards, since when and until when", for: .always),
            Kept("which roles were given to you and taken from you, and why", for: .fixed(180.days)),
            Kept("whether you want to be told when you are almost there", for: .always),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}
