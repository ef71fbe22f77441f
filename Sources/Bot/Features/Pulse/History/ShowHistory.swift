internal import Kit
internal import Shared

extension History {
    static let show = Command(
        "history.show", "How far the history of each channel has been read", access: .moderate, changes: false,
        returns: .record(["rows": .list(rowShape), "messages": .whole, "reading": .whole])
    ) { turn in
        let all = try turn.past()
        return .done(
            HistoryText.shown(all),
            data: [
                "rows": .array(all.map { row(of: $0, turn) }), "messages": .int(Int64(all.reduce(0) { $0 + $1.messages })),
                "reading": .int(Int64(all.count { $0.state == .reading })),
            ])
    }

    static let rowShape = Shape.record([
        "channel": .named, "state": .text, "part": .whole, "messages": .whole, "since_ms": .instant, "reached_ms": .instant,
        "note": .text,
    ])

    static func row(of past: Past, _ turn: Turn) -> JSON {
        .fields([
            "channel": turn.named(past.channel), "state": .string(past.state.rawValue), "part": .int(Int64(past.part / 10)),
            "messages": .int(Int64(past.messages)), "since_ms": .int(past.since.milliseconds),
            "reached_ms": .int(past.reached.milliseconds), "note": past.note.map(JSON.string),
        ])
    }

    static let panel = Panel(
        "history.channels", "History", "How far what was said before the bot came has been read", access: .moderate,
        tables: ["house_past"],
        columns: [
            .init("channel", "Channel", .text), .init("state", "State", .state), .init("part", "Read", .percent),
            .init("messages", "Messages", .number), .init("since_ms", "Since", .time), .init("note", "Note", .text),
        ],
        actions: [.init("history.start", "Go on", [:]), .init("history.stop", "Stop", [:])],
        empty: "No history has been read. history preview says what that would take."
    ) { turn in
        try turn.past().map { Panel.Line($0.channel.description, row(of: $0, turn)) }
    }
}
