internal import Kit

/// Prepared statements by their words, the least lately used forgotten first; those of the hot path by the address of
/// their words, and for ever, since a program has only so many.
struct StatementCache {
    private let capacity: Int
    private var byText: [String: (statement: Statement, used: UInt64)] = [:]
    private var byAddress: [UnsafeRawPointer: Statement] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int) { self.capacity = capacity }

    /// A statement that nobody is using; one that is in the middle of its rows is left alone.
    mutating func statement(_ text: String, on handle: Handle) throws(StoreError) -> Statement {
        clock += 1
        if let known = byText[text] {
            if known.statement.isBusy { return try handle.prepare(text, lasts: false) }
            byText[text]?.used = clock
            return known.statement
        }
        let made = try handle.prepare(text, lasts: true)
        if byText.count >= capacity { forgetOldest() }
        byText[text] = (made, clock)
        return made
    }

    mutating func statement(_ words: StaticString, on handle: Handle) throws(StoreError) -> Statement {
        guard words.hasPointerRepresentation else { return try statement(words.description, on: handle) }
        let address = UnsafeRawPointer(words.utf8Start)
        if let known = byAddress[address] {
            return known.isBusy ? try handle.prepare(words.description, lasts: false) : known
        }
        let made = try handle.prepare(words.description, lasts: true)
        byAddress[address] = made
        return made
    }

    private mutating func forgetOldest() {
        if let oldest = byText.min(by: { $0.value.used < $1.value.used }) { byText[oldest.key] = nil }
    }
}
