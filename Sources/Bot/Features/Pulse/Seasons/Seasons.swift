package import Kit

/// Seasons: a name and some weeks, a board of their own, and an archive that stays as it stood when they closed.
package enum Seasons {
    package static let feature = Feature(
        "seasons", "Seasons with a board of their own, an archive and a recap", version: "1.0", needs: ["activity"],
        settings: settings,
        schema: schema,
        commands: [start, edit, close, reopen, cancel, list, show, recap],
        jobs: [end.erased],
        panels: [panel, placesPanel],
        readings: [running],
        configures: [configured],
        keeps: [Kept("your places on the boards of seasons that are closed", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
