internal import Shared

/// What may stand with what.
extension RuleReader {
    func truth(of part: Part) throws(RuleError) -> Rule {
        switch part.meaning {
        case .truth(let rule): return rule
        case .figure(let figure, _):
            let name = if case .measure(let term) = figure { term.text } else { "This" }
            throw RuleError(
                "\(name) is a number; here belongs something that is true or not.", at: part.place,
                hint: "Compare it, such as \(figure.text.count < 40 ? figure.text : "this") >= 10.")
        case .span: throw RuleError("A length of time alone is neither true nor not.", at: part.place, hint: words.examples)
        }
    }

    /// Two sides of a comparison, in one unit.
    func alike(_ left: Part, _ right: Part) throws(RuleError) -> (Figure, Figure) {
        switch (left.meaning, right.meaning) {
        case (.span(let span), .figure(let figure, let unit)): return (try number(span, in: unit, left, figure), figure)
        case (.figure(let figure, let unit), .span(let span)): return (figure, try number(span, in: unit, right, figure))
        case (.figure(let a, let one), .figure(let b, let other)):
            if let one, let other, one != other {
                throw RuleError("One side is \(one.rawValue) and the other \(other.rawValue).", at: right.place)
            }
            return (a, b)
        case (.span, .span): throw RuleError("Two lengths of time are always the same two.", at: right.place)
        case (.truth, _): throw RuleError("This is true or not; only numbers are compared.", at: left.place)
        case (_, .truth): throw RuleError("This is true or not; only numbers are compared.", at: right.place)
        }
    }

    private func number(_ span: Duration, in unit: TimeUnit?, _ part: Part, _ other: Figure) throws(RuleError) -> Figure {
        guard let unit else {
            throw RuleError(
                "\(other.text.prefix(40)) is no time, so it cannot be compared with one.", at: part.place,
                hint: "Write the number alone.")
        }
        return .number(Figure.kept(Double(span.milliseconds) / Double(unit.duration.milliseconds)))
    }

    /// Arithmetic is for numbers.
    func joined(_ left: Part, _ right: Part, _ join: (Figure, Figure) -> Figure) throws(RuleError) -> Part {
        let place = left.place.lowerBound..<right.place.upperBound
        guard case .figure(let a, let one) = left.meaning else { throw notANumber(left) }
        guard case .figure(let b, let other) = right.meaning else { throw notANumber(right) }
        return Part(meaning: .figure(join(a, b), one ?? other), place: place)
    }

    private func notANumber(_ part: Part) -> RuleError {
        RuleError("Only numbers are reckoned with.", at: part.place, hint: "Write a length of time as a number of its unit.")
    }
}
