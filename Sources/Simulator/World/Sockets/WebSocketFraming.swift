/// The server's half of RFC 6455: takes masked frames apart, puts unmasked ones together.
struct WebSocketReader {
    enum Event: Equatable {
        case text([UInt8])
        case ping([UInt8])
        case close(Int?)
        case broken(Int)
    }

    private var bytes: [UInt8] = []
    private var start = 0
    private var message: [UInt8] = []
    private var isFragmented = false

    mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }
    mutating func append(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    mutating func next() -> Event? {
        while let frame = takeFrame() {
            guard case .frame(let isFinal, let opcode, let payload) = frame else { return .broken(1002) }
            switch opcode {
            case 0 where isFragmented, 1 where !isFragmented:
                message += payload
                isFragmented = !isFinal
                if isFinal {
                    defer { message = [] }
                    return String(validating: message, as: UTF8.self) == nil ? .broken(1007) : .text(message)
                }
            case 8: return .close(payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil)
            case 9: return .ping(payload)
            case 10: continue
            default: return .broken(1002)
            }
        }
        return nil
    }

    private enum Frame {
        case frame(isFinal: Bool, opcode: UInt8, payload: [UInt8])
        case wrong
    }

    private mutating func takeFrame() -> Frame? {
        let count = bytes.count - start
        guard count >= 2 else { return nil }
        let (first, second) = (bytes[start], bytes[start + 1])
        guard first & 0x70 == 0, second & 0x80 != 0 else { return .wrong }
        var length = Int(second & 0x7F)
        var at = start + 2
        let wide = length == 126 ? 2 : length == 127 ? 8 : 0
        guard count >= 2 + wide + 4 else { return nil }
        if wide > 0 {
            guard wide == 2 || bytes[at] & 0x80 == 0 else { return .wrong }
            length = bytes[at..<at + wide].reduce(0) { $0 << 8 | Int($1) }
            at += wide
        }
        let isControl = first & 0x08 != 0
        guard length <= 1 << 20, !isControl || length <= 125 && first & 0x80 != 0 else { return .wrong }
        guard bytes.count >= at + 4 + length else { return nil }
        let mask = Array(bytes[at..<at + 4])
        at += 4
        let payload = (0..<length).map { bytes[at + $0] ^ mask[$0 & 3] }
        start = at + length
        if start == bytes.count || start > 65_536 {
            bytes.removeFirst(start)
            start = 0
        }
        return .frame(isFinal: first & 0x80 != 0, opcode: first & 0x0F, payload: payload)
    }
}

enum WebSocketWriter {
    static let text: UInt8 = 1
    static let binary: UInt8 = 2

    static func append(_ payload: some Collection<UInt8>, _ opcode: UInt8, to out: inout [UInt8]) {
        let count = payload.count
        out.append(0x80 | opcode)
        if count < 126 {
            out.append(UInt8(count))
        } else if count < 65_536 {
            out.append(contentsOf: [126, UInt8(count >> 8), UInt8(count & 255)])
        } else {
            out.append(127)
            for shift in stride(from: 56, through: 0, by: -8) { out.append(UInt8(truncatingIfNeeded: count >> shift)) }
        }
        out.append(contentsOf: payload)
    }

    static func appendClose(_ code: Int, _ reason: String, to out: inout [UInt8]) {
        let words = Array(reason.utf8.prefix(120))
        append([UInt8(code >> 8), UInt8(code & 255)] + words, 8, to: &out)
    }
}
