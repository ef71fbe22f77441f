internal import Kit
internal import Shared

extension History {
    static let preview = Command(
        "history.preview", "What reading history would take, and which channels cannot be read", access: .manageGuild,
        changes: false, returns: planShape, example: "90", days, again
    ) { turn, days, again in
        let plan = try HistoryPlan(days: days ?? turn[depth], again: again, turn)
        return .done(HistoryText.preview(plan), data: row(of: plan, turn))
    }

    static let days = Parameter<Int?>.optional(
        .whole("days", "How many days back; as history.depth says when left out", 1...3650))

    static let again = Parameter<Bool>.yesNo(
        "again", "Also what was read or heard before; nothing is counted twice", default: false)

    static let planShape = Shape.record([
        "days": .whole, "since_ms": .instant, "channels": .whole, "read_already": .whole, "messages": .whole,
        "requests": .whole, "minutes": .whole, "not_counted": .list(.text),
        "rows": .list(.record(["channel": .named, "from_ms": .instant, "until_ms": .instant])),
        "unread": .list(.record(["channel": .named, "reason": .text])),
    ])

    static func row(of plan: HistoryPlan, _ turn: Turn) -> JSON {
        .fields([
            "days": .int(Int64(plan.days)), "since_ms": plan.since.map { .int($0.milliseconds) },
            "channels": .int(Int64(plan.lines.count)), "read_already": .int(Int64(plan.done)),
            "messages": plan.messages.map { .int(Int64($0)) }, "requests": .int(Int64(plan.requests)),
            "minutes": .int(Int64(plan.minutes)), "not_counted": .array(HistoryText.notTold.map(JSON.string)),
            "rows": .array(
                plan.lines.map { line in
                    [
                        "channel": turn.named(line.channel), "from_ms": .int(line.stretch.lowerBound.milliseconds),
                        "until_ms": .int(line.stretch.upperBound.milliseconds),
                    ]
                }),
            "unread": .array(
                plan.unread.map { ["channel": turn.named($0.channel), "reason": .string($0.reason)] }),
        ])
    }
}
