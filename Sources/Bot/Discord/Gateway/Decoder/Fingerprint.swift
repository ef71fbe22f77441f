/// A number that differs when the bytes do: eight of them at a time, the same in every run. It guards against no attacker:
/// two equal ones only delay that a renamed member is noticed.
package struct Fingerprint {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    /// The length goes in too, so that a letter cannot wander from one part to the next.
    package mutating func mix(_ bytes: UnsafeRawBufferPointer) {
        var at = 0
        while at + 8 <= bytes.count {
            stir(bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        stir(rest)
        stir(UInt64(bytes.count))
    }

    private mutating func stir(_ word: UInt64) {
        let (high, low) = (value ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        value = high ^ low ^ (value << 1 | value >> 63)
    }
}

extension Fingerprint {
    static func of(_ parts: [[UInt8]]) -> String {
        var print = Fingerprint()
        for part in parts { part.withUnsafeBytes { print.mix($0) } }
        return String(print.value, radix: 36)
    }
}
