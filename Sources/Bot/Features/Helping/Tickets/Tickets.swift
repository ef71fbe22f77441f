package import Kit
internal import Shared

/// Members ask for help and are helped where nobody else listens: a channel or thread each, whose words are kept at home.
package enum Tickets {
    package static let feature = Feature(
        "tickets", "Members ask for help in a channel of their own, and staff look after it", version: "1.0",
        needs: ["privacy"],
        settings: settings,
        schema: schema,
        commands: [
            open, list, show, claim, release, transfer, status, priority, reply, replies, unsend, close, reopen, delete, rate,
            transcript, stats, team, snapshots, panel, kinds, addKind, editKind, removeKind, restoreKind,
        ],
        listeners: [hear, hearEdits, hearDeletions, hearChannels, hearMembers, hearSettings],
        jobs: [
            opened.erased, greeted.erased, panelPosted.erased, callUp.erased, look.erased, sayLater.erased, summed.erased,
            sweep.erased,
        ],
        panels: [queuePanel, closedPanel, transcriptPanel, teamPanel, repliesPanel, snapshotPanel],
        hot: [TicketPlaces.self],
        readings: [checkup],
        keeps: [
            Kept("your tickets, and what you wrote in them once you agreed", for: .setting("tickets.keep")),
            Kept("what you wrote for a ticket and did not send", for: .fixed(1.days)),
        ],
        export: exportPersonal,
        erase: erasePersonal)
}
