internal import Kit
internal import Shared

extension Silence {
    static let configured = [
        kind("silenced members", "Who is left out of counting and pings", "member", .member),
        kind("silenced channels", "Where nothing is counted and nobody mentioned", "channel", .channel),
    ]

    private static let fields = [
        Configured.Field(until) { ($0 ?? nil).map { .string($0.rfc3339) } ?? "none" },
        Configured.Field(why) { .string($0) },
    ]

    private static func kind(_ heading: String, _ summary: String, _ target: String, _ reference: Outline.Kind) -> Configured {
        Configured(
            heading, summary, .about(reference), fields: fields,
            read: { turn in
                try SilentSpan.standing(in: try turn.requireGuild(), at: turn.now + turn.late, turn.store)
                    .filter { $0.target.kind == target }.map { one in
                        Configured.Record(
                            String(one.target.number),
                            ["until": one.ends.map { .string($0.rfc3339) } ?? "none", "reason": .string(one.reason)])
                    }
            },
            make: { turn, record in steps(for: record, record, target, turn) },
            change: { turn, old, new in
                steps(
                    for: new, Configured.Record(new.name, .object(old.values).joined(with: .object(new.values))), target, turn)
            },
            remove: { _, record in .run("silence.end", .object(JSON.Object([(target, .string(record.name))]))) })
    }

    private static func steps(
        for record: Configured.Record, _ whole: Configured.Record, _ target: String, _ turn: Turn
    ) -> Configured.Steps {
        let end = whole["until"]?.text.flatMap { Instant(rfc3339: $0) }
        if let end, end <= turn.now + turn.late { return .leave(because: "It was over \(end.rfc3339).") }
        var arguments: [(key: String, value: JSON)] = [(target, .string(record.name))]
        for key in ["until", "reason"] { if let value = whole[key] { arguments.append((key, value)) } }
        return .run("silence.add", .object(JSON.Object(arguments)))
    }
}
