import Machine
import Shared

/// Programs on the socket that mean no good, all from one thread: who never reads, who never ends a line, who nests for ever,
/// who speaks no UTF-8, who dribbles, who half closes, who watches everything, and who only comes and goes.
final class Siege: Sendable {
    private let ending = Mailbox<Bool>()
    private let thread: Machine.Thread
    private let tally = Lock(Tally())

    struct Tally: Sendable {
        var connects = 0
        var lines = 0
        var hangUps = 0
    }

    var counts: Tally { tally.locked { $0 } }

    /// `connects` programs only come and go, as fast as they are let in.
    init(_ socket: String, guild: String, connects: Int) {
        let (ending, tally) = (ending, tally)
        thread = Machine.Thread("siege") {
            var troops = Troops(socket: socket, guild: guild, connectsLeft: connects)
            while ending.receive(within: 1)?.isEmpty == true {
                troops.attack()
                tally.locked { [counts = troops.tally] in $0 = counts }
            }
        }
    }

    /// Answers what was done.
    func isLifted() -> Tally {
        ending.close()
        thread.join()
        return counts
    }
}

/// The besiegers, each with a way of their own; whoever is thrown out comes again.
private struct Troops {
    enum Way: CaseIterable {
        case readsNothing, neverEndsALine, nestsForEver, speaksNoUTF8, sendsNULs, dribbles, halfCloses, watchesEverything
    }

    struct Besieger {
        var way: Way
        var socket: Descriptor
        var sent = 0
    }

    let socket: String
    let guild: String
    var connectsLeft: Int
    var tally = Siege.Tally()
    private var besiegers: [Besieger] = []
    private var next = 0
    private static let ofEachWay = 6
    private static let connectsAtOnce = 16

    init(socket: String, guild: String, connectsLeft: Int) {
        self.socket = socket
        self.guild = guild
        self.connectsLeft = connectsLeft
    }

    mutating func attack() {
        for _ in 0..<min(connectsLeft, Self.connectsAtOnce) {
            connectsLeft -= 1
            if (try? Sockets.connectToUnix(socket)) != nil { tally.connects += 1 }
        }
        if besiegers.count < Way.allCases.count * Self.ofEachWay, let door = try? Sockets.connectToUnix(socket) {
            besiegers.append(Besieger(way: Way.allCases[next % Way.allCases.count], socket: door))
            next += 1
            tally.connects += 1
        }
        var left: [Besieger] = []
        for var besieger in besiegers {
            if assail(&besieger) { left.append(besieger) } else { tally.hangUps += 1 }
        }
        besiegers = left
    }

    /// False when the daemon has hung up.
    private mutating func assail(_ besieger: inout Besieger) -> Bool {
        let bytes = weapon(besieger)
        besieger.sent += 1
        if !bytes.isEmpty {
            tally.lines += 1
            if case .failed = bytes.withUnsafeBytes(besieger.socket.write) { return false }
        }
        if besieger.way == .halfCloses, besieger.sent == 2 { besieger.socket.finishWriting() }
        return besieger.way == .readsNothing || besieger.way == .watchesEverything || hears(besieger)
    }

    private func hears(_ besieger: Besieger) -> Bool {
        var room = [UInt8](repeating: 0, count: 4096)
        switch room.withUnsafeMutableBytes(besieger.socket.read) {
        case .moved, .wouldBlock: return true
        case .ended, .failed: return false
        }
    }

    private func weapon(_ besieger: Besieger) -> [UInt8] {
        switch besieger.way {
        case .readsNothing: Array(String(repeating: "{\"id\":1,\"method\":\"meta.methods\"}\n", count: 8).utf8)
        case .neverEndsALine: [UInt8](repeating: UInt8(ascii: "x"), count: 64 << 10)
        case .nestsForEver: [UInt8](repeating: UInt8(ascii: "["), count: 100_000) + [10]
        case .speaksNoUTF8: Array("{\"id\":\"".utf8) + [0xFF, 0xC0, 0x80, 0xED, 0xA0, 0x80] + Array("\"}\n".utf8)
        case .sendsNULs: [UInt8](repeating: 0, count: 512) + [10]
        case .dribbles: besieger.sent % 1000 == 1 ? [UInt8(ascii: "{")] : []
        case .halfCloses: besieger.sent == 1 ? Array("{\"id\":1,\"method\":\"house.sta".utf8) : []
        case .watchesEverything:
            Array(
                """
                {"id":\(besieger.sent),"method":"sub.open","params":{"topic":"activity.leaderboard","rate_hz":10,\
                "limit":\(besieger.sent % 50 + 1),"params":{"guild":"\(guild)","period":"all"}}}

                """.utf8)
        }
    }
}
