package import Kit

/// What members do not want, and what they may know of themselves and have forgotten.
package enum Privacy {
    package static let feature = Feature(
        "privacy", "What members do not want from the bot, and what is kept about them", version: "1.0",
        settings: settings,
        schema: schema,
        commands: [decline, allow, wishes],
        jobs: [sweep.erased],
        readings: [courtesy],
        export: exportPersonal,
        erase: erasePersonal)
}
