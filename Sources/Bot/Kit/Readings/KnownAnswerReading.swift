internal import Shared

/// What has been answered before, as whoever collects answers knows. A house without them suggests nothing.
package struct KnownAnswerReading: Reading {
    package struct Known: Hashable, Sendable {
        package var id: Int64
        package var question: String
        package var answer: String
        package init(id: Int64, question: String, answer: String) {
            self.id = id
            self.question = question
            self.answer = answer
        }
    }

    /// What may answer a text in the turn's guild, the nearest first; few, and none that is far away.
    package let suggest: @Sendable (Turn, _ text: String, _ most: Int) throws -> [Known]
    package init(suggest: @escaping @Sendable (Turn, String, Int) throws -> [Known]) { self.suggest = suggest }
}
