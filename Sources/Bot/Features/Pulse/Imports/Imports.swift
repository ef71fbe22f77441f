package import Kit

/// Takes over levels from another bot's file, so that nobody begins anew: booked as imported, taken back as a whole.
package enum Imports {
    package static let feature = Feature(
        "imports", "Takes over levels that another bot has kept, from a CSV or JSON file", version: "1.0",
        needs: ["activity", "levels"],
        schema: schema,
        commands: [preview, take, withdraw, list],
        panels: [panel],
        keeps: [Kept("which points were imported for you (they stand with the figures that staff have set)", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
