/// One row of a key table: the keys, what they do in a word, and why not now. The key bar, the help, the documentation and the
/// dispatch all read the same row.
struct Binding: Hashable, Sendable {
    var keys: [Key]
    var hint: String
    var intent: Intent
    /// The reason why this does nothing now.
    var off: String?
    /// Whether it is worth a place in the key bar.
    var inBar: Bool

    init(_ keys: Key..., hint: String, _ intent: Intent, off: String? = nil, inBar: Bool = true) {
        self.keys = keys
        self.hint = hint
        self.intent = intent
        self.off = off
        self.inBar = inBar
    }

    var label: String { keys.first?.name ?? "" }
    var allLabels: String { keys.map(\.name).joined(separator: " ") }
}

/// Everything a key can ask for.
enum Intent: Hashable, Sendable {
    case quit, suspend, repaint, back, help, palette
    case go(Place)
    case prefix
    case move(Int), page(Int), sideways(Int), top, bottom
    case tab(Int), filter, sort, reverse, freeze, period, step(Int), numbers, today, metric, compare, ladder, mouse, lock
    case open, why, switchGuild, rowActions, copy, mark, undo
    /// What a table's rows can do, by the verb's key.
    case verb(Key)
    case accept, nextField, previousField, cycle(Int), nextCandidate(Int), preview, submit, answer(Bool)
}
