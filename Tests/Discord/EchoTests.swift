import Kit
import Testing

private func bytes(_ count: Int, _ byte: UInt8 = 42) -> [UInt8] { [UInt8](repeating: byte, count: count) }
private func fragments(_ opcode: UInt8, _ payload: [UInt8], of size: Int) -> [UInt8] {
    let cuts = stride(from: 0, to: max(1, payload.count), by: size).map { Array(payload[$0..<min($0 + size, payload.count)]) }
    return cuts.enumerated().flatMap { served($0 == 0 ? opcode : 0, $1, final: $0 == cuts.count - 1) }
}

private let greeting = Array("Hello-µ@ßöäüàá-UTF-8!!".utf8)

/// The layer that the gateway stands on, judged from outside: the cases that suites for WebSockets ask, with a server that
/// can say anything.
@Suite("The echo client, judged byte for byte")
struct EchoTests {
    @Test(
        "text and binary messages of every kind of length come back",
        arguments: [0, 1, 125, 126, 127, 128, 65_535, 65_536].flatMap { size -> [EchoTrial] in
            let text = EchoTrial(
                name: "text of \(size)", said: served(1, bytes(size)), echoes: [.init(opcode: 1, payload: bytes(size))])
            let binary = EchoTrial(
                name: "binary of \(size)", said: served(2, bytes(size, 0xFE)), echoes: [.binary(bytes(size, 0xFE))])
            return [text, binary] + text.cut(997)
        })
    func messages(_ trial: EchoTrial) throws { try trial.isHeld() }

    private static let pingTrials: [EchoTrial] = [
        EchoTrial(name: "empty ping", said: served(9, []), echoes: [.pong([])]),
        EchoTrial(name: "ping", said: served(9, Array("Hello".utf8)), echoes: [.pong(Array("Hello".utf8))]),
        EchoTrial(
            name: "ping of bytes", said: served(9, [0, 0xFF, 0xFE, 0xFD, 0]), echoes: [.pong([0, 0xFF, 0xFE, 0xFD, 0])]),
        EchoTrial(name: "longest ping", said: served(9, bytes(125)), echoes: [.pong(bytes(125))]),
        EchoTrial(name: "too long a ping", said: served(9, bytes(126)), ending: .fails(1002)),
        EchoTrial(name: "unasked pong", said: served(10, []) + served(9, [1]), echoes: [.pong([1])]),
        EchoTrial(name: "unasked pong with words", said: served(10, [7]) + served("x"), echoes: [.text("x")]),
        EchoTrial(
            name: "ten pings", said: (0..<10).flatMap { served(9, [UInt8($0)]) }, echoes: (0..<10).map { .pong([UInt8($0)]) }),
    ]

    @Test("pings are answered, pongs are not", arguments: pingTrials + pingTrials.flatMap { $0.cut(1) })
    func pings(_ trial: EchoTrial) throws { try trial.isHeld() }

    private static let reservedTrials: [EchoTrial] =
        (1...7).flatMap { bits -> [EchoTrial] in
            [0, 1, 2, 8, 9, 10].map { opcode in
                var frame = served(UInt8(opcode), Array("Hello".utf8))
                frame[0] |= UInt8(bits << 4)
                return EchoTrial(
                    name: "reserved bits \(bits) on opcode \(opcode)", said: served("first") + frame + served(9, []),
                    echoes: [.text("first")], ending: .fails(1002))
            }
        }
        + ([3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8]).flatMap { opcode in
            [
                EchoTrial(name: "opcode \(opcode)", said: served(opcode, []), ending: .fails(1002)),
                EchoTrial(
                    name: "opcode \(opcode) after a message", said: served("a") + served(opcode, [1]) + served(9, []),
                    echoes: [.text("a")], ending: .fails(1002)),
            ]
        }
        + [
            EchoTrial(name: "a masked frame", said: [0x81, 0x81, 0, 0, 0, 0, 65], ending: .fails(1002)),
            EchoTrial(
                name: "a length of 64 bits with its sign", said: [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 1], ending: .fails(1002)),
            EchoTrial(name: "a short length in 16 bits", said: [0x82, 126, 0, 125] + bytes(125), ending: .fails(1002)),
            EchoTrial(
                name: "a short length in 64 bits", said: [0x82, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], ending: .fails(1002)),
        ]

    @Test(
        "reserved bits, unknown opcodes, masks and odd lengths are refused",
        arguments: reservedTrials + reservedTrials[0...1].flatMap { $0.cut(1) })
    func reserved(_ trial: EchoTrial) throws { try trial.isHeld() }

    private static let fragmentTrials: [EchoTrial] = {
        let one = Array("fragment1".utf8)
        let two = Array("fragment2".utf8)
        let both: [EchoJudge.Frame] = [.init(opcode: 1, payload: one + two)]
        let start = served(1, one, final: false)
        return [
            EchoTrial(name: "a fragmented ping", said: served(9, one, final: false) + served(0, two), ending: .fails(1002)),
            EchoTrial(name: "a fragmented pong", said: served(10, one, final: false) + served(0, two), ending: .fails(1002)),
            EchoTrial(name: "a fragmented close", said: served(8, [3, 232], final: false), ending: .fails(1002)),
            EchoTrial(name: "two fragments", said: start + served(0, two), echoes: both),
            EchoTrial(
                name: "two fragments around a ping", said: start + served(9, [1]) + served(0, two), echoes: [.pong([1])] + both),
            EchoTrial(
                name: "empty fragments",
                said: start + served(0, [], final: false) + served(0, two, final: false) + served(0, []),
                echoes: both),
            EchoTrial(name: "only empty fragments", said: served(1, [], final: false) + served(0, []), echoes: [.text("")]),
            EchoTrial(name: "a continuation of nothing", said: served(0, one) + served("x"), ending: .fails(1002)),
            EchoTrial(
                name: "an open continuation of nothing", said: served(0, one, final: false) + served("x"), ending: .fails(1002)),
            EchoTrial(
                name: "a continuation after the end", said: start + served(0, two) + served(0, one, final: false), echoes: both,
                ending: .fails(1002)),
            EchoTrial(name: "a message inside another", said: start + served(1, two), ending: .fails(1002)),
            EchoTrial(name: "a binary message inside a text", said: start + served(2, two), ending: .fails(1002)),
            EchoTrial(
                name: "five fragments with pings between",
                said: start + served(9, [1]) + served(0, two, final: false) + served(9, [2]) + served(10, [])
                    + served(0, one, final: false) + served(0, [], final: false) + served(9, [3]) + served(0, two),
                echoes: [.pong([1]), .pong([2]), .pong([3]), .init(opcode: 1, payload: one + two + one + two)]),
        ]
    }()

    @Test(
        "fragments are put together, and only control frames may come between",
        arguments: fragmentTrials + fragmentTrials.flatMap { $0.cut(1) })
    func fragmented(_ trial: EchoTrial) throws { try trial.isHeld() }

    @Test(
        "text is put together also where a scalar is cut",
        arguments: [1, 2, 3, 5, 7].flatMap { size in
            let trial = EchoTrial(
                name: "fragments of \(size)", said: fragments(1, greeting, of: size),
                echoes: [.init(opcode: 1, payload: greeting)])
            return [trial] + trial.cut(1, 2)
        })
    func cutText(_ trial: EchoTrial) throws { try trial.isHeld() }

    /// Nothing that may follow can make these right.
    private static let wrongHeads: [[UInt8]] = [
        [0x80], [0xBF], [0xC0], [0xC1], [0xF5], [0xFE], [0xFF], [0xE0, 0x80], [0xE0, 0x9F], [0xED, 0xA0], [0xED, 0xBF],
        [0xF0, 0x80],
        [0xF0, 0x8F], [0xF4, 0x90], [0xC2, 0x41], [0xE1, 0x80, 0x41], [0xF1, 0x80, 0x80, 0x41], [0xE1, 0xC0],
        [0xF1, 0x80, 0xC0],
        Array("κόσμε".utf8) + [0xED, 0xA0], Array("κόσμε".utf8) + [0xF4, 0x90],
    ]

    @Test(
        "text that is wrong is refused with its first wrong byte, though the message goes on",
        arguments: wrongHeads.flatMap { head -> [EchoTrial] in
            let long = [0x81, 126, 1, 0] + head
            let open = served(1, Array(head.dropLast()), final: false) + served(0, [head[head.count - 1]], final: false)
            let whole = served(1, head + greeting)
            return [
                EchoTrial(name: "\(head) in a frame that goes on", said: long, ending: .fails(1007)),
                EchoTrial(name: "\(head) in fragments that go on", said: open, ending: .fails(1007)),
                EchoTrial(name: "\(head) in a whole frame", said: whole, ending: .fails(1007)),
            ]
        })
    func wrongText(_ trial: EchoTrial) throws { try trial.isHeld() }

    @Test(
        "text that ends inside a scalar is refused at its end",
        arguments: ["µ", "€", "𐍈"].flatMap { scalar in
            (1..<scalar.utf8.count).flatMap { count -> [EchoTrial] in
                let head = greeting + Array(scalar.utf8.prefix(count))
                return [
                    EchoTrial(name: "\(count) bytes of \(scalar)", said: served(1, head), ending: .fails(1007)),
                    EchoTrial(
                        name: "\(count) bytes of \(scalar), fragmented", said: fragments(1, head, of: 1), ending: .fails(1007)),
                ]
            }
        })
    func endedText(_ trial: EchoTrial) throws { try trial.isHeld() }

    @Test(
        "every kind of scalar that there is comes back",
        arguments: [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE, 0x10FFFD, 0x10FFFF]
            as [UInt32])
    func scalars(_ number: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(number))
        let text = String(Character(scalar))
        try EchoTrial(name: "\(scalar)", said: served(text), echoes: [.text(text)]).isHeld()
    }

    private static let closeTrials: [EchoTrial] =
        [
            EchoTrial(name: "an empty close", said: served(8, []), ending: .answered([])),
            EchoTrial(name: "a close of one byte", said: served(8, [3]), ending: .fails(1002)),
            EchoTrial(name: "a close with a reason", said: served(8, [3, 232] + greeting), ending: .answered([3, 232])),
            EchoTrial(name: "the longest reason", said: served(8, [3, 232] + bytes(123)), ending: .answered([3, 232])),
            EchoTrial(name: "too long a reason", said: served(8, [3, 232] + bytes(124)), ending: .fails(1002)),
            EchoTrial(
                name: "a reason that is not UTF-8", said: served(8, [3, 232, 0xCE, 0xBA, 0xE1, 0xED, 0xA0]),
                ending: .fails(1007)),
            EchoTrial(name: "two closes", said: served(8, [3, 232]) + served(8, [3, 233]), ending: .answered([3, 232])),
            EchoTrial(
                name: "a ping after the close", said: served(8, [3, 232]) + served(9, [1]), ending: .answered([3, 232])),
            EchoTrial(
                name: "a message after the close", said: served(8, [3, 232]) + served("x"), ending: .answered([3, 232])),
            EchoTrial(
                name: "a close between fragments", said: served(1, [65], final: false) + served(8, [3, 232]) + served(0, [66]),
                ending: .answered([3, 232])),
            EchoTrial(
                name: "a close after a long message", said: served(1, bytes(256 << 10)) + served(8, [3, 232]),
                echoes: [.init(opcode: 1, payload: bytes(256 << 10))], ending: .answered([3, 232])),
        ]
        + [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999].map { code in
            let payload = [UInt8(code >> 8), UInt8(code & 255)]
            return EchoTrial(name: "close \(code)", said: served(8, payload), ending: .answered(payload))
        }
        + [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535].map { code in
            EchoTrial(name: "close \(code)", said: served(8, [UInt8(code >> 8), UInt8(code & 255)]), ending: .fails(1002))
        }

    @Test("closes are answered in kind, wrong ones are refused, and nothing is heard after them", arguments: closeTrials)
    func closes(_ trial: EchoTrial) throws { try trial.isHeld() }

    @Test(
        "large messages come back, in one frame, in many, and in small pieces",
        arguments: [
            EchoTrial(
                name: "16 MiB of text", said: served(1, bytes(16 << 20)), echoes: [.init(opcode: 1, payload: bytes(16 << 20))]),
            EchoTrial(
                name: "16 MiB in bytes", said: served(2, bytes(16 << 20, 0xFE)), echoes: [.binary(bytes(16 << 20, 0xFE))]),
            EchoTrial(
                name: "1 MiB in frames of 64 bytes", said: fragments(2, bytes(1 << 20), of: 64),
                echoes: [.binary(bytes(1 << 20))]),
            EchoTrial(
                name: "4 MiB in frames of 256 KiB", said: fragments(1, bytes(4 << 20), of: 256 << 10),
                echoes: [.init(opcode: 1, payload: bytes(4 << 20))]),
        ]
            + EchoTrial(name: "1 MiB", said: served(1, bytes(1 << 20)), echoes: [.init(opcode: 1, payload: bytes(1 << 20))])
            .cut(64, 1024))
    func large(_ trial: EchoTrial) throws { try trial.isHeld() }

    @Test("a message may be as long as the cap says and no longer")
    func caps() throws {
        let whole = EchoTrial(name: "the cap", said: served(2, bytes(1000)), echoes: [.binary(bytes(1000))])
        try whole.isHeld(cap: 1000)
        try EchoTrial(name: "beyond it", said: served(2, bytes(1001)), ending: .fails(1009)).isHeld(cap: 1000)
        try EchoTrial(name: "beyond it in fragments", said: fragments(2, bytes(1001), of: 400), ending: .fails(1009)).isHeld(
            cap: 1000)
    }

    @Test("whatever a server makes of a conversation, it comes back in order", arguments: 1...12 as ClosedRange<UInt64>)
    func conversations(seed: UInt64) throws {
        var dice = Dice(seed: "\(seed)")
        func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &dice) }
        var said: [UInt8] = []
        var echoes: [EchoJudge.Frame] = []
        for _ in 0..<40 {
            let payload = (0..<below(400)).map { _ in UInt8(below(128)) }
            let opcode = UInt8(1 + below(2))
            let size = 1 + below(max(1, payload.count))
            for (index, at) in stride(from: 0, to: max(1, payload.count), by: size).enumerated() {
                if below(3) == 0 {
                    said += served(9, [UInt8(index & 255)])
                    echoes.append(.pong([UInt8(index & 255)]))
                }
                let end = min(at + size, payload.count)
                said += served(index == 0 ? opcode : 0, Array(payload[at..<end]), final: end == payload.count)
            }
            echoes.append(.init(opcode: opcode, payload: payload))
        }
        try EchoTrial(name: "seed \(seed)", said: said, piece: 1 + below(2000), echoes: echoes).isHeld()
    }
}
