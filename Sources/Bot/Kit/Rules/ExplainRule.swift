/// One line of the answer to "why, or why not?": a condition of a rule, the member's figure, and whether it holds.
package struct RuleLine: Hashable, Sendable {
    /// How many groups it stands in.
    package var depth: Int
    package var what: What
    package var holds: Bool

    package enum What: Hashable, Sendable {
        case compare(Figure, Comparison, Figure, has: Double, needs: Double)
        case trait(Trait, wanted: Bool)
        /// The lines below it that are one deeper: one of them is enough, all of them are needed, or they must not hold.
        case oneOf
        case allOf
        case none
    }

    /// How much is lacking, where more of something would do.
    package var missing: Double? {
        guard case .compare(_, let comparison, _, let has, let needs) = what, !holds,
            comparison == .atLeast || comparison == .more
        else { return nil }
        return needs - has
    }

    /// How much of the way is done, from 0 to 1, where the way is one of more and more.
    package var progress: Double? {
        guard case .compare(_, let comparison, _, let has, let needs) = what, comparison == .atLeast || comparison == .more
        else { return nil }
        return holds ? 1 : needs > 0 ? max(0, min(1, has / needs)) : 0
    }
}

extension Rule {
    package func explain(_ index: Int, _ columns: RuleColumns) -> [RuleLine] { lines(index, columns, depth: 0) }

    package func holds(for index: Int, _ columns: RuleColumns) -> Bool {
        switch self {
        case .every(let rules): rules.allSatisfy { $0.holds(for: index, columns) }
        case .some(let rules): rules.contains { $0.holds(for: index, columns) }
        case .not(let rule): !rule.holds(for: index, columns)
        case .compare(let a, let comparison, let b):
            comparison.holds(a.figure(of: index, columns), b.figure(of: index, columns))
        case .has(let trait): columns.traits[trait]?[index] ?? false
        }
    }

    private func lines(_ index: Int, _ columns: RuleColumns, depth: Int) -> [RuleLine] {
        func headed(_ what: RuleLine.What, _ rules: [Rule]) -> [RuleLine] {
            [RuleLine(depth: depth, what: what, holds: holds(for: index, columns))]
                + rules.flatMap { $0.lines(index, columns, depth: depth + 1) }
        }
        switch self {
        case .every(let rules) where depth == 0: return rules.flatMap { $0.lines(index, columns, depth: 0) }
        case .every(let rules): return headed(.allOf, rules)
        case .some(let rules): return headed(.oneOf, rules)
        case .not(.has(let trait)):
            return [RuleLine(depth: depth, what: .trait(trait, wanted: false), holds: holds(for: index, columns))]
        case .not(let rule): return headed(.none, [rule])
        case .compare(let a, let comparison, let b):
            let (has, needs) = (a.figure(of: index, columns), b.figure(of: index, columns))
            return [
                RuleLine(
                    depth: depth, what: .compare(a, comparison, b, has: has, needs: needs), holds: comparison.holds(has, needs))
            ]
        case .has(let trait):
            return [RuleLine(depth: depth, what: .trait(trait, wanted: true), holds: holds(for: index, columns))]
        }
    }
}
