internal import Shared

extension Rule {
    /// As it is kept: things that have ids by their ids. It reads back as the same rule.
    package var text: String { text { _ in nil } }

    /// As people read it: `name` says what a thing is called.
    package func text(naming name: (Trait) -> String?) -> String {
        switch self {
        case .every(let rules):
            rules.map { rule in if case .some = rule { "(\(rule.text(naming: name)))" } else { rule.text(naming: name) } }
                .joined(separator: " and ")
        case .some(let rules): rules.map { $0.text(naming: name) }.joined(separator: " or ")
        case .not(let rule):
            switch rule {
            case .not, .has: "not \(rule.text(naming: name))"
            default: "not (\(rule.text(naming: name)))"
            }
        case .compare(let a, let comparison, let b): "\(a.text) \(comparison.rawValue) \(b.text)"
        case .has(let trait): trait.text(name(trait))
        }
    }
}

extension Trait {
    func text(_ name: String?) -> String {
        switch self {
        case .role(let id): "role(\(name.map(Self.quoted) ?? id.description))"
        case .reward(let id): "reward(\(name.map(Self.quoted) ?? String(id)))"
        case .badge(let badge): "badge(\(Self.quoted(badge)))"
        }
    }

    private static func quoted(_ name: String) -> String {
        "\"" + name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }
}

extension Figure {
    package var text: String {
        switch self {
        case .number(let number): Self.plain(number)
        case .measure(let term): term.text
        case .sum(let a, let b): "\(a.text) + \(b.inBrackets(if: b.isSum))"
        case .difference(let a, let b): "\(a.text) - \(b.inBrackets(if: b.isSum))"
        case .product(let a, let b): "\(a.inBrackets(if: a.isSum)) * \(b.inBrackets(if: b.isSum || b.isProduct))"
        }
    }

    private func inBrackets(if needed: Bool) -> String { needed ? "(\(text))" : text }

    private var isSum: Bool {
        switch self {
        case .sum, .difference: true
        default: false
        }
    }

    private var isProduct: Bool { if case .product = self { true } else { false } }

    /// What is less than one keeps four decimals: its digits read back without an exponent.
    static func kept(_ number: Double) -> Double { number.magnitude < 1 ? (number * 10_000).rounded() / 10_000 : number }

    /// Digits that read back as the same number.
    package static func plain(_ number: Double) -> String {
        number == number.rounded() && number.magnitude < 1e15 ? String(Int64(number)) : "\(number)"
    }
}

extension Term {
    package var text: String { days.map { "\(name)(\($0)d)" } ?? name }
}

/// "12,000", "8.5": at most three decimals, thousands apart.
package func spelled(figure: Double) -> String {
    let rounded = (figure * 1000).rounded() / 1000
    guard rounded.magnitude < 1e15 else { return "\(rounded)" }
    let digits = Array(String(Int64(rounded.magnitude)))
    var whole = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { whole.append(",") }
        whole.append(digit)
    }
    let thousandths = Int64((rounded.magnitude * 1000).rounded()) % 1000
    let part = spelled(points: thousandths).dropFirst()
    return (rounded < 0 ? "-" : "") + whole + part
}
