internal import Kit
internal import Shared

/// About how many people there were, without knowing one of them: each sets one of 63 bits, chosen by a hash that is salted
/// anew for each day and whose salt is thrown away after it. Several share a bit, so nobody can be read out of it.
struct Voices: Equatable {
    static let room = 63
    private(set) var bits: Int64

    init(bits: Int64 = 0) { self.bits = bits }

    init(of member: ID<Member>, salt: Int64) {
        var dice = Dice(seed: UInt64(bitPattern: member.number ^ salt))
        bits = 1 << Int64(dice.next() % UInt64(Self.room))
    }

    mutating func join(_ others: Voices) { bits |= others.bits }

    /// How many people set so many bits most likely.
    var estimate: Int {
        let free = Self.room - bits.nonzeroBitCount
        let perBit = Double(Self.room) * 0.693_147_180_559_945_3
        return Int((-perBit * logarithm2(Double(max(free, 1)) / Double(Self.room))).rounded())
    }
}
