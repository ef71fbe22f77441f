package import Kit

/// Who did what, through which door, and what it changed; chained, so that no line of it can be altered unnoticed.
package enum AuditFeature {
    package static let feature = Feature(
        "audit", "Who did what, and what it changed", version: "1.0", needs: ["house"],
        commands: [list, show, verify],
        panels: [panel],
        keeps: [Kept("what you changed, and when", for: .always)],
        export: exportPersonal,
        erase: erasePersonal)
}
