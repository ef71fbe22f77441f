/// What a feature finds in the turn's guild that does not work, or soon will not, before anybody stumbles over it.
package struct CheckupReading: Reading {
    package let findings: @Sendable (Turn) throws -> [Symptom]
    package init(findings: @escaping @Sendable (Turn) throws -> [Symptom]) { self.findings = findings }
}

/// Something that is wrong, and what mends it.
package struct Symptom: Hashable, Sendable {
    /// The same fault has the same key as long as it lasts, such as "pings.4".
    package var key: String
    package var state: Sign.State
    package var what: String
    package var fix: String

    package init(_ key: String, _ state: Sign.State, _ what: String, fix: String) {
        self.key = key
        self.state = state
        self.what = what
        self.fix = fix
    }

    /// A sentence with its remedy behind it, as features tell their troubles.
    package init(_ key: String, _ state: Sign.State, trouble: String) {
        let parts = trouble.split(separator: ". ", maxSplits: 1).map(String.init)
        let isWhole = parts.count == 1
        self.init(key, state, isWhole ? trouble : parts[0] + ".", fix: isWhole ? "" : parts[1])
    }
}
