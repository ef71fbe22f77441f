import Shared

/// What one member did on one day, in one channel or in all; points in thousandths, voice in milliseconds.
struct Tally: Hashable, Sendable {
    var points: Int64 = 0
    var messages: Int64 = 0
    var replies: Int64 = 0
    var starters: Int64 = 0
    var further: Int64 = 0
    var reactions: Int64 = 0
    /// Replies and reactions received from others.
    var answered: Int64 = 0
    var reacted: Int64 = 0
    var voice: Int64 = 0
    /// What of the points came from voice, by the weights of the time.
    var voicePoints: Int64 = 0

    init() {}

    init(_ kinds: Kinds, points: Int64) {
        self.points = points
        messages = 1
        replies = kinds.contains(.reply) ? 1 : 0
        starters = kinds.contains(.starter) ? 1 : 0
        further = kinds.contains(.further) ? 1 : 0
    }

    mutating func add(_ other: Tally) {
        points += other.points
        messages += other.messages
        replies += other.replies
        starters += other.starters
        further += other.further
        reactions += other.reactions
        answered += other.answered
        reacted += other.reacted
        voice += other.voice
        voicePoints += other.voicePoints
    }

    mutating func take(_ other: Tally) {
        for kind in 0..<Self.kinds { self[kind] -= other[kind] }
    }

    static let kinds = 10

    /// In the order of the ledger's columns.
    subscript(kind: Int) -> Int64 {
        get {
            switch kind {
            case 0: points
            case 1: messages
            case 2: replies
            case 3: starters
            case 4: further
            case 5: reactions
            case 6: answered
            case 7: reacted
            case 8: voice
            default: voicePoints
            }
        }
        set {
            switch kind {
            case 0: points = newValue
            case 1: messages = newValue
            case 2: replies = newValue
            case 3: starters = newValue
            case 4: further = newValue
            case 5: reactions = newValue
            case 6: answered = newValue
            case 7: reacted = newValue
            case 8: voice = newValue
            default: voicePoints = newValue
            }
        }
    }
}
