internal import Shared

/// How much two texts are about the same: the cosine between their words, each weighed by how rare it is here (TF-IDF), words cut
/// to their stems and, with a lesser weight, to runs of letters, so that a slip of the finger and a compound still count. It is
/// worked out on this machine, in microseconds, from nothing but the server's own texts.
package struct Likeness {
    /// What a run of three letters weighs beside a word.
    private static let runWeight = 0.25

    /// A text as its features and what they weigh, of length one.
    package struct Vector: Sendable {
        fileprivate var weights: [String: Double]

        package func cosine(_ other: Vector) -> Double {
            let (small, large) = weights.count < other.weights.count ? (weights, other.weights) : (other.weights, weights)
            return small.reduce(0) { sum, one in sum + one.value * (large[one.key] ?? 0) }
        }
    }

    private var documents: [String: Int] = [:]
    private var count = 0

    package init(_ texts: [String]) {
        for text in texts {
            count += 1
            for feature in Self.features(text).keys { documents[feature, default: 0] += 1 }
        }
    }

    package func vector(_ text: String) -> Vector {
        var weights = Self.features(text)
        for (feature, often) in weights {
            let rarity = logarithm2(Double(count + 1) / Double((documents[feature] ?? 0) + 1)) + 1
            weights[feature] = logarithm2(1 + often) * rarity * (feature.first == "\u{1}" ? Self.runWeight : 1)
        }
        let length = weights.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return Vector(weights: length > 0 ? weights.mapValues { $0 / length } : [:])
    }

    private static func features(_ text: String) -> [String: Double] {
        var found: [String: Double] = [:]
        for term in Terms.read(text) {
            found[term, default: 0] += 1
            let letters = Array("^" + term + "$")
            guard letters.count > 3 else { continue }
            for start in 0...(letters.count - 3) {
                found["\u{1}" + String(letters[start..<(start + 3)]), default: 0] += 1
            }
        }
        return found
    }
}
