internal import Shared

/// The unit of a bare number.
package enum TimeUnit: String, Sendable, CaseIterable {
    case milliseconds, seconds, minutes, hours, days, weeks

    package var duration: Duration {
        switch self {
        case .milliseconds: .milliseconds(1)
        case .seconds: .seconds(1)
        case .minutes: 1.minutes
        case .hours: 1.hours
        case .days: 1.days
        case .weeks: 7.days
        }
    }

    init?(word: String) {
        switch word {
        case "ms", "millisecond", "milliseconds": self = .milliseconds
        case "s", "sec", "secs", "second", "seconds": self = .seconds
        case "m", "min", "mins", "minute", "minutes": self = .minutes
        case "h", "hr", "hrs", "hour", "hours": self = .hours
        case "d", "day", "days": self = .days
        case "w", "week", "weeks": self = .weeks
        default: return nil
        }
    }

    /// What a number without a unit means after one with this unit: "1h30" is an hour and thirty minutes.
    var next: TimeUnit? {
        switch self {
        case .weeks: .days
        case .days: .hours
        case .hours: .minutes
        case .minutes: .seconds
        case .seconds, .milliseconds: nil
        }
    }
}

extension Duration {
    /// Reads "90m", "1h30", "1 day 6 hours", or a bare number in a given unit.
    package init?(spelled text: String, bare: TimeUnit) {
        var total = Duration.zero
        var last: TimeUnit?
        var rest = Substring(trimmed(text).lowercased())
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard digits.utf8.count <= 12, let amount = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count).drop { $0 == " " }
            let word = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(word.count).drop { $0 == " " || $0 == "," }
            guard let unit = word.isEmpty ? (last == nil ? bare : last?.next) : TimeUnit(word: String(word)) else { return nil }
            if word.isEmpty && last == nil && !rest.isEmpty { return nil }
            if let last, unit.duration >= last.duration { return nil }
            let part = amount * Double(unit.duration.milliseconds)
            guard part < 9e15 else { return nil }
            total += .milliseconds(Int64(part.rounded()))
            last = unit
        }
        self = total
    }

    /// "1 h 30 min": the two largest units that are not zero.
    package var spelled: String { spelled(units: 2) }

    /// All units that are not zero: what is stored must read back as it was.
    package var exactly: String { spelled(units: 5) }

    private func spelled(units most: Int) -> String {
        var rest = milliseconds.magnitude
        var parts: [String] = []
        for (size, unit): (UInt64, String) in [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1000, "s"), (1, "ms")] {
            let count = rest / size
            rest %= size
            if count > 0 { parts.append("\(count) \(unit)") }
            if parts.count == most { break }
        }
        return (milliseconds < 0 ? "-" : "") + (parts.isEmpty ? "0 s" : parts.joined(separator: " "))
    }
}

extension Parameter where Value == Duration {
    /// "90m", "1h30", or a bare number in the unit that is declared.
    package static func duration(
        _ name: String, _ summary: String, _ range: ClosedRange<Duration>, bare: TimeUnit, default standard: Duration? = nil
    ) -> Parameter {
        Parameter(Outline(name, summary, .duration(range, bare: bare))) { raw, _ throws(Refusal) in
            guard let value = raw.text.flatMap({ Duration(spelled: $0, bare: bare) }) else {
                throw .invalid(
                    "\(name) is a length of time, not \(raw.quoted).", hint: "Write 90m, 1h30 or a number of \(bare.rawValue).")
            }
            guard range.contains(value) else {
                throw .invalid(
                    "\(name) is between \(range.lowerBound.spelled) and \(range.upperBound.spelled), not \(value.spelled).")
            }
            return value
        }.standard(standard, spelled: standard.map { .string($0.exactly) })
    }
}
