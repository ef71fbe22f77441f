package import Kit
internal import Shared

/// Who is here: who they are, what can be measured of them, and who has not been seen for long.
package enum Members {
    package static let feature = Feature(
        "members", "Who is here, what is known of them, and who has been away for long", version: "1.0",
        commands: [list, show, inactive, purge],
        jobs: [purging.erased],
        panels: [panel, inactivePanel],
        export: { _, _ in .null },
        erase: { _, _ in 0 })
}
