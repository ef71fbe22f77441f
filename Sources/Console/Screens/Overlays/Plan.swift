internal import Shared

/// What a dry run says would happen.
struct Plan: Hashable, Sendable {
    var changes: [String]
    var effects: [String]
    /// There is no command that takes it back.
    var isFinal: Bool
    /// The daemon wants a proof that exactly this is meant.
    var confirm: String?

    init(_ result: JSON) {
        changes = (result["changes"]?.array ?? []).flatMap { change -> [String] in
            let key = change["key"].flatMap { $0.plain ?? $0.line } ?? ""
            return [change["table"]?.text ?? "", key].filter { !$0.isEmpty }.joined(separator: " ").asHeading
                + Difference(from: change["before"], to: change["after"]).lines.map { "  " + $0 }
        }
        effects = (result["effects"]?.array ?? []).map { $0.text ?? $0.line }
        isFinal = result["can_be_undone"]?.bool == false
        confirm = result["confirm"]?.text
    }

    var lines: [String] {
        let all = changes + effects.map { "  > " + $0 }
        guard !all.isEmpty else { return ["Nothing would change."] }
        return isFinal ? all + ["This cannot be taken back."] : all
    }
}

extension String {
    fileprivate var asHeading: [String] { isEmpty ? [] : [self] }
}
