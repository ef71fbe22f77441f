internal import Shared

/// A key for what many tables' rows can do: the last word of the command says which it is. A command that a later feature names
/// in the same way has the key from the first day; all others are behind `x` and `:`.
struct RowVerb: Hashable, Sendable {
    var key: Key
    var words: [String]
    var hint: String
    /// What takes something away: a capital letter, a difference first, and a typed word.
    var isGrave = false

    static let all = [
        RowVerb(key: .character("n"), words: ["add", "create", "start", "schedule", "open"], hint: "new"),
        RowVerb(key: .character("e"), words: ["edit", "set", "override", "resolve"], hint: "edit"),
        RowVerb(key: .character("d"), words: ["plan", "simulate"], hint: "dry run"),
        RowVerb(key: .character("w"), words: ["why", "check"], hint: "why"),
        RowVerb(key: .character("v"), words: ["preview", "test"], hint: "preview as members see it"),
        RowVerb(key: .character("f"), words: ["fire", "post", "announce"], hint: "post it now"),
        RowVerb(key: .character("m"), words: ["remind", "nudge"], hint: "remind"),
        RowVerb(key: .character("z"), words: ["skip", "snooze", "delay"], hint: "skip one"),
        RowVerb(key: .character("P"), words: ["pause", "resume", "disable", "enable"], hint: "pause, or go on"),
        RowVerb(key: .character("A"), words: ["apply"], hint: "apply", isGrave: true),
        RowVerb(key: .character("H"), words: ["history", "runs"], hint: "history"),
        RowVerb(key: .character("C"), words: ["clone", "copy"], hint: "clone"),
        RowVerb(key: .character("X"), words: ["export"], hint: "export"),
        RowVerb(key: .character("V"), words: ["verify"], hint: "verify"),
        RowVerb(key: .character("E"), words: ["erase", "purge"], hint: "erase", isGrave: true),
        RowVerb(
            key: .character("D"),
            words: ["remove", "delete", "cancel", "disconnect", "drop", "end", "revoke", "take", "clear_faults", "unset"],
            hint: "remove", isGrave: true),
    ]

    /// The verb of a command, where it has one.
    static func of(_ method: String) -> RowVerb? {
        let last = method.split(separator: ".").last.map(String.init) ?? method
        return all.first { $0.words.contains(last) }
    }
}

extension ControlPanel {
    /// What this key does with a row: of pause and resume the one that its state leaves open.
    func action(for verb: RowVerb, _ row: JSON?) -> RowAction? {
        let fitting = actions.filter { RowVerb.of($0.method) == verb }
        guard fitting.count > 1, let state = row?["state"]?.text ?? row?["on"]?.plain else { return fitting.first }
        let isResting = ["paused", "off", "no"].contains(state)
        let waking = ["resume", "enable"]
        return fitting.first { action in waking.contains { action.method.hasSuffix("." + $0) } == isResting } ?? fitting.first
    }
}
