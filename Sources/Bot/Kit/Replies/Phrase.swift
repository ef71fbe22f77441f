package import Shared

/// Text for people, in pieces that each door and language draws in its own way: Discord shows a member as a mention and a
/// time in the reader's zone, the console shows names and local times. Text from people is quoted, so that it stays inert.
package struct Phrase: Hashable, Sendable, Codable {
    package enum Piece: Hashable, Sendable, Codable {
        /// Our own words; Discord's Markdown works in them.
        case words(String)
        /// Somebody else's words: shown, never interpreted.
        case quoted(String)
        case member(ID<Member>)
        case channel(ID<Channel>)
        case role(ID<Role>)
        case time(Instant, TimeStyle)
        /// Milli-points, drawn with as many decimals as they need.
        case points(Int64)
        case strong(String)
        case code(String)
    }

    package enum TimeStyle: String, Hashable, Sendable, Codable { case time = "t", date = "D", moment = "f", relative = "R" }

    package var pieces: [Piece]

    package init(_ pieces: [Piece]) { self.pieces = pieces }

    package static func + (a: Phrase, b: Phrase) -> Phrase { Phrase(a.pieces + b.pieces) }
    package var isEmpty: Bool { pieces.isEmpty }

    /// Several phrases, one a line.
    package static func lines(_ phrases: [Phrase]) -> Phrase {
        Phrase(Array(phrases.map(\.pieces).joined(separator: [.words("\n")])))
    }
}

extension Phrase: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { pieces = value.isEmpty ? [] : [.words(value)] }
    package init(stringInterpolation: Interpolation) { pieces = stringInterpolation.pieces }

    package struct Interpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []
        package init(literalCapacity: Int, interpolationCount: Int) {}
        package mutating func appendLiteral(_ literal: String) { if !literal.isEmpty { pieces.append(.words(literal)) } }
        package mutating func appendInterpolation(_ text: String) { pieces.append(.quoted(text)) }
        package mutating func appendInterpolation(_ number: some BinaryInteger) { pieces.append(.words(String(number))) }
        package mutating func appendInterpolation(_ member: ID<Member>) { pieces.append(.member(member)) }
        package mutating func appendInterpolation(_ channel: ID<Channel>) { pieces.append(.channel(channel)) }
        package mutating func appendInterpolation(_ role: ID<Role>) { pieces.append(.role(role)) }
        package mutating func appendInterpolation(_ phrase: Phrase) { pieces += phrase.pieces }
        package mutating func appendInterpolation(_ time: Instant, _ style: TimeStyle = .moment) {
            pieces.append(.time(time, style))
        }
        package mutating func appendInterpolation(points: Int64) { pieces.append(.points(points)) }
        package mutating func appendInterpolation(strong text: String) { pieces.append(.strong(text)) }
        package mutating func appendInterpolation(code text: String) { pieces.append(.code(text)) }
        /// Our own words that were chosen by code, such as a unit.
        package mutating func appendInterpolation(words text: String) { pieces.append(.words(text)) }
    }
}

/// "12", "12.5", "12.345": milli-points without needless zeros.
package func spelled(points: Int64) -> String {
    let (whole, part) = points.magnitude.quotientAndRemainder(dividingBy: 1000)
    var digits = padded(Int(part), 3)
    while digits.last == "0" { digits.removeLast() }
    return (points < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
}
