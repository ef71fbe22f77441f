internal import Kit
internal import Shared

extension Topics {
    static let stock = Command(
        "topics.stock", "Phrased topics that lie ready, and what asking for them has taken today", access: .manageGuild,
        isPrivate: true, changes: false,
        returns: .record([
            "rows": .list(stockShape), "model": .text, "requests": .whole, "tokens": .whole, "most_requests": .whole,
            "most_tokens": .whole, "kept": .whole, "refused": .whole, "failed": .whole,
        ])
    ) { turn in
        let guild = try turn.requireGuild()
        let rows = try stockRows(guild, turn)
        let spent = try Spending.today(guild, turn)
        let model = turn[phrasing] ? turn.house.vitals.facts.oracle : nil
        return .done(
            TopicText.stock(rows, spent, model: model, requests: turn[requests], tokens: turn[tokens]),
            data: .fields([
                "rows": .array(rows), "model": model.map { .string($0) }, "requests": .int(spent.requests),
                "tokens": .int(spent.tokens), "most_requests": .int(Int64(turn[requests])),
                "most_tokens": .int(Int64(turn[tokens])), "kept": .int(spent.kept), "refused": .int(spent.refused),
                "failed": .int(spent.failed),
            ]))
    }

    private static let stockShape = Shape.record([
        "category": .text, "ready": .whole, "asked_ms": .instant, "state": .text, "trouble": .text,
    ])

    private static func stockRows(_ guild: ID<Guild>, _ turn: Turn) throws -> [JSON] {
        let ready = Dictionary(
            try turn.store.all("SELECT category, COUNT(*) FROM topics_stock WHERE guild = \(guild) GROUP BY category") {
                ($0.text(0), $0.int(1))
            }
        ) { $1 }
        return try turn.store.all(
            "SELECT category, asked, waiting, trouble FROM topics_supplies WHERE guild = \(guild) ORDER BY category"
        ) { row in
            let trouble = row.optionalText(3)
            return .fields([
                "category": .string(row.text(0)), "ready": .int(ready[row.text(0)] ?? 0), "asked_ms": .int(row.int(1)),
                "state": row.flag(2) ? "asked" : trouble == nil ? "ok" : "warn", "trouble": trouble.map { .string($0) },
            ])
        }
    }

    static let stockPanel = Panel(
        "topics.stock", "Phrased topics", "What lies ready of each category, and what stands in the way", access: .moderate,
        tables: ["topics_stock", "topics_supplies"],
        columns: [
            .init("category", "Category", .text), .init("ready", "Ready", .number), .init("asked_ms", "Asked", .time),
            .init("state", "State", .state), .init("trouble", "Trouble", .text),
        ],
        empty: "None lie ready: they need a language model, which oracle.url names."
    ) { turn in
        try stockRows(try turn.requireGuild(), turn).map { Panel.Line($0["category"]?.text ?? "", $0) }
    }

    static let budgetPanel = Panel(
        "topics.budget", "Topic budget", "What phrasing topics has taken, day by day", access: .moderate,
        tables: ["topics_spending"],
        columns: [
            .init("day", "Day", .text), .init("requests", "Requests", .number), .init("tokens", "Tokens", .number),
            .init("kept", "Kept", .number), .init("refused", "Filtered", .number), .init("failed", "Failed", .number),
        ],
        empty: "Nothing has been asked of a language model yet."
    ) { turn in
        try turn.store.all(
            """
            SELECT day, requests, tokens, kept, refused, failed FROM topics_spending WHERE guild = \(try turn.requireGuild())
            ORDER BY day DESC LIMIT 60
            """
        ) { row in
            let day = Day(number: Int32(clamping: row.int(0))).description
            return Panel.Line(
                day,
                [
                    "day": .string(day), "requests": .int(row.int(1)), "tokens": .int(row.int(2)), "kept": .int(row.int(3)),
                    "refused": .int(row.int(4)), "failed": .int(row.int(5)),
                ])
        }
    }
}
