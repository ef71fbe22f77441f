internal import Kit
internal import Shared

extension Activity {
    static let leaderboard = Command(
        "activity.leaderboard", "The most active members", also: ["leaderboard"], changes: false, returns: boardShape,
        example: "period: week",
        .oneOf("period", "Which days count", default: Period.week),
        .limit(10), .cursor
    ) { turn, period, limit, cursor in
        let board = try Board.read(period, from: cursor, limit: limit, turn).discreet(turn)
        let next = board.next
        let data = JSON.fields([
            "period": .string(period.rawValue), "day": .string(board.today.description),
            "rows": .array(board.lines.map { row(of: $0, board, turn, change: nil) }),
            "next": next.map { .string($0.text) },
        ])
        return .page(data: data, next: next?.text) {
            ActivityText.board(board, period, limit: limit, from: cursor, next: next)
        }
    }

    static let boardShape = Shape.record([
        "period": .text, "day": .text,
        "rows": .list(
            .record([
                "rank": .whole, "member": .named, "points": .decimal, "score": .decimal, "today": .decimal, "streak": .whole,
                "spark": .list(.whole), "messages": .whole, "last_ms": .instant,
            ])), "next": .text,
    ])

    static func row(of line: Board.Line, _ board: Board, _ turn: Turn, change: Int?) -> JSON {
        .fields([
            "rank": .int(Int64(line.rank)),
            "delta": change.map { .int(Int64($0)) },
            "member": turn.named(line.member, butFor: board.hidden),
            "points": decimal(line.points), "score": decimal(Int64(line.score.rounded())), "today": decimal(line.today),
            "streak": .int(Int64(line.standing.streak(on: board.today, window: turn.activityRules.window))),
            "spark": .array(line.week.map { .int($0 / 1000) }), "messages": .int(line.messages),
            "last_ms": .int(line.standing.lastAt),
        ])
    }

    /// Thousandths as a number: whole where it is whole.
    static func decimal(_ points: Int64) -> JSON { .points(points) }
}
