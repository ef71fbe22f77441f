internal import Shared

/// Where a rule cannot be read, and what may have been meant.
struct RuleError: Error, Hashable {
    var sentence: String
    var place: Range<Int>
    var hint: String?

    init(_ sentence: String, at place: Range<Int>, hint: String? = nil) {
        self.sentence = sentence
        self.place = place
        self.hint = hint
    }

    /// So much of a long rule is shown around the place.
    private static let window = 60

    /// With the rule's line and carets under the place.
    func refusal(of text: String, field: String) -> Refusal {
        let letters = text.map { $0.isNewline ? " " : $0 }
        let first = max(0, min(place.lowerBound - Self.window / 2, letters.count - Self.window))
        let shown = String(letters.dropFirst(first).prefix(Self.window))
        let before = String(letters[first..<min(max(first, place.lowerBound), letters.count)])
        let carets = String(repeating: "^", count: max(1, min(place.count, Self.window - before.count)))
        var refusal = Refusal.invalid(sentence, field: field, hint: hint)
        refusal.picture = ["\(shown.inert)", String(repeating: " ", count: before.width()) + carets]
        return refusal
    }
}
