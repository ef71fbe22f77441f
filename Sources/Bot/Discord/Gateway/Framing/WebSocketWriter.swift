/// Frames that a client sends: always final, always masked.
package enum WebSocketWriter {
    package static func text(_ payload: [UInt8], mask: UInt32) -> [UInt8] { frame(.text, payload, mask: mask) }
    package static func pong(_ payload: [UInt8], mask: UInt32) -> [UInt8] { frame(.pong, payload, mask: mask) }

    /// The reason is cut so that the control frame stays within its 125 bytes.
    package static func close(_ code: Int, _ reason: String = "", mask: UInt32) -> [UInt8] {
        var words = reason
        while words.utf8.count > 123 { words.removeLast() }
        return frame(
            .close, [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)] + Array(words.utf8), mask: mask)
    }

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
        for (index, byte) in payload.enumerated() { out.append(byte ^ key[index & 3]) }
        return out
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
