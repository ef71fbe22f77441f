import Machine
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("A besieged socket", .serialized) struct Besieged {
        /// Seconds of peace and then of siege; with a length, the figures of the promise are asked for as they stand.
        private static let seconds = Environment.read()["HEARTH_SIEGE_SECONDS"].flatMap { Int($0) }

        @Test("P17: hostile programs on the socket neither slow the answers in Discord nor take memory to speak of")
        func siege() throws {
            let (ordeal, people) = try Self.town()
            let length = (Self.seconds ?? 2) * 1000
            let peace = try Self.answers(for: length, people, ordeal)
            let before = try Self.memory(of: ordeal)

            let siege = Siege(ordeal.socket, guild: ordeal.home.description, connects: Self.seconds == nil ? 1000 : 10_000)
            let war = try Self.answers(for: length, people, ordeal)
            let after = try Self.memory(of: ordeal)
            let counts = siege.isLifted()

            let grown = (after - before) >> 10
            print(
                "faults=\(counts.connects + counts.lines) connects=\(counts.connects) lines=\(counts.lines)",
                "hang-ups=\(counts.hangUps) answers=\(peace.count)+\(war.count)",
                "p50 \(peace.median / 1000) -> \(war.median / 1000) µs, p99 \(peace.slowest / 1000) -> \(war.slowest / 1000) µs,",
                "RSS \(before >> 10) -> \(after >> 10) KiB")
            #expect(counts.connects > 100 && counts.lines > 1000 && counts.hangUps > 10)
            #expect(grown <= 32 << 10, "\(grown) KiB more")
            if Self.seconds == nil {
                // A machine that runs all the tests at once says little of time: ten times as slow would be a wedge.
                #expect(war.median <= 10 * peace.median + 100_000_000)
            } else {
                #expect(war.slowest - peace.slowest <= 5_000_000)
            }
            #expect(try ordeal.client().ask("meta.info")["version"] != nil)
        }

        // MARK: - The town

        private static func town() throws -> (Ordeal, [ID<Member>]) {
            let ordeal = try Ordeal(Ordeal.Plan())
            try ordeal.isBorn()
            try ordeal.waits(60_000, "the slash commands") { !ordeal.discord.commandNames().isEmpty }
            let people = (0..<40).map { ordeal.discord.member("asker-\($0)", in: ordeal.home) }
            _ = try ordeal.client().ask(
                "house.set", ["name": "house.command_limit", "value": 1000, "guild": .id(ordeal.home)])
            ordeal.discord.act { world in
                world.beginLoad(LoadPlan(events: 1_000_000, rate: 200, guilds: [ordeal.home], members: 50))
            }
            return (ordeal, people)
        }

        private static func memory(of ordeal: Ordeal) throws -> Int64 {
            let process = try #require(ordeal.daemon?.process)
            return Processes.residentBytes(of: process)
        }

        // MARK: - Answers

        /// How long each took, from the question in Discord to the answer there, shortest first.
        private struct Answers {
            let nanoseconds: [Int64]
            var count: Int { nanoseconds.count }
            var median: Int64 { nanoseconds[count / 2] }
            var slowest: Int64 { nanoseconds[count * 99 / 100] }
        }

        private static func answers(for milliseconds: Int, _ people: [ID<Member>], _ ordeal: Ordeal) throws -> Answers {
            let place = ordeal.discord.channel("general", in: ordeal.home)
            let end = MonotonicTime.now.adding(milliseconds: milliseconds)
            let pause = Mailbox<Void>()
            var laps: [Int64] = []
            while MonotonicTime.now < end {
                let began = MonotonicTime.now
                let person = people[laps.count % people.count]
                let asked = try ordeal.discord.act { world in try world.use(person, "activity profile", [], in: place) }
                while ordeal.discord.interaction(asked)?.answer == nil {
                    guard MonotonicTime.now.milliseconds(since: began) < 20_000 else { throw ordeal.lost("an answer") }
                    _ = pause.receive(within: 1)
                }
                laps.append(MonotonicTime.now.nanoseconds - began.nanoseconds)
            }
            return Answers(nanoseconds: laps.sorted())
        }
    }
}

extension Ordeal {
    /// The guild that things happen in.
    var home: ID<Guild> { crowd.homes[0].guild }
}
