import Kit
import Shared

extension Door {
    /// A reward's rule as an admin writes it: read or refused with a picture of the place, kept in one way of writing, and judged
    /// the same by columns, alone and after it was kept.
    static let rule = Door("rule", longest: 4 << 10) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let rule: Rule
        do {
            rule = try Rule(text, words: words, field: "criteria")
        } catch let refusal as Refusal {
            try expect(!refusal.sentence.isEmpty && refusal.field == "criteria", "a refusal without words or field")
            guard !refusal.picture.isEmpty else { return }
            try expect(refusal.picture.count == 2 && refusal.picture[1].contains("^"), "no caret")
            return
        }
        let again = try Rule(rule.text, words: words, field: "criteria")
        try expect(again.text == rule.text, "\(rule.text) is kept as \(again.text)")
        let columns = columns(for: rule)
        let verdicts = rule.judge(columns)
        for index in 0..<columns.count {
            try expect(rule.holds(for: index, columns) == verdicts[index], "\(rule.text) for \(index)")
            try expect(again.holds(for: index, columns) == verdicts[index], "\(rule.text) once it was kept, for \(index)")
            try expect(!rule.explain(index, columns).isEmpty, "\(rule.text) is not explained")
        }
    }

    private static let words: RuleWords = {
        var words = RuleWords(
            RuleWords.standing + [
                .init("points", "", unit: "points", takesDays: true), .init("score", "", unit: "points"),
                .init("streak", "", unit: "days"), .init("voice", "", unit: "minutes", takesDays: true),
            ])
        words.isLenient = true
        words.rewards = [(1, "Silver")]
        words.badges = ["Regular"]
        return words
    }()

    private static func columns(for rule: Rule) -> RuleColumns {
        var columns = RuleColumns(count: 4)
        for term in rule.terms { columns.figures[term] = [0, 1, 30, 12_000] }
        for trait in rule.traits { columns.traits[trait] = [true, false, true, false] }
        return columns
    }
}
