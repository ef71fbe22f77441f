package import Kit
internal import Shared

/// What becomes of a server over time: figures by hour, day and channel that outlive what they were counted from, a snapshot and a
/// report each week, and an export of all of it.
package enum Analytics {
    package static let feature = Feature(
        "analytics", "Statistics of the server: snapshots, reports, cohorts, export", version: "1.0", needs: ["activity"],
        rights: .attachFiles,
        settings: settings,
        schema: schema,
        commands: [dashboard, server, days, channels, heatmap, cohorts, funnel, snapshots, export, download],
        listeners: [hearArrivals, hearPoints],
        jobs: [tend.erased, foldDays.erased, writeExport.erased],
        panels: [figuresPanel, daysPanel, hoursPanel, channelsPanel, heatPanel, cohortsPanel, funnelPanel, snapshotsPanel],
        hot: [FoldMarks.self],
        keeps: [
            Kept("when you joined and left", for: .always),
            Kept("tables that you asked for, and tables of members that staff asked for", for: .fixed(7.days)),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}
