package import Kit
internal import Shared

/// Mentions the most active members on a schedule: each occurrence once, never in a burst, and never who does not want it.
package enum Pings {
    package static let feature = Feature(
        "pings", "Mentions the most active members on a schedule", version: "1.0",
        settings: settings,
        schema: schema,
        commands: [
            add, edit, list, show, test, pause, resume, remove, restore, fireNow, history, spare, unspare, spared,
        ],
        listeners: [hearAnswers, seeAnswers],
        jobs: [fire.erased, posted.erased, sweep.erased],
        panels: [panel, historyPanel],
        hot: [OpenFires.self],
        readings: [checkup],
        configures: configured,
        keeps: [Kept("when a ping mentioned you, and whether you answered", for: .fixed(90.days))],
        export: exportPersonal,
        erase: erasePersonal)
}
