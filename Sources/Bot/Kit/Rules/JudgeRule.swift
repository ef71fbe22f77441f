/// What rules ask about many members, a list for each term and trait, all in one order: a hundred thousand members are judged a
/// column at a time. One member is the special case of a list of one.
package struct RuleColumns: Sendable {
    package let count: Int
    package var figures: [Term: [Double]] = [:]
    package var traits: [Trait: [Bool]] = [:]

    package init(count: Int) { self.count = count }
}

extension Rule {
    /// Who fulfils it.
    package func judge(_ columns: RuleColumns) -> [Bool] {
        switch self {
        case .every(let rules): Self.joined(rules, columns) { $0 && $1 }
        case .some(let rules): Self.joined(rules, columns) { $0 || $1 }
        case .not(let rule): rule.judge(columns).map { !$0 }
        case .compare(let a, let comparison, let b): Self.compared(a, comparison, b, columns)
        case .has(let trait): columns.traits[trait] ?? [Bool](repeating: false, count: columns.count)
        }
    }

    private static func joined(_ rules: [Rule], _ columns: RuleColumns, _ join: (Bool, Bool) -> Bool) -> [Bool] {
        guard let first = rules.first else { return [Bool](repeating: true, count: columns.count) }
        var verdicts = first.judge(columns)
        for rule in rules.dropFirst() {
            let others = rule.judge(columns)
            for index in verdicts.indices { verdicts[index] = join(verdicts[index], others[index]) }
        }
        return verdicts
    }

    /// Most rules compare with a number that is written down: then only one column is gone through.
    private static func compared(_ a: Figure, _ comparison: Comparison, _ b: Figure, _ columns: RuleColumns) -> [Bool] {
        let figures = a.column(columns)
        if case .number(let bound) = b { return figures.map { comparison.holds($0, bound) } }
        let bounds = b.column(columns)
        return figures.indices.map { comparison.holds(figures[$0], bounds[$0]) }
    }
}

extension Figure {
    func column(_ columns: RuleColumns) -> [Double] {
        switch self {
        case .number(let number): [Double](repeating: number, count: columns.count)
        case .measure(let term): columns.figures[term] ?? [Double](repeating: 0, count: columns.count)
        case .sum(let a, let b): Self.joined(a, b, columns, +)
        case .difference(let a, let b): Self.joined(a, b, columns, -)
        case .product(let a, let b): Self.joined(a, b, columns, *)
        }
    }

    private static func joined(_ a: Figure, _ b: Figure, _ columns: RuleColumns, _ join: (Double, Double) -> Double) -> [Double]
    {
        var figures = a.column(columns)
        let others = b.column(columns)
        for index in figures.indices { figures[index] = join(figures[index], others[index]) }
        return figures
    }

    /// Of one member.
    func figure(of index: Int, _ columns: RuleColumns) -> Double {
        switch self {
        case .number(let number): number
        case .measure(let term): columns.figures[term]?[index] ?? 0
        case .sum(let a, let b): a.figure(of: index, columns) + b.figure(of: index, columns)
        case .difference(let a, let b): a.figure(of: index, columns) - b.figure(of: index, columns)
        case .product(let a, let b): a.figure(of: index, columns) * b.figure(of: index, columns)
        }
    }
}
