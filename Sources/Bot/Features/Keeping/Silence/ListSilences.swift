internal import Kit
internal import Shared

extension Silence {
    static let list = Command(
        "silence.list", "Who and what is left out of counting and pings, and until when", access: .moderate, changes: false,
        returns: .record(["rows": .list(spanShape)])
    ) { turn in
        let spans = try SilentSpan.standing(in: try turn.requireGuild(), at: turn.now, turn.store)
        return .done(SilenceText.list(spans), data: ["rows": .array(spans.map { $0.json(turn) })])
    }

    static let panel = Panel(
        "silence.list", "Silences", "Who and what is left out of counting and pings", access: .moderate,
        tables: ["silence_spans"],
        columns: [
            .init("kind", "Kind", .text), .init("name", "Who or where", .text), .init("began_ms", "Since", .time),
            .init("ends_ms", "Until", .time), .init("reason", "Why", .text),
        ], actions: [.init("silence.end", "End", ["member": "member", "channel": "channel"])], refresh: 60.seconds,
        empty: "Nobody is silenced. silence add leaves somebody out for a time."
    ) { turn in
        try SilentSpan.standing(in: try turn.requireGuild(), at: turn.now, turn.store).map { span in
            Panel.Line(String(span.id), span.json(turn))
        }
    }

    static let spanShape = Shape.record([
        "kind": .text, "member": .id, "channel": .id, "name": .text, "began_ms": .instant, "ends_ms": .instant, "reason": .text,
    ])
}

extension SilentSpan {
    func json(_ turn: Turn) -> JSON {
        let (member, channel, name): (JSON?, JSON?, String?) =
            switch target {
            case .member(let id): (.id(id), nil, turn.house.directory.name(of: id, in: turn.guild))
            case .channel(let id): (nil, .id(id), turn.house.directory.name(of: id).map { "#" + $0 })
            }
        return .fields([
            "kind": .string(target.kind), "member": member, "channel": channel,
            "name": .string(name ?? String(target.number)), "began_ms": .int(began.milliseconds),
            "ends_ms": ends.map { .int($0.milliseconds) }, "reason": .string(reason),
        ])
    }
}
