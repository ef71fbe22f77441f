package import Shared

/// One parameter of a command, setting or panel: how it is described, and how it reads itself from whatever door.
package struct Parameter<Value: Sendable>: Sendable {
    package var outline: Outline
    /// Reads what was given.
    package var parse: @Sendable (Raw, ReadingContext) throws(Refusal) -> Value
    /// What counts when nothing was given; nil when something must be.
    package var missing: (@Sendable (ReadingContext) throws(Refusal) -> Value)?

    package init(
        _ outline: Outline, missing: (@Sendable (ReadingContext) throws(Refusal) -> Value)? = nil,
        parse: @escaping @Sendable (Raw, ReadingContext) throws(Refusal) -> Value
    ) {
        self.outline = outline
        self.missing = missing
        self.parse = parse
        self.outline.isRequired = missing == nil
    }

    package func read(_ arguments: Arguments) throws(Refusal) -> Value {
        do {
            if let raw = arguments.values[outline.name], !raw.isMissing, missing != nil || raw.text != "" {
                return try parse(raw, arguments.context)
            }
            if let missing { return try missing(arguments.context) }
        } catch {
            var refusal = error
            refusal.field = refusal.field ?? outline.name
            throw refusal
        }
        throw Refusal.invalid("\(outline.name) is missing: \(outline.summary).", field: outline.name)
    }

    /// The same parameter with something that counts when nothing was given.
    func standard(_ value: Value?, spelled: JSON?) -> Parameter {
        guard let value else { return self }
        var copy = self
        copy.missing = { _ in value }
        copy.outline.isRequired = false
        copy.outline.standard = spelled
        return copy
    }
}

extension Parameter {
    /// May be left out.
    package static func optional<Inner>(_ inner: Parameter<Inner>) -> Parameter where Value == Inner? {
        var outline = inner.outline
        outline.isRequired = false
        return Parameter(outline, missing: { _ in nil }) { raw, context throws(Refusal) in try inner.parse(raw, context) }
    }

    /// A value, or the word "none", which takes away what there is.
    package static func orNone<Inner>(_ inner: Parameter<Inner>) -> Parameter where Value == Inner? {
        Parameter(inner.outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "none" ? nil : try inner.parse(raw, context)
        }
    }
}

/// How a parameter looks from outside.
package struct Outline: Sendable {
    package enum Kind: Sendable {
        case text(longest: Int)
        case whole(ClosedRange<Int>)
        case decimal(ClosedRange<Double>)
        case yesNo
        case choice([Choice])
        case duration(ClosedRange<Duration>, bare: TimeUnit)
        case date
        case member, role, channel, message, emoji, colour, file
        case lookup(Lookup)
    }

    package var name: String
    package var summary: String
    package var kind: Kind
    package var isRequired = true
    package var standard: JSON?
    /// Takes the rest of the line in the prefix form.
    package var isGreedy = false
    /// Takes the rest of the line in the prefix form up to the next named value, also where other parameters may follow.
    package var runsOn = false
    /// Is usually what a file says: in a shell the file is named, or - for what comes in.
    package var isDocument = false

    package init(_ name: String, _ summary: String, _ kind: Kind) {
        self.name = name
        self.summary = summary
        self.kind = kind
    }
}

/// Completes what somebody types from what is in the store; reads only.
package struct Lookup: Sendable {
    package let name: String
    /// What matches, best first, 25 at most.
    package let choices: @Sendable (Turn, String) throws -> [Choice]

    package init(_ name: String, choices: @escaping @Sendable (Turn, String) throws -> [Choice]) {
        self.name = name
        self.choices = choices
    }
}
