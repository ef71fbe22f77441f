internal import Kit
internal import Shared

/// What staff are told of silences.
enum SilenceText {
    static func added(_ span: SilentSpan) -> Card {
        let until: Phrase = span.ends.map { "until \($0)" } ?? "until you end it with silence end"
        return Card(text: "\(name(span)) is left out of counting and pings \(until).", tone: .good)
    }

    static func ended(_ span: SilentSpan) -> Card {
        Card(text: "\(name(span)) is counted and mentioned again.", tone: .good)
    }

    static func list(_ spans: [SilentSpan]) -> Card {
        let lines = spans.map { span -> Phrase in
            let until: Phrase = span.ends.map { "until \($0)" } ?? "until it is ended"
            let why: Phrase = span.reason.isEmpty ? "" : ": \(span.reason)"
            return "\(name(span))  \(until)\(why)"
        }
        return Card("Left out of counting and pings", text: lines.isEmpty ? "Nobody and nothing." : .lines(lines))
    }

    private static func name(_ span: SilentSpan) -> Phrase {
        switch span.target {
        case .member(let id): "\(id)"
        case .channel(let id): "\(id)"
        }
    }
}
