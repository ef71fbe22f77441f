import Machine
import Shared

extension Door {
    /// Two programs on the socket of a real house, their lines cut and mixed as the input says: each request that can be read
    /// is answered once, every answer is one line of JSON, nothing fails inside, and both are let go in the end.
    static let control = Door("control", longest: 1 << 13) { bytes in
        let house = try OpenHouse.running()
        var choices = Choices(bytes)
        let first = choices.next()
        let pieces = Dictionary(
            grouping: choices.rest.split(separator: UInt8(ascii: "~"), omittingEmptySubsequences: false).enumerated()
        ) {
            (first >> ($0.offset % 8)) % 2
        }.mapValues { $0.map { Array($0.element) } }
        let programs = try [0, 1].map { try Program(house.path, saying: pieces[$0] ?? []) }
        for turn in 0..<max(programs[0].pieces.count, programs[1].pieces.count) {
            for program in programs where turn < program.pieces.count { try program.say(program.pieces[turn]) }
        }
        for program in programs { try program.hearOut() }
    }
}

/// One connection, with what it says and all that it hears.
private final class Program {
    let pieces: [[UInt8]]
    private let socket: Descriptor
    private let poller: Poller
    private var heard: [UInt8] = []
    private var hasEnded = false
    private static let patience = 10_000

    init(_ path: String, saying pieces: [[UInt8]]) throws {
        self.pieces = pieces
        socket = try Sockets.connectToUnix(path)
        poller = try Poller()
        try poller.watch(socket.number, for: .readable, tag: 1)
    }

    func say(_ piece: [UInt8]) throws {
        var rest = piece[...]
        while !rest.isEmpty, !hasEnded {
            switch Array(rest).withUnsafeBytes(socket.write) {
            case .moved(let count): rest = rest.dropFirst(count)
            case .wouldBlock: try listen()
            case .ended, .failed: return
            }
        }
    }

    /// Says that it will say no more, and hears until the house has hung up.
    func hearOut() throws {
        socket.finishWriting()
        while !hasEnded { try listen() }
        let lines = heard.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        try expect(
            lines.last?.isEmpty ?? true, "the last line has no end: \(String(decoding: lines.last ?? [], as: UTF8.self))")
        let answers = try lines.dropLast().map { try JSON(parsing: $0) }
        for answer in answers {
            try expect(answer["error"]?["name"] != "failed", "something failed inside: \(answer.line)")
        }
        try expectAnswers(answers)
    }

    private func expectAnswers(_ answers: [JSON]) throws {
        let asked = pieces.joined().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        let numbers = asked.compactMap { (try? JSON(parsing: $0))?["id"]?.int }.filter { (1000...9999).contains($0) }
        guard Set(numbers).count == numbers.count, answers.allSatisfy({ $0["error"]?["name"] != "invalid_request" }) else {
            return
        }
        for number in numbers {
            let count = answers.count { $0["id"]?.int == number }
            try expect(count == 1, "request \(number) was answered \(count) times")
        }
    }

    private func listen() throws {
        var isReady = false
        _ = poller.wait(milliseconds: Self.patience) { _, _ in isReady = true }
        try expect(isReady, "the house says nothing for \(Self.patience) ms")
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            switch chunk.withUnsafeMutableBytes(socket.read) {
            case .moved(let count): heard += chunk[..<count]
            case .wouldBlock: return
            case .ended, .failed:
                hasEnded = true
                return
            }
        }
    }
}
