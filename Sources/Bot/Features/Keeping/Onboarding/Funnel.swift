internal import Kit
internal import Shared

/// Where people stop: for each step, how many came to it and how many went no further.
struct Funnel {
    struct Line {
        var key: String
        var step: String
        var reached: Int
        var stopped: Int
        /// Of those who stopped, so many have left the server.
        var left: Int
    }

    private(set) var lines: [Line] = []

    /// Of those who joined in the last so many days.
    init(days: Int, _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let from = turn.now + turn.late - days.days
        var stages: [Journey.Stage: (count: Int, left: Int)] = [:]
        var stops: [Int64: (count: Int, left: Int)] = [:]
        try turn.store.each(
            """
            SELECT stage, question, COUNT(*), COUNT(left_at) FROM onboarding_journeys
            WHERE guild = \(guild) AND joined >= \(from) GROUP BY stage, question
            """
        ) { row in
            let stage = Journey.Stage(rawValue: row.text(0)) ?? .joined
            let counts = (Int(row.int(2)), Int(row.int(3)))
            stages[stage, default: (0, 0)].count += counts.0
            stages[stage, default: (0, 0)].left += counts.1
            if let question = row.optionalInt(1) { stops[question] = counts }
        }
        func count(_ stage: Journey.Stage) -> Int { stages[stage]?.count ?? 0 }
        func left(_ stage: Journey.Stage) -> Int { stages[stage]?.left ?? 0 }
        let all = stages.values.reduce(0) { $0 + $1.count }
        let started = all - count(.joined) - count(.screening)
        if count(.screening) > 0 {
            lines.append(
                Line(key: "screening", step: "Screening", reached: all, stopped: count(.screening), left: left(.screening)))
        }
        lines.append(
            Line(key: "joined", step: "Joined", reached: all - count(.screening), stopped: count(.joined), left: left(.joined)))
        lines.append(Line(key: "privacy", step: "Privacy", reached: started, stopped: count(.privacy), left: left(.privacy)))
        lines.append(
            Line(
                key: "rules", step: "Rules", reached: started - count(.privacy), stopped: count(.rules), left: left(.rules)))
        let answered = try Self.answered(guild, from, turn)
        let questions = try QuestionRows.all(of: guild, in: turn.store)
        for (index, question) in questions.enumerated() {
            let stop = stops[question.id] ?? (0, 0)
            lines.append(
                Line(
                    key: "question.\(question.id)", step: "\(index + 1). \(question.body.text)",
                    reached: (answered[question.id] ?? 0) + stop.count, stopped: stop.count, left: stop.left))
        }
        // Somebody may stand before a question that is not asked any more.
        let gone = stops.filter { stop in !questions.contains { $0.id == stop.key } }
        if !gone.isEmpty {
            let (stopped, left) = gone.values.reduce((0, 0)) { ($0.0 + $1.count, $0.1 + $1.left) }
            lines.append(Line(key: "gone", step: "A question that is gone", reached: stopped, stopped: stopped, left: left))
        }
        lines.append(
            Line(
                key: "review", step: "Sending it", reached: count(.review) + count(.done), stopped: count(.review),
                left: left(.review)))
        lines.append(Line(key: "done", step: "Done", reached: count(.done), stopped: 0, left: left(.done)))
    }

    /// How many answered a question and stand somewhere else now.
    private static func answered(_ guild: ID<Guild>, _ from: Instant, _ turn: Turn) throws -> [Int64: Int] {
        let rows = try turn.store.all(
            """
            SELECT a.question, COUNT(*) FROM onboarding_answers a
            JOIN onboarding_journeys j ON j.guild = a.guild AND j.member = a.member
            WHERE a.guild = \(guild) AND j.joined >= \(from) AND (j.question IS NULL OR j.question <> a.question)
            GROUP BY a.question
            """
        ) { ($0.int(0), Int($0.int(1))) }
        return Dictionary(rows) { $1 }
    }

    var rows: [JSON] {
        let all = max(1, lines.map(\.reached).max() ?? 1)
        return lines.map { line in
            .fields([
                "step": .string(line.step), "reached": .int(Int64(line.reached)), "stopped": .int(Int64(line.stopped)),
                "left": .int(Int64(line.left)), "share": .double((Double(line.reached) * 1000 / Double(all)).rounded() / 10),
            ])
        }
    }
}
