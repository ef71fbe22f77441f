package import Kit
internal import Shared

/// Calls things to mind: to a member privately, to a channel for everybody. Each time comes once; what was missed comes late and
/// says how late.
package enum Reminders {
    package static let feature = Feature(
        "reminders", "Reminds members and channels: once, or again and again", version: "1.0",
        settings: settings,
        schema: schema,
        commands: [
            me, add, list, show, edit, snooze, wake, skip, unskip, pause, resume, remove, restore, history, keepZone, read,
            accept,
            acceptAt, dismiss,
        ],
        listeners: [hearAnnouncements, hearEdits, hearDeletions],
        jobs: [fire.erased, sent.erased, fetched.erased, sweep.erased],
        panels: [panel, timeline, historyPanel, proposals],
        readings: [checkup],
        keeps: keeps,
        export: exportPersonal,
        erase: erasePersonal)
}
