package import Shared

/// A statement whose values can never become SQL: what is interpolated is bound.
///
/// The dialect is what SQLite and PostgreSQL share; types are BIGINT, DOUBLE PRECISION, TEXT and BYTEA.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    package let text: String
    package let values: [SQLValue]

    /// The words between the values, one more than there are values.
    private let literals: [String]

    package init(stringLiteral value: String) {
        text = value
        values = []
        literals = [value]
    }

    package init(stringInterpolation: Interpolation) {
        values = stringInterpolation.values
        literals = stringInterpolation.literals
        var text = literals[0]
        for (index, literal) in literals.dropFirst().enumerated() { text += "$\(index + 1)" + literal }
        self.text = text
    }

    package struct Interpolation: StringInterpolationProtocol {
        var literals = [""]
        var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) { values.reserveCapacity(interpolationCount) }

        package mutating func appendLiteral(_ literal: String) { literals[literals.count - 1] += literal }

        private mutating func bind(_ value: SQLValue) {
            values.append(value)
            literals.append("")
        }

        /// Part of a statement, with its own values.
        package mutating func appendInterpolation(_ part: SQL) {
            appendLiteral(part.literals[0])
            for (value, literal) in zip(part.values, part.literals.dropFirst()) {
                bind(value)
                appendLiteral(literal)
            }
        }

        package mutating func appendInterpolation(_ number: some BinaryInteger) { bind(.int(Int64(number))) }
        package mutating func appendInterpolation(_ number: Double) { bind(.double(number)) }
        package mutating func appendInterpolation(_ text: String) { bind(.text(text)) }
        package mutating func appendInterpolation(_ text: String?) { bind(text.map(SQLValue.text) ?? .null) }
        package mutating func appendInterpolation(_ bytes: [UInt8]) { bind(.bytes(bytes)) }
        package mutating func appendInterpolation(_ flag: Bool) { bind(.int(flag ? 1 : 0)) }
        package mutating func appendInterpolation<Kind>(_ id: ID<Kind>) { bind(.int(id.number)) }
        package mutating func appendInterpolation<Kind>(_ id: ID<Kind>?) { bind(id.map { .int($0.number) } ?? .null) }
        package mutating func appendInterpolation(_ instant: Instant) { bind(.int(instant.milliseconds)) }
        package mutating func appendInterpolation(_ instant: Instant?) { bind(instant.map { .int($0.milliseconds) } ?? .null) }
        /// A length of time lies there as its milliseconds.
        package mutating func appendInterpolation(_ time: Duration?) { bind(time.map { .int($0.milliseconds) } ?? .null) }
        package mutating func appendInterpolation(_ day: Day) { bind(.int(Int64(day.number))) }
        package mutating func appendInterpolation(_ json: JSON) { bind(.text(json.line)) }
        package mutating func appendInterpolation(_ value: SQLValue) { bind(value) }
        /// Text that a feature itself wrote, such as a table's name; never a value from outside.
        package mutating func appendInterpolation(words: StaticString) { appendLiteral(words.description) }
    }
}

package enum SQLValue: Hashable, Sendable {
    case null
    case int(Int64)
    case double(Double)
    case text(String)
    case bytes([UInt8])
}
