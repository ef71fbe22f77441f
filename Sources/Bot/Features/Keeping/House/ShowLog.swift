internal import Kit
internal import Shared

extension HouseFeature {
    static let log = Command(
        "house.log", "The last lines of the log", access: .manageGuild, scope: .house, isPrivate: true, changes: false,
        returns: .record(["rows": .list(.anything)]), example: "50",
        .whole("lines", "How many lines", 1...1000, default: 50)
    ) { turn, count in
        try keepersOnly(turn)
        let rows = turn.house.vitals.log(limit: count)
        return .done(HouseText.log(rows), data: ["rows": .array(rows)])
    }

    static let logPanel = Panel(
        "house.log", "Log", "The last lines of the log, the newest first", access: .manageGuild, scope: .house, tables: [],
        columns: [
            .init("at_ms", "When", .time), .init("state", "", .state), .init("level", "Level", .text),
            .init("room", "Room", .text), .init("message", "What", .text), .init("rest", "Details", .text),
        ],
        refresh: 1.seconds, empty: "There is nothing in the log yet.",
        .whole("lines", "How many lines", 1...1000, default: 200)
    ) { turn, count in
        try keepersOnly(turn)
        var seen: [String: Int] = [:]
        return turn.house.vitals.log(limit: count).map { row -> Panel.Line in
            let line = row.line
            seen[line, default: 0] += 1
            return Panel.Line("\(line.hashValue).\(seen[line] ?? 0)", shown(row))
        }.reversed()
    }

    /// A line of the log in columns; what it says beside its words is behind them.
    private static func shown(_ row: JSON) -> JSON {
        let level = row["level"]?.text ?? ""
        let state: Sign.State = level == "error" ? .bad : level == "warn" ? .warn : .ok
        let rest = (row.object?.members ?? []).filter { !["time", "level", "room", "message"].contains($0.key) }
        return row.joined(with: [
            "at_ms": row["time"]?.text.flatMap { Instant(rfc3339: $0) }.map { .int($0.milliseconds) } ?? .null,
            "state": .string(state.rawValue),
            "rest": .string(rest.map { "\($0.key)=\($0.value.plain ?? $0.value.line)" }.joined(separator: " ")),
        ])
    }
}
