internal import Shared

/// What a dry run says would happen.
struct Plan: Hashable, Sendable {
    var changes: [String]
    var effects: [String]
    /// There is no command that takes it back.
    var isFinal: Bool
    /// The daemon wants a proof that exactly this is meant.
    var confirm: String?
    /// When it would come, where it is something that comes.
    var coming: [Instant]
    /// The zone that its times are meant in.
    var zone: String?

    init(_ result: JSON) {
        let differing = (result["changes"]?.array ?? []).filter { $0["before"] != $0["after"] }
        changes = differing.flatMap { change -> [String] in
            let key = change["key"].flatMap { $0.plain ?? $0.line } ?? ""
            return [change["table"]?.text ?? "", key].filter { !$0.isEmpty }.joined(separator: " ").asHeading
                + Difference(from: change["before"], to: change["after"]).lines.map { "  " + $0 }
        }
        effects = (result["effects"]?.array ?? []).map { $0.text ?? $0.line }
        isFinal = result["can_be_undone"]?.bool == false
        confirm = result["confirm"]?.text
        coming = (result["reply"]?["times_ms"]?.array ?? []).compactMap(\.int).map { Instant(milliseconds: $0) }
        zone = result["reply"]?["zone"]?.text
    }

    /// The next times on the viewer's clock and, where that is another, on the server's; with a word where clocks change between.
    func times(_ clock: Clock, there: Zone?) -> [String] {
        guard !coming.isEmpty else { return [] }
        let shown = coming.prefix(5)
        let isElsewhere = there.map { zone in shown.contains { zone.wallTime(at: $0) != clock.wall($0) } } ?? false
        let lines = shown.map { moment -> String in
            let here = Numbers.dayAndTime(clock.wall(moment))
            guard isElsewhere, let there else { return "  " + here }
            return "  " + here + "   there " + Numbers.dayAndTime(there.wallTime(at: moment))
        }
        let offsets = Set(shown.compactMap { there?.offsetSeconds(at: $0) })
        let head = isElsewhere ? "It would come, on your clock and in \(zone ?? ""):" : "It would come:"
        return [head] + lines + (offsets.count > 1 ? ["  The clocks there change in between."] : [])
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
