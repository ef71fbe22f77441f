package import Kit
internal import Shared

/// What is asked again and again, found in closed tickets on this machine, and answered before somebody asks once more.
package enum Faq {
    package static let feature = Feature(
        "faq", "Answers to what is asked often, proposed from tickets", version: "1.0",
        settings: settings,
        schema: schema,
        commands: [search, list, helped, add, edit, approve, reject, propose, remove, restore, proposals, export],
        listeners: [hearTickets],
        jobs: [sweep.erased],
        panels: [entriesPanel, topicsPanel],
        readings: [known],
        keeps: [
            Kept("what you asked in tickets, without names, to find what is asked often", for: .setting("faq.keep")),
            Kept("which answers you said had helped you", for: .always),
        ],
        export: exportPersonal,
        erase: erasePersonal)

    static let channel = Setting(
        "faq.channel", .optional(.channel("channel", "Where proposals are posted for staff")), standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let repeats = Setting(
        "faq.repeats", .whole("count", "How often something is asked before it is proposed", 2...50), standard: 3
    ) { .int(Int64($0)) }
    static let retention = Setting(
        "faq.keep",
        .duration("time", "How long questions of closed tickets are kept to be compared", 30.days...3650.days, bare: .days),
        standard: 365.days
    ) { .string($0.exactly) }

    static let settings: [AnySetting] = [channel.erased, repeats.erased, retention.erased]

    static let sweep = Routine("faq.sweep", every: 1.days) { turn in
        for case let guild? in try turn.store.all("SELECT DISTINCT guild FROM faq_questions", { $0.id(0, Guild.self) }) {
            let old = turn.now - turn.inside(guild)[retention]
            try turn.store.run("DELETE FROM faq_questions WHERE guild = \(guild) AND at < \(old)")
        }
    }
}
