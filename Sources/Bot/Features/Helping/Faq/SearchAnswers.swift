internal import Kit
internal import Shared

extension Faq {
    /// What is suggested unasked has to be near; what is searched for may be farther.
    package static let nearEnough = 0.27
    private static let worthShowing = 0.08

    /// TKT-07: what may answer somebody who is about to open a ticket.
    static let known = KnownAnswerReading { turn, text, most in
        try ranked(text, turn).filter { $0.likeness >= nearEnough }.prefix(most).map {
            KnownAnswerReading.Known(id: $0.entry.id, question: $0.entry.question, answer: $0.entry.answer)
        }
    }

    static func ranked(_ text: String, _ turn: Turn) throws -> [(entry: FaqEntry, likeness: Double)] {
        let guild = try turn.requireGuild()
        let entries = try FaqRows.all(of: guild, .approved, in: turn.store)
        let likeness = Likeness(entries.map { $0.question + "\n" + $0.answer })
        let asked = likeness.vector(text)
        return entries.map { entry in
            // The question says what it is about, the answer often in other words.
            let question = likeness.vector(entry.question).cosine(asked)
            return (entry, max(question, 0.7 * likeness.vector(entry.question + "\n" + entry.answer).cosine(asked)))
        }.sorted { ($0.1, $1.0.id) > ($1.1, $0.0.id) }
    }

    static let search = Command(
        "faq.search", "Looks for an answer among those that staff have written down", changes: false,
        returns: .record(["rows": .list(entryShape)]), example: "text: how do levels work",
        .text("text", "What you want to know", longest: 500)
    ) { turn, text in
        let words = text.lowercased()
        let found = try ranked(text, turn).filter {
            $0.likeness >= worthShowing || $0.entry.question.lowercased().contains(words)
                || $0.entry.answer.lowercased().contains(words)
        }.prefix(5).map(\.entry)
        return .done(FaqText.found(found), data: ["rows": .array(found.map { row(of: $0, turn) })])
    }

    static let list = Command(
        "faq.list", "All that was asked often, with its answers", changes: false,
        returns: .record(["rows": .list(entryShape), "next": .text]), .limit(10), .cursor
    ) { turn, limit, cursor in
        let all = try FaqRows.all(of: try turn.requireGuild(), .approved, in: turn.store)
        let page = Array(all.dropFirst(cursor.offset).prefix(limit))
        let next = all.count > cursor.offset + limit ? Cursor(offset: cursor.offset + limit).text : nil
        return .page(
            FaqText.list(page, of: all.count),
            data: .fields([
                "rows": .array(page.map { row(of: $0, turn) }), "next": next.map { .string($0) },
            ]), next: next)
    }

    static let helped = Command(
        "faq.helped", "Says that an answer helped you", isPrivate: true, isForMembers: true, changes: true, returns: entryShape,
        example: "1", whichEntry
    ) { turn, id in
        var entry = try FaqRows.require(id, turn)
        guard entry.state == .approved else {
            throw Refusal(.notFound, "There is no answer \(id) here any more.", field: "id")
        }
        let isNew =
            try turn.store.run(
                """
                INSERT INTO faq_thanks (entry, guild, member, at)
                VALUES (\(entry.id), \(entry.guild), \(try turn.requireMember()), \(turn.now)) ON CONFLICT DO NOTHING
                """) > 0
        if isNew {
            entry.helped += 1
            try FaqRows.update(entry, in: turn.store)
            turn.change("thanks for \(entry.subject)", from: .int(entry.helped - 1), to: .int(entry.helped))
        }
        return .done(FaqText.thanked(), data: row(of: entry, turn))
    }

    /// TKT-06: everything, for a page elsewhere.
    static let export = Command(
        "faq.export", "All answers as a file: JSON, or Markdown for a page", access: .manageGuild, changes: false,
        returns: .record(["rows": .list(entryShape), "file": .text]), example: "format: markdown",
        .choice("format", "json or markdown", [Choice("json", "json"), Choice("markdown", "markdown")], default: "json")
    ) { turn, format in
        let entries = try FaqRows.all(of: try turn.requireGuild(), .approved, in: turn.store)
        let rows = JSON.array(entries.map { row(of: $0, turn) })
        let text = format == "json" ? rows.line : FaqText.markdown(entries)
        return Reply(
            .file(name: format == "json" ? "faq.json" : "faq.md", bytes: Array(text.utf8)), FaqText.exported(entries.count),
            data: ["rows": rows, "file": .string(text)])
    }

    static let whichEntry: Parameter<Int> = .whole("id", "Its number, as faq list shows it", 1...Int.max)

    static let entryShape = Shape.record([
        "id": .whole, "question": .text, "answer": .text, "state": .text, "tickets": .whole, "helped": .whole,
        "author": .named, "changed_ms": .instant, "version": .whole, "wants": .text,
    ])

    static func row(of entry: FaqEntry, _ turn: Turn) -> JSON {
        let tickets = entry.topic.flatMap { topic in
            try? turn.store.first(
                "SELECT COUNT(*) FROM faq_questions WHERE guild = \(entry.guild) AND topic = \(topic)", { $0.int(0) })
        }
        return .fields([
            "id": .int(entry.id), "question": .string(entry.question), "answer": .string(entry.answer),
            "state": .string(entry.state.rawValue), "tickets": tickets.map { .int($0) }, "helped": .int(entry.helped),
            "author": entry.author.map { turn.named($0) }, "changed_ms": .int(entry.changed.milliseconds),
            "version": .int(entry.version),
        ])
    }
}
