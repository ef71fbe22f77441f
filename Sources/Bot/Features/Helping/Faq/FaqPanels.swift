internal import Kit
internal import Shared

extension Faq {
    static let entriesPanel = Panel(
        "faq.entries", "FAQ", "Proposals first, then what members find", access: .manageGuild,
        tables: ["faq_entries", "faq_questions"],
        columns: [
            .init("id", "#", .number), .init("state", "State", .state), .init("question", "Question", .text),
            .init("answer", "Answer", .text), .init("tickets", "Tickets", .number), .init("helped", "Helped", .number),
            .init("changed_ms", "Changed", .time),
        ],
        actions: [
            .init("faq.approve", "Add to FAQ", ["id": "id"]),
            .init("faq.edit", "Edit", ["id": "id", "question": "question", "answer": "answer"]),
            .init("faq.reject", "Leave it", ["id": "id"]), .init("faq.remove", "Remove", ["id": "id"]),
        ], empty: "Nothing yet. faq add writes an answer; what is asked often is proposed by itself."
    ) { turn in
        let guild = try turn.requireGuild()
        let all = try FaqRows.all(of: guild, .proposed, in: turn.store) + FaqRows.all(of: guild, .approved, in: turn.store)
        return all.map { Panel.Line(String($0.id), row(of: $0, turn)) }
    }

    static let topicsPanel = Panel(
        "faq.topics", "What is asked", "Closed tickets that are about the same, the most frequent first", access: .moderate,
        tables: ["faq_questions"],
        columns: [
            .init("topic", "#", .id), .init("tickets", "Tickets", .number), .init("question", "Question", .text),
            .init("last_ms", "Last", .time),
        ], empty: "No ticket was summed up yet."
    ) { turn in
        let guild = try turn.requireGuild()
        let topics = try turn.store.all(
            """
            SELECT topic, COUNT(*), MAX(at) FROM faq_questions WHERE guild = \(guild) GROUP BY topic
            ORDER BY 2 DESC, 3 DESC LIMIT 100
            """
        ) { (topic: $0.int(0), count: $0.int(1), last: $0.int(2)) }
        return try topics.map { one in
            let title = central(try questions(of: one.topic, in: guild, turn))?.title ?? ""
            return Panel.Line(
                String(one.topic),
                [
                    "topic": .int(one.topic), "tickets": .int(one.count), "question": .string(title), "last_ms": .int(one.last),
                ])
        }
    }
}
