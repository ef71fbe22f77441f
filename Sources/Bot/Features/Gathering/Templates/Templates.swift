package import Kit

/// Announcement texts that a server keeps under names.
package enum Templates {
    package static let feature = Feature(
        "templates", "Texts for announcements, kept under names", version: "1.0",
        schema: schema,
        commands: [set, list, show, preview, post, remove],
        panels: [panel],
        readings: [reading],
        configures: [configured],
        keeps: [Kept("which announcement texts you wrote last", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
