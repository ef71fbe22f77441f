package import Kit
internal import Shared

/// Looks for what does not work and says what mends it: rights, roles, channels, settings, Discord, the disk.
package enum Doctor {
    package static let feature = Feature(
        "doctor", "Finds what does not work here, and says what mends it", version: "1.0", needs: ["house"],
        settings: settings,
        schema: schema,
        commands: [check],
        listeners: [lookAgain, lookAtNewServers, lookAfterCommands],
        jobs: [round.erased, visit.erased],
        panels: [panel],
        readings: [rights, places, things, switches],
        export: { _, _ in .null },
        erase: { _, _ in 0 })

    /// Where staff are told of what is found by itself.
    static let channel = Setting(
        "doctor.channel", .optional(.channel("channel", "Where staff are told of what does not work any more")), standard: nil
    ) { $0.map { .id($0) } ?? .null }

    static let settings: [AnySetting] = [channel.erased]

    static let schema = [
        Migration(
            "doctor-001-findings",
            """
            CREATE TABLE doctor_findings (guild BIGINT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, what TEXT NOT NULL,
                fix TEXT NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (guild, key))
            """)
    ]
}
