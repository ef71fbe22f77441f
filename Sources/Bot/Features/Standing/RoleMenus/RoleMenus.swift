package import Kit
internal import Shared

/// Messages with which members give themselves roles: by buttons, a list or reactions. What was chosen while the bot was away
/// counts when it is back, and what cannot work is told before somebody tries.
package enum RoleMenus {
    package static let feature = Feature(
        "rolemenus", "Members give themselves roles with buttons, a list or reactions", version: "1.0",
        settings: [log.erased],
        schema: schema,
        commands: [
            add, edit, role, drop, list, show, preview, post, remove, restore, sync, holders, take,
        ],
        listeners: [hearReactions, hearDeletions, hearGuild, hearRoles, hearLeaving],
        jobs: [
            posted.erased, drawn.erased, reacted.erased, settled.erased, end.erased, met.erased, page.erased, compare.erased,
        ],
        panels: [panel, holdersPanel],
        hot: [MenuMessages.self],
        readings: [checkup],
        configures: [configured],
        keeps: [Kept("which roles you gave yourself, since when and until when", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)

    static let log = Setting(
        "rolemenus.log", .optional(.channel("channel", "Where it is told when a role menu is gone or does not work")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }
}
