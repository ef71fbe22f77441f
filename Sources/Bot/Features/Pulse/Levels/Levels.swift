package import Kit

/// Levels from all points that somebody ever had: worked out from them whenever they are wanted, and kept nowhere else.
package enum Levels {
    package static let feature = Feature(
        "levels", "Levels from points, on a curve that the server chooses", version: "1.0", needs: ["activity"],
        settings: settings,
        schema: schema,
        commands: [show, curve, reset, restore],
        listeners: [hearPoints, hearLeaving, hearSettings],
        panels: [panel, spreadPanel],
        hot: [FreshStarts.self],
        readings: [measures, curveReading, checkup],
        keeps: [Kept("which level was told of you, and from which points on your level counts", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
