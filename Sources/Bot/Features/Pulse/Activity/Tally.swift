internal import Shared

/// What one member did in one channel on one day; points in thousandths, voice in milliseconds.
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
        points -= other.points
        messages -= other.messages
        replies -= other.replies
        starters -= other.starters
        further -= other.further
        reactions -= other.reactions
        answered -= other.answered
        reacted -= other.reacted
        voice -= other.voice
        voicePoints -= other.voicePoints
    }

    /// In the order of the ledger's columns.
    var columns: [Int64] {
        [points, messages, replies, starters, further, reactions, answered, reacted, voice, voicePoints]
    }
}
