import CLinux
import Disks
import Machine
import Shared
import Simulator
import Testing

extension Stories.ExactlyOnce {
    @Suite("One daemon") struct OneDaemon {
        @Test("P13: of many that start at once exactly one serves, and none takes its socket away")
        func starts() throws {
            let count = Environment.read()["HEARTH_STARTS"].flatMap { Int($0) } ?? 50
            let ordeal = try Ordeal(Ordeal.Plan(rate: 100))
            let crowd = try (0..<count).map { _ in try ordeal.program([]) }
            try ordeal.waits(60_000, "one to be left") { crowd.filter { !$0.hasEnded() }.count <= 1 }
            let winner = try #require(crowd.first { $0.process != nil }, "all have given way to each other")
            #expect(crowd.filter { $0.ending == .exited(78) }.count == count - 1)
            #expect(ordeal.said().filter { $0.contains(" is using the database ") }.count == count - 1)
            try ordeal.waits(20_000, "its session") { ordeal.isOnline }
            let client = try ordeal.client()
            let socket = try PathEntry(at: ordeal.socket)?.identity
            // Late ones, one at a time: what nine in ten take over a start that only says its version is the refusal. The two
            // take turns, so that whatever else the machine does slows both.
            var (refusals, starts): ([Int64], [Int64]) = ([], [])
            for _ in 0..<20 {
                refusals.append(try Self.time { try ordeal.program([]).ends() })
                starts.append(try Self.time { try ordeal.program(["--version"]).ends() })
            }
            let refusal = refusals.sorted()[17] - starts.sorted()[17]
            #expect(refusal <= 200, "giving way took \(refusal) ms")
            #expect(try PathEntry(at: ordeal.socket)?.identity == socket, "the socket was replaced")
            #expect(try client.ask("meta.info") != .null, "an open connection was lost")
            #expect(!winner.hasEnded())
            winner.stops()
            #expect(winner.ending == .exited(0))
            print("P13: faults=\(count + 20): \(count) started at once, 1 served; giving way took \(refusal) ms")
        }

        /// Milliseconds until a program has ended.
        private static func time(_ body: () throws -> Int32) throws -> Int64 {
            let time = FairTime()
            _ = try body()
            return time.milliseconds
        }

        @Test(
            "P22: a bot whose committer is wedged is ended by its supervisor, and the next one goes on where it was",
            .enabled(if: Accounts.effectiveUser == 0, "only root may stop a thread of another process"))
        func wedged() throws {
            let times = Environment.read()["HEARTH_WEDGES"].flatMap { Int($0) } ?? 1
            let ordeal = try Ordeal(Ordeal.Plan(rate: 300))
            let supervisor = try Supervisor(ordeal.folder + "/notify", watchdog: 2000)
            try ordeal.isBorn()
            try ordeal.dies()
            for _ in 0..<times {
                try ordeal.starts(supervisor.environment)
                try ordeal.goesOn("its readiness") { supervisor.hears("READY=1") }
                try ordeal.goesOn(for: 2500)
                #expect(supervisor.isContent, "a bot that works is fed to its watchdog")
                let process = try #require(ordeal.daemon?.process)
                let engine = try #require(try StoppedThread(named: "engine", of: process))
                // Beats that were on their way have been read; from here on there are none.
                try ordeal.goesOn("the watchdog") { !supervisor.isContent }
                ordeal.daemon?.isToldToAbort()
                engine.isForgotten()
                #expect(ordeal.daemon?.ends() == -1)
                #expect(ordeal.daemon?.ending == .aborted)
                try ordeal.dies()
            }
            try ordeal.starts()
            try ordeal.isQuiet()
            try ordeal.isJudged()
            ordeal.tells("P22", faults: times, "\(times) wedged committers")
        }
    }
}

/// What systemd is to a unit with `Type=notify` and `WatchdogSec`: it listens to `sd_notify` and knows when a sign is overdue.
private final class Supervisor {
    private let socket: Descriptor
    private let path: String
    private let patience: Int64
    private var words: Set<String> = []
    private var lastSign = MonotonicTime.now

    init(_ path: String, watchdog milliseconds: Int64) throws {
        self.path = path
        patience = milliseconds
        socket = Descriptor(
            try SystemError.check(
                CLinux.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0), "socket"
            ))
        _ = try SystemError.check(hearth_unix_bind(socket.number, path), "bind \(path)")
    }

    var environment: [String: String] {
        ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": String(patience * 1000)]
    }

    func hears(_ word: String) -> Bool {
        listen()
        return words.remove(word) != nil
    }

    /// A sign came in time.
    var isContent: Bool {
        listen()
        return MonotonicTime.now.milliseconds(since: lastSign) < patience
    }

    private func listen() {
        var room = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(socket.number, &room, room.count, 0), count > 0 {
            let lines = String(decoding: room.prefix(count), as: UTF8.self).split(separator: "\n").map(String.init)
            words.formUnion(lines)
            if lines.contains("WATCHDOG=1") || lines.contains("READY=1") { lastSign = .now }
        }
    }
}
