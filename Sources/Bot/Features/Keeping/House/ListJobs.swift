internal import Kit
internal import Shared

extension HouseFeature {
    static let jobs = Command(
        "house.jobs", "Long work: how far it is and how it ended", access: .moderate, scope: .house, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "job": .text, "item": .text, "done": .whole, "whole": .whole, "outcome": .text, "changed_ms": .instant,
                ]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = try jobRows(turn)
        return .done(HouseText.jobs(rows), data: ["rows": .array(rows)])
    }

    static let timers = Command(
        "house.timers", "What is due next", access: .moderate, scope: .house, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "job": .text, "item": .text, "guild": .named, "due_ms": .instant, "rule": .text, "tries": .whole,
                    "every_ms": .duration,
                ]))
        ]), example: "20",
        .whole("top", "How many", 1...500, default: 50)
    ) { turn, top in
        try keepersOnly(turn)
        let rows = try timerRows(top, turn)
        return .done(HouseText.timers(rows), data: ["rows": .array(rows)])
    }

    static let jobsPanel = Panel(
        "house.jobs", "Jobs", "Long work and how far it is", access: .moderate, scope: .house, tables: ["house_jobs"],
        columns: [
            .init("job", "Job", .text), .init("item", "For", .text), .init("part", "Done", .percent),
            .init("outcome", "Outcome", .text), .init("changed_ms", "Changed", .time),
        ],
        empty: "No long work was done lately."
    ) { turn in
        try jobRows(turn).map { Panel.Line("\($0["job"]?.text ?? "")/\($0["item"]?.text ?? "")", $0) }
    }

    static let timersPanel = Panel(
        "house.timers", "Due next", "What is due next, the soonest first", access: .moderate, scope: .house,
        tables: ["house_timers"],
        columns: [
            .init("due_ms", "Due", .time), .init("job", "Job", .text), .init("item", "For", .text),
            .init("guild", "Server", .member), .init("every_ms", "Every", .duration), .init("tries", "Tries", .number),
        ],
        empty: "Nothing is due.", .whole("top", "How many", 1...500, default: 100)
    ) { turn, top in
        try timerRows(top, turn).map { row in
            let parts = [row["job"]?.text, row["item"]?.text, row["guild"]?["id"]?.plain]
            return Panel.Line(parts.map { $0 ?? "" }.joined(separator: "/"), row)
        }
    }

    private static func timerRows(_ top: Int, _ turn: Turn) throws -> [JSON] {
        try rows(
            "SELECT job, item, guild, due, recurrence, tries FROM house_timers ORDER BY due, job, item LIMIT \(top)", turn
        ) { row in
            .fields([
                "job": .string(row.text(0)), "item": .string(row.text(1)), "guild": name(row.id(2), turn),
                "due_ms": .int(row.int(3)), "rule": row.json(4)["rule"], "tries": .int(row.int(5)),
                "every_ms": turn.house.catalogue.job(row.text(0))?.every.map { .int($0.milliseconds) },
            ])
        }
    }

    private static func jobRows(_ turn: Turn) throws -> [JSON] {
        try rows(
            "SELECT job, item, done, whole, outcome, changed FROM house_jobs ORDER BY changed DESC, job, item LIMIT 200", turn
        ) { row in
            .fields([
                "job": .string(row.text(0)), "item": .string(row.text(1)), "done": .int(row.int(2)),
                "whole": .int(row.int(3)), "part": row.int(3) > 0 ? .int(row.int(2) * 100 / row.int(3)) : nil,
                "outcome": row.optionalText(4).map(JSON.string), "changed_ms": .int(row.int(5)),
            ])
        }
    }
}
