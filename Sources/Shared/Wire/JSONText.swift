/// A JSON string where it lies, quotes excluded. It is compared and decoded without a copy where it has no escapes, and it
/// is as short-lived as the bytes under it.
package struct JSONText {
    @usableFromInline let base: UnsafePointer<UInt8>
    package let count: Int
    /// Where it starts in the scanned bytes.
    package let offset: Int
    package let isEscaped: Bool

    package static var empty: JSONText {
        JSONText(base: ("" as StaticString).utf8Start, count: 0, offset: 0, isEscaped: false)
    }

    package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
    package var range: Range<Int> { offset..<offset + count }

    /// Inlined, so that a name is told from most others by its length alone.
    @inlinable @inline(__always)
    package static func ~= (pattern: StaticString, text: JSONText) -> Bool {
        (text.count == pattern.utf8CodeUnitCount || text.isEscaped) && text.spells(pattern)
    }

    @usableFromInline
    func spells(_ pattern: StaticString) -> Bool {
        if isEscaped { return string == pattern.description }
        let letters = pattern.utf8Start
        for index in 0..<count where base[index] != letters[index] { return false }
        return true
    }

    /// The digits as a number; nil when there is anything else or too much of it.
    package var number: Int64? {
        guard count > 0, count <= 19 else { return nil }
        var value: UInt64 = 0
        for index in 0..<count {
            let digit = base[index] &- 48
            guard digit < 10 else { return nil }
            value = value &* 10 &+ UInt64(digit)
        }
        return Int64(exactly: value)
    }

    package var string: String { isEscaped ? Self.decode(bytes) : String(decoding: bytes, as: UTF8.self) }

    /// Decodes escapes. A lone surrogate becomes U+FFFD, as Discord's own clients show it.
    package static func decode(_ raw: some Collection<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(raw.count)
        var rest = Array(raw)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let kind = rest.popFirst() else {
                out.append(byte)
                continue
            }
            switch kind {
            case UInt8(ascii: "n"): out.append(0x0A)
            case UInt8(ascii: "r"): out.append(0x0D)
            case UInt8(ascii: "t"): out.append(0x09)
            case UInt8(ascii: "b"): out.append(0x08)
            case UInt8(ascii: "f"): out.append(0x0C)
            case UInt8(ascii: "u"): out.append(contentsOf: String(Character(scalar(&rest))).utf8)
            default: out.append(kind)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
        let first = unit(&rest)
        if (0xD800..<0xDC00).contains(first), rest.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            var ahead = rest.dropFirst(2)
            let second = unit(&ahead)
            if (0xDC00..<0xE000).contains(second) {
                rest = ahead
                return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
            }
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private static func unit(_ rest: inout ArraySlice<UInt8>) -> UInt32 {
        var value: UInt32 = 0
        for byte in rest.prefix(4) { value = value << 4 | UInt32(nibble(byte) ?? 0) }
        rest = rest.dropFirst(4)
        return value
    }

    static func nibble(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
