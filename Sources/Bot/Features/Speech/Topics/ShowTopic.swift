internal import Kit
internal import Shared

extension Topics {
    static let topic = Command(
        "topics.topic", "Something to talk about", also: ["topic"], changes: true,
        returns: .record(["category": .text, "text": .text, "source": .text]), example: "food",
        anyCategory
    ) { turn, given in
        let category = try knownCategory(given, turn)
        let chosen = try choose(category, turn)
        try Supply.refill(chosen.category, of: try turn.requireGuild(), turn)
        return .done(
            TopicText.topic(chosen, asked: category),
            data: [
                "category": .string(chosen.category), "text": .string(chosen.plain), "source": .string(chosen.source.rawValue),
            ])
    }
}
