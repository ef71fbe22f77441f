internal import Kit
internal import Shared

/// What a member answered, with the words as they were asked and chosen at that time.
struct GivenAnswer: Hashable, Codable, Sendable {
    struct Pick: Hashable, Codable, Sendable {
        var key: Int
        var label: String
        var followUp: String?
        var more: String?
    }

    enum Value: Hashable, Codable, Sendable {
        case chosen([Pick])
        case written(String)
        case skipped
    }

    var asked: String
    /// Whether one was to be chosen, and not a list.
    var isOne = false
    var value: Value

    var keys: [Int] { if case .chosen(let picks) = value { picks.map(\.key) } else { [] } }

    /// As people read it.
    var words: String {
        switch value {
        case .skipped: "–"
        case .written(let text): text
        case .chosen(let picks):
            picks.isEmpty
                ? "–" : picks.map { pick in pick.more.map { "\(pick.label) (\($0))" } ?? pick.label }.joined(separator: ", ")
        }
    }

    /// As programs read it: a text, a list, or a record with what was asked and answered further.
    var json: JSON {
        switch value {
        case .skipped: .null
        case .written(let text): .string(text)
        case .chosen(let picks):
            isOne ? picks.first.map(Self.json) ?? .null : .array(picks.map(Self.json))
        }
    }

    private static func json(_ pick: Pick) -> JSON {
        guard let more = pick.more else { return .string(pick.label) }
        return .fields([
            "choice": .string(pick.label), "followup": .string(more), "followup_label": pick.followUp.map { .string($0) },
        ])
    }
}
