internal import Kit
internal import Shared

/// One question of a server's questionnaire.
struct Question: Hashable, Sendable {
    enum Kind: String, CaseIterable, Codable, Sendable {
        case one, several, short, long, email

        var isChosen: Bool { self == .one || self == .several }
    }

    /// Something that can be chosen. Its key stays when it is renamed, so that answers and branches keep their meaning.
    struct Option: Hashable, Codable, Sendable {
        var key: Int
        var label: String
        /// Asked in a window of who chooses it.
        var followUp: String?
        /// Given to who chose it, when they have finished.
        var role: ID<Role>?
    }

    /// A branch: it is asked only of those who chose one of these.
    struct Condition: Hashable, Codable, Sendable {
        var question: Int64
        var options: [Int]
    }

    /// What it asks, as it lies in its row.
    struct Body: Hashable, Codable, Sendable {
        var kind: Kind
        var text: String
        /// A line under it.
        var hint: String?
        var isRequired = true
        var options: [Option] = []
        /// How many are chosen, of several.
        var least = 1
        var most = 1
        /// What a written answer has to match, and how that is said to people.
        var pattern: String?
        var asWords: String?
        var only: Condition?
    }

    static let mostOptions = 25
    /// So many fit into a window.
    static let mostFollowUps = 5
    static let mostQuestions = 40

    var id: Int64 = 0
    var guild: ID<Guild>
    /// Questions are asked in the order of their places.
    var place: Int64 = 0
    var body: Body
    var isRemoved = false
    var version: Int64 = 1

    var subject: String { "question \(id)" }
    func option(_ key: Int) -> Option? { body.options.first { $0.key == key } }

    /// How long an answer that is written may be.
    var longest: Int {
        switch body.kind {
        case .one, .several, .short: 200
        case .long: 1000
        case .email: 254
        }
    }
}
