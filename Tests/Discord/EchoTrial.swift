import Testing

/// What a server says, byte for byte, and what must come back.
struct EchoTrial: Sendable, CustomTestStringConvertible {
    enum Ending: Sendable {
        /// The server closes with 1000 and gets it back.
        case asked
        /// The client closes by itself, for this reason, and the connection ends.
        case fails(Int)
        /// What was said held a close; this is the answer's payload.
        case answered([UInt8])
    }

    var name: String
    var said: [UInt8]
    var piece = Int.max
    var echoes: [EchoJudge.Frame] = []
    var ending = Ending.asked

    var testDescription: String { name + (piece == .max ? "" : ", in pieces of \(piece)") }

    /// The same, cut into pieces.
    func cut(_ pieces: Int...) -> [EchoTrial] {
        pieces.map { piece in
            var trial = self
            trial.piece = piece
            return trial
        }
    }

    func isHeld(cap: Int? = nil) throws {
        let judge = try EchoJudge(cap: cap)
        try judge.say(said, piece: piece)
        for expected in echoes {
            let frame = try judge.next()
            #expect(frame == expected, "\(testDescription)")
            guard frame == expected else { return }
        }
        switch ending {
        case .asked:
            try judge.say(served(8, [3, 232]))
            #expect(try judge.next() == .close(1000), "\(testDescription)")
            #expect(try judge.lastWords() == "closed (1000)\n", "\(testDescription)")
        case .fails(let code):
            let frame = try judge.next()
            #expect(
                frame?.opcode == 8 && frame?.payload.prefix(2) == [UInt8(code >> 8), UInt8(code & 255)], "\(testDescription)")
            #expect(try judge.lastWords().hasPrefix("closed"), "\(testDescription)")
        case .answered(let payload):
            #expect(try judge.next() == EchoJudge.Frame(opcode: 8, payload: payload), "\(testDescription)")
            #expect(try judge.lastWords().hasPrefix("closed"), "\(testDescription)")
        }
        #expect(try judge.next() == nil, "\(testDescription): something follows the close")
    }
}
