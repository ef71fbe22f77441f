package import Kit
internal import Shared

/// The rules of a server, as a numbered list that its admins edit and everybody can read.
package enum ServerRules {
    package static let feature = Feature(
        "rules", "The rules of the server, as a numbered list", version: "1.0",
        schema: schema,
        commands: [show, add, edit, move, remove],
        panels: [panel],
        readings: [reading],
        configures: [configured],
        keeps: [Kept("that you were the last to change the rules of a server", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
