internal import Kit
internal import Shared

extension Outline {
    /// Enough for a flag, a form field and its completion.
    var json: JSON {
        let details = details
        return .fields([
            "name": .string(name), "summary": .string(summary), "kind": .string(details.kind), "required": .bool(isRequired),
            "default": standard, "min": details.least, "max": details.most, "unit": details.unit.map(JSON.string),
            "choices": choices.map { .array($0.map(\.json)) }, "completes": .bool(completes),
            "document": isDocument ? true : nil,
        ])
    }

    private struct Details {
        var kind: String
        var least: JSON?
        var most: JSON?
        var unit: String?
    }

    private var details: Details {
        switch kind {
        case .text(let longest): Details(kind: "text", most: .int(Int64(longest)))
        case .whole(let range):
            Details(kind: "whole", least: .int(Int64(range.lowerBound)), most: .int(Int64(range.upperBound)))
        case .decimal(let range): Details(kind: "decimal", least: .double(range.lowerBound), most: .double(range.upperBound))
        case .yesNo: Details(kind: "yes_no")
        case .choice: Details(kind: "choice")
        case .duration(let range, let bare):
            Details(
                kind: "duration", least: .string(range.lowerBound.spelled), most: .string(range.upperBound.spelled),
                unit: bare.rawValue)
        case .date: Details(kind: "date")
        case .member: Details(kind: "member")
        case .role: Details(kind: "role")
        case .channel: Details(kind: "channel")
        case .message: Details(kind: "message")
        case .emoji: Details(kind: "emoji")
        case .colour: Details(kind: "colour")
        case .file: Details(kind: "file")
        case .lookup: Details(kind: "lookup")
        }
    }

    var choices: [Choice]? { if case .choice(let choices) = kind { choices } else { nil } }

    var completes: Bool {
        switch kind {
        case .choice, .yesNo, .member, .role, .channel, .lookup: true
        default: false
        }
    }
}

extension Choice {
    var json: JSON { ["value": .string(value), "label": .string(label)] }
}
