/// Tells whether bytes are UTF-8 as the standard wants it: no overlong forms, no surrogates, nothing cut short.
package enum UTF8Check {
    package static func accepts(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { advance(bytes, from: 0) == bytes.count }

    /// Goes on from the start of a scalar, and answers where the last whole one ends. Nil as soon as nothing that might still
    /// come could make it right: so text that arrives in pieces is refused with its first wrong byte.
    package static func advance(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var at = start
        while true {
            at = afterASCII(bytes, from: at)
            guard at < bytes.count else { return at }
            switch scalar(bytes, at: at) {
            case .whole(let count): at += count
            case .cut: return at
            case .wrong: return nil
            }
        }
    }

    private enum Scalar { case whole(Int), cut, wrong }

    private static func afterASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var at = start
        let raw = UnsafeRawBufferPointer(bytes)
        while at + 32 <= raw.count {
            let words = raw.loadUnaligned(fromByteOffset: at, as: SIMD4<UInt64>.self)
            if (words[0] | words[1] | words[2] | words[3]) & 0x8080_8080_8080_8080 != 0 { break }
            at += 32
        }
        while at + 8 <= raw.count, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
            at += 8
        }
        while at < raw.count, raw[at] < 0x80 { at += 1 }
        return at
    }

    private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Scalar {
        let (count, second): (Int, ClosedRange<UInt8>)
        switch bytes[at] {
        case 0xC2...0xDF: (count, second) = (2, 0x80...0xBF)
        case 0xE0: (count, second) = (3, 0xA0...0xBF)
        case 0xED: (count, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (count, second) = (3, 0x80...0xBF)
        case 0xF0: (count, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (count, second) = (4, 0x80...0xBF)
        case 0xF4: (count, second) = (4, 0x80...0x8F)
        default: return .wrong
        }
        let end = min(at + count, bytes.count)
        if at + 1 < end, !second.contains(bytes[at + 1]) { return .wrong }
        for index in at + 2..<max(end, at + 2) where bytes[index] & 0xC0 != 0x80 { return .wrong }
        return end == at + count ? .whole(count) : .cut
    }
}
