package import Shared

/// A condition on a member, such as `points(30d) >= 12000 and not role("Muted")`: read once, every name looked up, and never
/// run as code.
package indirect enum Rule: Hashable, Sendable {
    /// At least two, none of them an `every` itself.
    case every([Rule])
    /// At least two, none of them a `some` itself.
    case some([Rule])
    case not(Rule)
    case compare(Figure, Comparison, Figure)
    case has(Trait)
}

/// A number that is measured, written down, or worked out of such.
package indirect enum Figure: Hashable, Sendable {
    case number(Double)
    case measure(Term)
    case sum(Figure, Figure)
    case difference(Figure, Figure)
    case product(Figure, Figure)
}

/// A measure by its name, of the last so many days where it is asked so.
package struct Term: Hashable, Sendable {
    package var name: String
    package var days: Int?
    package init(_ name: String, days: Int? = nil) {
        self.name = name
        self.days = days
    }
}

/// What a member has or has not.
package enum Trait: Hashable, Sendable {
    case role(ID<Role>)
    case reward(Int64)
    case badge(String)
}

package enum Comparison: String, Hashable, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case more = ">"
    case less = "<"
    case equal = "=="
    case unequal = "!="

    package func holds(_ a: Double, _ b: Double) -> Bool {
        switch self {
        case .atLeast: a >= b
        case .atMost: a <= b
        case .more: a > b
        case .less: a < b
        case .equal: a == b
        case .unequal: a != b
        }
    }
}

extension Rule {
    /// How long, how deep and of how many parts a rule may be.
    package static let longest = 1000
    static let deepest = 24
    static let mostParts = 100

    /// All of them, those of an `every` among them one by one.
    static func all(_ rules: [Rule]) -> Rule {
        let flat = rules.flatMap { rule in if case .every(let inner) = rule { inner } else { [rule] } }
        return flat.count == 1 ? flat[0] : .every(flat)
    }

    static func any(_ rules: [Rule]) -> Rule {
        let flat = rules.flatMap { rule in if case .some(let inner) = rule { inner } else { [rule] } }
        return flat.count == 1 ? flat[0] : .some(flat)
    }

    package var terms: Set<Term> {
        switch self {
        case .every(let rules), .some(let rules): rules.reduce(into: []) { $0.formUnion($1.terms) }
        case .not(let rule): rule.terms
        case .compare(let a, _, let b): a.terms.union(b.terms)
        case .has: []
        }
    }

    package var traits: Set<Trait> {
        switch self {
        case .every(let rules), .some(let rules): rules.reduce(into: []) { $0.formUnion($1.traits) }
        case .not(let rule): rule.traits
        case .compare: []
        case .has(let trait): [trait]
        }
    }
}

extension Figure {
    package var terms: Set<Term> {
        switch self {
        case .number: []
        case .measure(let term): [term]
        case .sum(let a, let b), .difference(let a, let b), .product(let a, let b): a.terms.union(b.terms)
        }
    }
}
