internal import Kit
internal import Shared

extension Pings {
    static let panel = Panel(
        "pings.list", "Pings", "What mentions whom, and when",
        tables: ["pings_pings", "pings_fires", "pings_mentions", "house_settings"],
        columns: [
            .init("id", "#", .number), .init("where", "Channel", .text), .init("rhythm", "Comes", .text),
            .init("top", "Top", .number), .init("period", "Of", .text), .init("next_ms", "Next", .time),
            .init("last_ms", "Last", .time), .init("hit_rate", "Answer", .percent), .init("state", "State", .state),
            .init("trouble", "Trouble", .text),
        ],
        actions: [
            .init("pings.show", "Show", ["id": "id"]),
            .init("pings.test", "Test to me", ["id": "id"]), .init("pings.edit", "Edit", ["id": "id"]),
            .init("pings.fire", "Fire now", ["id": "id"]), .init("pings.pause", "Pause", ["id": "id"]),
            .init("pings.resume", "Resume", ["id": "id"]), .init("pings.remove", "Remove", ["id": "id"]),
        ], refresh: 60.seconds,
        empty: "No pings yet. pings add sets one up."
    ) { turn in
        try PingRows.all(of: try turn.requireGuild(), in: turn.store).map { ping in
            let place = turn.house.directory.name(of: ping.channel).map { "#" + $0 } ?? "gone"
            return Panel.Line(ping.key, try row(of: ping, turn).joined(with: ["where": .string(place)]))
        }
    }

    static let historyPanel = Panel(
        "pings.history", "Past pings", "What came of each ping", access: .moderate, tables: ["pings_fires", "pings_mentions"],
        columns: [
            .init("at_ms", "When", .time), .init("ping", "Ping", .number), .init("outcome", "Outcome", .text),
            .init("mentioned", "Mentioned", .number), .init("answered", "Answered", .number), .init("note", "Note", .text),
        ],
        empty: "No ping has come yet. pings fire posts one now."
    ) { turn in
        try historyRows(nil, from: 0, limit: 200, turn).map { Panel.Line($0["id"]?.line ?? "", $0) }
    }
}
