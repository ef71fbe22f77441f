package import Kit
internal import Shared

/// A pattern that a whole answer has to match: regular expressions without what makes them hang. All ways to match are followed
/// side by side, a letter at a time (Thompson's construction), so the time grows with the length of the text times the size of the
/// pattern and with nothing else. There are no back-references and no looking ahead, which would need more.
package struct Pattern: Hashable, Sendable {
    /// What can be written, and how large it becomes when its repetitions are written out.
    static let longest = 200
    private static let mostSteps = 500

    private enum Step: Hashable, Sendable {
        case letter(LetterSet)
        case either(Int, Int)
        case jump(Int)
    }

    package let text: String
    private var steps: [Step] = []

    package init(_ text: String, field: String = "pattern") throws(Refusal) {
        self.text = text
        var reader = PatternReader(text, field: field)
        let node = try reader.read()
        guard write(node), steps.count <= Self.mostSteps else {
            throw .invalid(
                "\(field) is too large: its repetitions come to more than \(Self.mostSteps) steps.", field: field,
                hint: "Use * or + where the number does not matter.")
        }
    }

    /// Appends the steps of a node; false once there are too many.
    private mutating func write(_ node: PatternNode) -> Bool {
        guard steps.count <= Self.mostSteps else { return false }
        switch node {
        case .letter(let set): steps.append(.letter(set))
        case .sequence(let nodes): for node in nodes where !write(node) { return false }
        case .either(let first, let second):
            let fork = steps.count
            steps.append(.jump(0))
            guard write(first) else { return false }
            let over = steps.count
            steps.append(.jump(0))
            steps[fork] = .either(fork + 1, steps.count)
            guard write(second) else { return false }
            steps[over] = .jump(steps.count)
        case .repeated(let inner, let least, let most):
            for _ in 0..<least where !write(inner) { return false }
            if let most { return writeOptional(inner, most - least) }
            let start = steps.count
            steps.append(.jump(0))
            guard write(inner) else { return false }
            steps.append(.jump(start))
            steps[start] = .either(start + 1, steps.count)
        }
        return true
    }

    private mutating func writeOptional(_ inner: PatternNode, _ count: Int) -> Bool {
        for _ in 0..<count {
            let fork = steps.count
            steps.append(.jump(0))
            guard write(inner) else { return false }
            steps[fork] = .either(fork + 1, steps.count)
        }
        return true
    }

    // MARK: - Matching

    /// Whether all of the text is like this.
    package func matches(_ text: String) -> Bool {
        var here = Crowd(steps.count + 1)
        spread(0, into: &here)
        for letter in text.unicodeScalars {
            var next = Crowd(steps.count + 1)
            for place in here.members where place < steps.count {
                if case .letter(let set) = steps[place], set.contains(letter) { spread(place + 1, into: &next) }
            }
            if next.members.isEmpty { return false }
            here = next
        }
        return here.contains(steps.count)
    }

    /// Adds a place and all that it leads to without a letter.
    private func spread(_ start: Int, into crowd: inout Crowd) {
        var waiting = [start]
        while let place = waiting.popLast() {
            guard crowd.add(place), place < steps.count else { continue }
            switch steps[place] {
            case .letter: break
            case .jump(let to): waiting.append(to)
            case .either(let first, let second): waiting += [second, first]
            }
        }
    }

    /// Places that were reached, each once.
    private struct Crowd {
        private(set) var members: [Int] = []
        private var seen: [Bool]

        init(_ count: Int) { seen = Array(repeating: false, count: count) }
        func contains(_ place: Int) -> Bool { seen[place] }

        mutating func add(_ place: Int) -> Bool {
            guard !seen[place] else { return false }
            seen[place] = true
            members.append(place)
            return true
        }
    }
}

/// Letters that may stand at one place.
struct LetterSet: Hashable, Sendable {
    enum Kind: Hashable, Sendable { case digit, word, space }

    var ranges: [ClosedRange<UInt32>] = []
    var kinds: [Kind] = []
    /// Kinds that must not be.
    var others: [Kind] = []
    var isNegated = false

    static let any = LetterSet(isNegated: true)

    func contains(_ letter: Unicode.Scalar) -> Bool {
        let isNamed =
            ranges.contains { $0.contains(letter.value) } || kinds.contains { Self.holds($0, letter) }
            || others.contains { !Self.holds($0, letter) }
        return isNamed != isNegated
    }

    private static func holds(_ kind: Kind, _ letter: Unicode.Scalar) -> Bool {
        switch kind {
        case .digit: (48...57).contains(letter.value)
        case .word: letter.properties.isAlphabetic || (48...57).contains(letter.value) || letter == "_"
        case .space: letter.properties.isWhitespace
        }
    }
}
