/// Small talk, made of parts.
enum Chatter {
    private static let openings = [
        "has anyone tried", "i keep coming back to", "honestly I love", "quick question about", "today I finally finished",
        "can somebody recommend", "unpopular opinion on", "still thinking about", "does it make sense to start with",
        "small win:",
    ]
    private static let subjects = [
        "oolong from the spring harvest", "the cast iron kettle", "that recipe with cardamom", "the Saturday listening session",
        "film photography in low light", "the new puzzle room", "sourdough at 80% hydration", "learning to read scores",
        "the trail by the reservoir", "building a mechanical keyboard", "watercolour on hot press paper",
        "the reading circle's pick",
    ]
    private static let endings = [
        "", "?", "!", " — worth it", " and it went better than expected", ", any advice welcome", " (pictures later)",
        ", what do you think?",
    ]
    private static let answers = [
        "same here", "that sounds lovely", "I would go slowly with it", "oh, tell me more!",
        "we tried that last week, it works",
        "not sure, but I think so", "thank you, that helps", "ha, exactly", "let's do it on the weekend",
        "I have a spare one if you like",
    ]

    static func sentence(_ dice: inout Dice) -> String {
        (dice.pick(openings) ?? "") + " " + (dice.pick(subjects) ?? "") + (dice.pick(endings) ?? "")
    }

    static func answer(_ dice: inout Dice) -> String { dice.pick(answers) ?? "" }
    static func emoji(_ dice: inout Dice) -> String { dice.pick(["👍", "🎉", "❤️", "😂", "🍵", "👀", "✨"]) ?? "👍" }
}
