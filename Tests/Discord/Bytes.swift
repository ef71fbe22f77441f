import Discord

/// Bytes written as hexadecimal digits.
func hex(_ text: String) -> [UInt8] {
    let digits = text.utf8.map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// A frame as a server sends it.
func served(_ opcode: UInt8, _ payload: [UInt8], final: Bool = true) -> [UInt8] {
    let head: [UInt8]
    switch payload.count {
    case 0..<126: head = [UInt8(payload.count)]
    case 126...0xFFFF: head = [126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default: head = [127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
    }
    return [(final ? 0x80 : 0) | opcode] + head + payload
}

func served(_ text: String) -> [UInt8] { served(1, Array(text.utf8)) }
