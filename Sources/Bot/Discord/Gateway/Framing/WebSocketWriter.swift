/// Frames that a client sends: always final, always masked.
package enum WebSocketWriter {
    package static func text(_ payload: [UInt8], mask: UInt32) -> [UInt8] { frame(.text, payload, mask: mask) }
    package static func binary(_ payload: [UInt8], mask: UInt32) -> [UInt8] { frame(.binary, payload, mask: mask) }
    package static func pong(_ payload: [UInt8], mask: UInt32) -> [UInt8] { frame(.pong, payload, mask: mask) }

    /// The reason is cut so that the control frame stays within its 125 bytes.
    package static func close(_ code: Int, _ reason: String = "", mask: UInt32) -> [UInt8] {
        var words = reason
        while words.utf8.count > 123 { words.removeLast() }
        return frame(
            .close, [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)] + Array(words.utf8), mask: mask)
    }

    /// The answer to a close that names no code names none either.
    package static func close(mask: UInt32) -> [UInt8] { frame(.close, [], mask: mask) }

    package static func frame(_ opcode: WebSocketOpcode, _ payload: [UInt8], mask: UInt32) -> [UInt8] {
        var out: [UInt8] = [0x80 | opcode.rawValue]
        out.reserveCapacity(payload.count + 14)
        switch payload.count {
        case 0..<126: out.append(0x80 | UInt8(payload.count))
        case 126...0xFFFF:
            out.append(0x80 | 126)
            for shift in [8, 0] { out.append(UInt8(truncatingIfNeeded: payload.count >> shift)) }
        default:
            out.append(0x80 | 127)
            for shift in stride(from: 56, through: 0, by: -8) { out.append(UInt8(truncatingIfNeeded: payload.count >> shift)) }
        }
        let key = (0..<4).map { UInt8(truncatingIfNeeded: mask >> UInt32(24 - 8 * $0)) }
        out += key
        let start = out.count
        out += payload
        out.withUnsafeMutableBytes { hide(UnsafeMutableRawBufferPointer(rebasing: $0[start...]), key) }
        return out
    }

    /// Eight bytes at a time, and the rest one by one.
    private static func hide(_ bytes: UnsafeMutableRawBufferPointer, _ key: [UInt8]) {
        let word = (0..<8).reduce(UInt64(0)) { $0 | UInt64(key[$1 & 3]) << UInt64(8 * $1) }
        var at = 0
        while at + 8 <= bytes.count {
            let plain = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            bytes.storeBytes(of: plain ^ word.littleEndian, toByteOffset: at, as: UInt64.self)
            at += 8
        }
        while at < bytes.count {
            bytes[at] ^= key[at & 3]
            at += 1
        }
    }
}

package enum WebSocketOpcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    var isControl: Bool { rawValue >= 8 }
}
