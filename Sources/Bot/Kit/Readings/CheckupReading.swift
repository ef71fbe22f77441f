internal import Shared

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
    /// Of the commands that mend it the one that always can; it ends the fix.
    package let run: Invocation?

    package init(_ key: String, _ state: Sign.State, _ what: String, fix: String, run: Invocation? = nil) {
        self.key = key
        self.state = state
        self.what = what
        self.fix = run.map { fix + " " + $0.line } ?? fix
        self.run = run
    }

    /// A sentence with its remedy behind it, as features tell their troubles.
    package init(_ key: String, _ state: Sign.State, trouble: String, run: Invocation? = nil) {
        let parts = trouble.split(separator: ". ", maxSplits: 1).map(String.init)
        let isWhole = parts.count == 1
        let fix = isWhole ? "" : parts[1]
        self.init(
            key, state, isWhole ? trouble : parts[0] + ".", fix: run == nil ? fix : fix + (fix.isEmpty ? "Run:" : " Or:"),
            run: run)
    }
}

extension Invocation {
    /// As somebody writes it: "house unset name: events.channel".
    package var line: String {
        let words = command.split(separator: ".").joined(separator: " ")
        return (arguments.object?.members ?? []).reduce(words) { line, one in
            let value = one.value.plain ?? one.value.line
            let isWord = !value.isEmpty && !value.contains(where: \.isWhitespace)
            return line + " \(one.key): " + (isWord ? value : "\"\(value)\"")
        }
    }
}
