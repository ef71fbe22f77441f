import Discord
import Kit
import Machine
import Shared
import Simulator
import Testing

/// P4: nobody knows what became of a request, over and over, in every class of effect; and now and then the process dies.
@Suite("P4: ambiguous outcomes")
struct AmbiguityTests {
    private static let ambiguous: [Simulator.Fault] = [
        .errorBefore, .badGatewayBefore, .unavailableBefore, .errorAfter, .badGatewayAfter, .unavailableAfter, .hangBefore,
        .hangAfter, .resetBefore, .resetAfter, .cutAfter, .garbledAfter,
    ]

    /// `HEARTH_AMBIGUOUS` outcomes for each of `HEARTH_SEEDS` seeds from `HEARTH_SEED` on.
    @Test(
        "P4: whatever becomes of requests, nothing is doubled, nothing is lost, and what nobody can know is said to be uncertain"
    )
    func ambiguity() throws {
        let environment = Environment.read()
        func number(_ name: String, _ standard: Int) -> Int { environment[name].flatMap { Int($0) } ?? standard }
        let first = number("HEARTH_SEED", 1)
        for seed in first..<(first + number("HEARTH_SEEDS", 2)) {
            let voyage = try Voyage(seed: UInt64(seed), outcomes: number("HEARTH_AMBIGUOUS", 300))
            let judge = Judge(voyage.loads, voyage.strait)
            print(
                "P4 seed \(seed): faults=\(voyage.injected) ambiguous outcomes over \(voyage.loads.count) actions in \(voyage.strait.lives)"
                    + " lives; doubled \(judge.doubled.count), lost \(judge.lost.count), uncertain \(judge.uncertain), expired \(judge.expired)"
            )
            #expect(judge.doubled == [], "seed \(seed)")
            #expect(judge.lost == [], "seed \(seed)")
            #expect(voyage.strait.discord.read(\.faults.neverInjected) == [])
            let harsh: Set<Violation.Kind> = [
                .malformed, .unknownField, .mentionsLeftOpen, .unknownRoute, .missingUserAgent, .unauthorizedAgain,
            ]
            #expect(voyage.strait.discord.violations.filter { harsh.contains($0.kind) } == [], "seed \(seed)")
        }
    }

    /// Keeps a courier busy until so many of its requests have come to nothing that it can tell.
    private struct Voyage {
        let strait: Strait
        private(set) var loads: [Cargo.Load] = []
        var injected: Int { strait.discord.read { world in ambiguous.reduce(0) { $0 + (world.faults.injected[$1] ?? 0) } } }

        init(seed: UInt64, outcomes: Int) throws {
            strait = Strait(seed: seed) { world in
                world.rules.nonceWindow = 2.minutes
                world.rules.fetchedTellsNonce = seed % 2 == 0
                world.rules.crossing = .milliseconds(250)
            }
            let ports = try Self.ports(strait)
            strait.discord.act { world in
                for fault in ambiguous { world.faults.often(fault, chance: 0.025) }
            }
            var number: Int64 = 0
            while injected < outcomes {
                number += 1
                guard let cargo = Cargo.allCases.randomElement(using: &strait.dice),
                    let port = ports.randomElement(using: &strait.dice)
                else { break }
                let load = try cargo.load(number, port)
                loads.append(load)
                strait.carry(load.parcels)
                strait.pass(Int64(50 + strait.dice.below(400)))
                if strait.dice.chance(0.02) {
                    let isLong = strait.dice.chance(0.3)
                    strait.dies(
                        awayMilliseconds: Int64(isLong ? 150_000 + strait.dice.below(300_000) : strait.dice.below(3_000)))
                }
            }
            strait.discord.act { $0.faults.stop() }
            #expect(strait.settles(withinHours: 48), "parcels are still open")
        }

        /// Four servers: one shows everything, one no audit log, one no history, one neither.
        private static func ports(_ strait: Strait) throws -> [Cargo.Port] {
            let discord = strait.discord
            let ports = (0..<4).map { index in
                let guild = discord.act { $0.found("Guild \(index)", withBot: false) }
                discord.act { world in
                    var rights = Simulator.Permissions.invited
                    if index % 2 == 1 { rights.subtract(.viewAuditLog) }
                    if index > 1 { rights.subtract(.readHistory) }
                    world.inviteBot(to: guild, with: rights)
                    if index > 1 { world.hideHistory(of: guild) }
                }
                return Cargo.Port(
                    strait: strait, guild: guild, channel: discord.channel("general", in: guild),
                    forum: discord.channel("forum", .forum, in: guild), ann: discord.member("ann", in: guild),
                    role: discord.role("Tea", in: guild))
            }
            let body: JSON = [["name": "ask", "description": "Asks", "type": 1]]
            let headers = [
                "authorization": "Bot " + BotAccount.madeUpToken, "user-agent": "DiscordBot (https://example.org, 1)",
                "content-type": "application/json",
            ]
            let path = "/api/v10/applications/\(discord.read(\.bot.application))/commands"
            let answer = discord.respond(to: Simulator.Request("PUT", path, headers: headers, body: body.bytes))
            #expect(answer.status == 200)
            return ports
        }
    }
}
