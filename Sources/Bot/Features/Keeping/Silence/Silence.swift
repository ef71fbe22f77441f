package import Kit

/// Leaves a member or a channel out of counting and pinging for a time, because staff say so.
package enum Silence {
    package static let feature = Feature(
        "silence", "Leaves a member or a channel out of counting and pings for a time", version: "1.0",
        schema: schema,
        commands: [add, end, list],
        panels: [panel],
        readings: [courtesy],
        configures: configured,
        keeps: [Kept("when staff left you out of counting, and why", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
