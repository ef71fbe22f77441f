package import Kit

/// Marks of honour that admins define: given by hand with a reason, or by an occasion.
package enum Badges {
    package static let feature = Feature(
        "badges", "Badges that members wear, given by hand or when something is reached", version: "1.0",
        schema: schema,
        commands: [add, edit, remove, restore, list, show, worn, give, take],
        listeners: [hearLevels, hearSeasons],
        panels: [panel, givenPanel],
        readings: [measures, reading],
        configures: [configured],
        keeps: [Kept("the badges that you wear, who gave them and for what", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
