internal import Kit
internal import Shared

/// What the house says to people about themselves.
enum PrivacyText {
    static func wished(_ wish: Wish, _ declines: Bool) -> Card {
        let (not, yes) = words(wish)
        return Card(text: declines ? "\(words: not)" : "\(words: yes)", footer: "See all with privacy wishes.", tone: .good)
    }

    static func wishes(_ row: JSON) -> Card {
        let lines = Wish.allCases.map { wish -> Phrase in
            let (not, yes) = words(wish)
            return row[wish.rawValue]?.bool == false ? "\(words: not)" : "\(words: yes)"
        }
        return Card("What you want here", text: .lines(lines), footer: "Change it with privacy decline and privacy allow.")
    }

    private static func words(_ wish: Wish) -> (not: String, yes: String) {
        switch wish {
        case .pings: ("I do not mention you of my own accord.", "I may mention you.")
        case .messages: ("I write you no private message that you did not ask for.", "I may write to you privately.")
        case .counting: ("What you do here is not counted any more.", "What you do here counts.")
        }
    }
}
