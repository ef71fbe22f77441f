internal import Kit
internal import Shared

extension Onboarding {
    /// ONB-06, PRV-03: how far somebody came, and what they answered, as programs read it.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        func moment(_ row: any Row, _ column: Int) -> JSON? {
            row.optionalInt(column).map { .string(Instant(milliseconds: $0).rfc3339) }
        }
        let journeys = try turn.store.all(
            """
            SELECT guild, joined, stage, started, accepted, rules, finished, reminders, left_at FROM onboarding_journeys
            WHERE member = \(member) \(place) ORDER BY guild
            """
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "joined": moment(row, 1), "stage": .string(row.text(2)),
                "started": moment(row, 3), "rules_accepted": moment(row, 4),
                "rules_version": row.optionalInt(5).map { .int($0) }, "finished": moment(row, 6),
                "reminders": .int(row.int(7)), "left": moment(row, 8),
            ])
        }
        let answers = try turn.store.all(
            "SELECT guild, question, answer, at FROM onboarding_answers WHERE member = \(member) \(place) ORDER BY guild, at"
        ) { row in
            let answer: GivenAnswer = try row.json(2).decoded()
            return JSON.fields([
                "guild": .string(row.text(0)), "question": .int(row.int(1)), "asked": .string(answer.asked),
                "answer": answer.json, "at": moment(row, 3),
            ])
        }
        let removals = try turn.store.all(
            "SELECT guild, at, outcome, why FROM onboarding_removals WHERE member = \(member) \(place) ORDER BY at"
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "at": moment(row, 1), "outcome": .string(row.text(2)),
                "why": .string(row.text(3)),
            ])
        }
        return ["journeys": .array(journeys), "answers": .array(answers), "removals": .array(removals)]
    }

    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        return try AnswerRows.forget(member, in: turn.guild, turn.store)
            + turn.store.run("DELETE FROM onboarding_journeys WHERE member = \(member) \(place)")
            + turn.store.run("DELETE FROM onboarding_removals WHERE member = \(member) \(place)")
    }
}
