internal import Kit
internal import Shared

/// How much experience each level takes in all: a polynomial of the level.
struct Polynomial: Hashable, Sendable {
    /// The highest power first.
    let coefficients: [Double]

    static let longest = 5

    func callAsFunction(_ level: Int) -> Double { coefficients.reduce(0) { $0 * Double(level) + $1 } }

    /// Reads "5 50 100"; what does not rise from level to level is refused.
    init(_ text: String) throws(Refusal) {
        let words = text.split { $0 == " " || $0 == "," || $0 == ";" }
        let numbers = words.compactMap { Double($0) }.filter { $0.isFinite && abs($0) <= 1e9 }
        guard numbers.count == words.count, (2...Self.longest).contains(numbers.count) else {
            throw .invalid(
                "own is two to \(Self.longest) numbers, not \"\(text.prefix(40))\".", field: "own",
                hint: "Such as 50 100 0: 50 times the level squared, 100 times the level and nothing more.")
        }
        coefficients = numbers
        var last = 0.0
        for level in 1...Curve.furthest {
            let next = self(level).rounded()
            guard next > last else {
                throw .invalid(
                    "On this curve level \(level) would cost no more than level \(level - 1).", field: "own",
                    hint: "Let each level cost more than the one before it.")
            }
            last = next
        }
    }

    init(_ coefficients: [Double]) { self.coefficients = coefficients }

    /// For people: what counts is in `spelled`.
    var rounded: String {
        coefficients.map { Kit.spelled(points: Int64(($0 * 1000).rounded())) }.joined(separator: " ")
    }

    var spelled: String {
        coefficients.map { $0 == $0.rounded() && abs($0) < 1e9 ? String(Int($0)) : "\($0)" }.joined(separator: " ")
    }
}

/// The points that each level takes, in thousandths: what a server's settings come to.
final class Curve: Sendable {
    /// What other bots are known to use, in all experience for a level, and two plain ones.
    enum Preset: String, CaseIterable, Sendable {
        /// A level takes 5·L² + 50·L + 100 more than the one before it.
        case mee6
        case amari
        case lurkr
        /// Each level takes a hundred.
        case linear
        case own

        var polynomial: Polynomial? {
            switch self {
            case .mee6: Polynomial([5.0 / 3, 22.5, 455.0 / 6, 0])
            case .amari: Polynomial([20, -40, 55])
            case .lurkr: Polynomial([50, -100, 150])
            case .linear: Polynomial([100, 0])
            case .own: nil
            }
        }
    }

    static let furthest = 1000

    /// The points of level 1, 2, …
    let costs: [Int64]

    init(_ polynomial: Polynomial, perPoint: Double, most: Int) {
        var costs: [Int64] = []
        for level in 1...most {
            let points = (polynomial(level).rounded() / perPoint * 1000).rounded(.up)
            guard points < 9e15 else { break }
            costs.append(max(Int64(points), (costs.last ?? 0) + 1))
        }
        self.costs = costs
    }

    init(_ turn: Turn) {
        let own = try? Polynomial(turn[Levels.own])
        let chosen = turn[Levels.preset].polynomial ?? own ?? Polynomial([100, 0])
        costs = Curve(chosen, perPoint: turn[Levels.perPoint], most: turn[Levels.most]).costs
    }

    /// How many levels these points have passed.
    func level(at points: Int64) -> Int {
        var (low, high) = (0, costs.count)
        while low < high {
            let middle = (low + high) / 2
            if costs[middle] <= points { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func cost(of level: Int) -> Int64 { level > 0 ? costs[min(level, costs.count) - 1] : 0 }

    /// Nil beyond the last level.
    func next(after level: Int) -> Int64? { level < costs.count ? costs[level] : nil }
}

extension Turn {
    var levelCurve: Curve { house.compiled(Curve.self, guild: guild) { Curve(self) } }
}
