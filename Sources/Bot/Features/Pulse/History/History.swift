package import Kit
internal import Shared

/// Reads what was said before the house listened, and has it counted by the same rules, so that boards and heatmaps are real in
/// the first hour.
package enum History {
    package static let feature = Feature(
        "history", "Reads what was said before the bot came and counts it by the same rules", version: "1.0",
        needs: ["activity"], rights: [.viewChannel, .readMessageHistory],
        settings: settings,
        schema: schema,
        commands: [preview, start, stop, show],
        listeners: [seeServer],
        panels: [panel],
        export: { _, _ in .null },
        erase: { _, _ in 0 })
}
