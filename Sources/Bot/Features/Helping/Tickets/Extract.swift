internal import Shared

/// The sentences of a conversation that the others lean on most, as TextRank finds them: sentences vote for those that they share
/// words with, and a vote counts for what its voter is worth. It needs no language and no model, never says what nobody said,
/// and costs milliseconds. The question's and the answer's sentences are ranked together and chosen apart, so that a summary
/// has both.
enum Extract {
    struct Sentence: Equatable {
        var text: String
        var isAsked: Bool
    }

    /// Sentences that are looked at: the first ones and the last ones of a long conversation say what it is about.
    private static let most = 160
    private static let damping = 0.85
    private static let longest = 600

    /// "Asked: … Answered: …", nil when nothing was said.
    static func summary(of lines: [TicketLine]) -> String? {
        summary(
            of: lines.filter { [.answer, .member, .staff, .house].contains($0.voice) }.flatMap { line in
                sentences(line.body ?? "").map {
                    Sentence(text: $0, isAsked: line.voice == .answer || line.voice == .member)
                }
            })
    }

    static func summary(of sentences: [Sentence]) -> String? {
        let seen = sentences.count > most ? Array(sentences.prefix(most / 2) + sentences.suffix(most / 2)) : sentences
        let worth = rank(seen.map { Array(Set(Terms.read($0.text))) })
        let asked = best(seen, worth, 2, isAsked: true)
        let answered = best(seen, worth, 2, isAsked: false)
        let parts = [
            asked.isEmpty ? nil : "Asked: " + asked.joined(separator: " "),
            answered.isEmpty ? nil : "Answered: " + answered.joined(separator: " "),
        ].compactMap(\.self)
        return parts.isEmpty ? nil : String(parts.joined(separator: "\n").prefix(longest))
    }

    /// In the order in which they were said.
    private static func best(_ sentences: [Sentence], _ worth: [Double], _ count: Int, isAsked: Bool) -> [String] {
        let own = sentences.indices.filter { sentences[$0].isAsked == isAsked && worth[$0] > 0 }
        let chosen = own.sorted { (worth[$0], $1) > (worth[$1], $0) }.prefix(count).sorted()
        return chosen.map { String(sentences[$0].text.prefix(240)) }
    }

    /// What each is worth; a sentence without words is worth nothing.
    static func rank(_ terms: [[String]]) -> [Double] {
        let sets = terms.map(Set.init)
        var weights = Array(repeating: Array(repeating: 0.0, count: sets.count), count: sets.count)
        for a in sets.indices {
            for b in sets.indices where b > a {
                let shared = sets[a].intersection(sets[b]).count
                guard shared > 0 else { continue }
                // Long sentences share more by chance.
                let weight = Double(shared) / (logarithm2(Double(sets[a].count + 1)) + logarithm2(Double(sets[b].count + 1)))
                (weights[a][b], weights[b][a]) = (weight, weight)
            }
        }
        let sums = weights.map { $0.reduce(0, +) }
        var worth = sets.map { $0.isEmpty ? 0.0 : 1.0 }
        for _ in 0..<30 {
            worth = sets.indices.map { one in
                guard !sets[one].isEmpty else { return 0 }
                let votes = sets.indices.reduce(0.0) { sum, other in
                    sums[other] > 0 ? sum + weights[other][one] / sums[other] * worth[other] : sum
                }
                return 1 - damping + damping * votes
            }
        }
        return worth
    }

    /// Ends at a full stop, a question, an exclamation, or a line.
    static func sentences(_ text: String) -> [String] {
        var found: [String] = []
        var run = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            if character.isNewline {
                found.append(run)
                run = ""
                continue
            }
            run.append(character)
            let isEnd = ".!?。！？".contains(character)
            let isLast = index + 1 == characters.count || characters[index + 1].isWhitespace || "。！？".contains(character)
            if isEnd, isLast {
                found.append(run)
                run = ""
            }
        }
        return (found + [run]).map { trimmed($0) }.filter { !$0.isEmpty }
    }
}
