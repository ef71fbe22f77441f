internal import Kit
internal import Shared

extension Imports {
    static let preview = Command(
        "imports.preview", "What a file of levels would change: who, from what to what, and what cannot be read",
        access: .guildOwner, changes: false, returns: planShape, example: example, everybody, data
    ) { turn, everybody, text in
        let plan = try ImportPlan(text, everybody: everybody, turn)
        return .done(ImportText.preview(plan), data: row(of: plan, turn))
    }

    static let take = Command(
        "imports.take", "Takes over levels from a file; who has more already keeps it", access: .guildOwner, changes: true,
        returns: planShape, example: example, everybody,
        .yesNo("skip_bad", "Take the rest when lines cannot be read", default: false), data
    ) { turn, everybody, skipsBad, text in
        let plan = try ImportPlan(text, everybody: everybody, turn)
        if let first = plan.file.bad.first, !skipsBad {
            let others = plan.file.bad.count > 1 ? ", and \(plan.file.bad.count - 1) more cannot be read" : ""
            throw Refusal.invalid(
                "Line \(first.line) cannot be read: \(first.reason)\(others). Nothing was taken.", field: "data",
                hint: "See all of them with imports preview; skip_bad takes the rest.")
        }
        let taken = plan.taken
        guard !taken.isEmpty else { return .done(ImportText.nothing(plan), data: row(of: plan, turn)) }
        turn.touch(members: taken.count)
        let batch = try ImportRows.insert(plan, turn)
        let books = try turn.bookings()
        for line in taken {
            try books.book(
                turn,
                .init(
                    member: line.entry.member, points: line.gain, day: plan.day, reason: ImportText.reason(line.entry),
                    batch: batch))
            turn.change("points of member \(line.entry.member)", from: .points(line.before), to: .points(line.after))
        }
        var data = row(of: plan, turn)
        if case .object(var object) = data {
            object["id"] = .int(batch)
            data = .object(object)
        }
        return .done(
            ImportText.taken(plan, batch), data: data,
            undo: Invocation(command: "imports.withdraw", arguments: ["id": .int(batch)]))
    }

    private static let example = #"data: [{"id":"123456789012345678","level":5}]"#

    private static let data = Parameter<String>.text(
        "data", "What the file says: CSV with a heading, or JSON", longest: 800_000)
    private static let everybody = Parameter<Bool>.yesNo(
        "everybody", "Also those who are not known in this server", default: false)

    static let planShape = Shape.record([
        "id": .whole, "format": .text, "curve": .text, "day": .text, "taken": .whole, "left_out": .whole, "repeated": .whole,
        "rows": .list(
            .record([
                "line": .whole, "member": .named, "level_before": .whole, "level_after": .whole, "points_before": .decimal,
                "points_after": .decimal, "left_out": .text,
            ])),
        "bad": .list(.record(["line": .whole, "reason": .text])),
    ])

    private static func row(of plan: ImportPlan, _ turn: Turn) -> JSON {
        .fields([
            "format": .string(plan.file.source), "curve": .string(plan.curve),
            "day": .string(plan.day.description), "taken": .int(Int64(plan.taken.count)),
            "left_out": .int(Int64(plan.lines.count - plan.taken.count)), "repeated": .int(Int64(plan.file.repeated)),
            "rows": .array(
                plan.lines.map { line in
                    .fields([
                        "line": .int(Int64(line.entry.line)), "member": turn.named(line.entry.member),
                        "level_before": .int(Int64(line.levels.before)), "level_after": .int(Int64(line.levels.after)),
                        "points_before": .points(line.before), "points_after": .points(max(line.before, line.after)),
                        "left_out": line.leftOut.map(JSON.string),
                    ])
                }),
            "bad": .array(plan.file.bad.map { ["line": .int(Int64($0.line)), "reason": .string($0.reason)] }),
        ])
    }
}
