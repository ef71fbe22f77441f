import Discord
import Kit
import Machine
import Shared
import Simulator
import Testing

/// P6: limits are kept before they bite.
@Suite("P6: limits in a storm")
struct LimitStormTests {
    /// That the storm uses.
    private static let routes = 7

    private static func number(_ name: String, _ standard: Int) -> Int {
        Environment.read()[name].flatMap { Int($0) } ?? standard
    }

    /// Writes, edits, deletes, pins and reacts in thirty channels of two servers, and changes members meanwhile.
    private static func storm(_ strait: Strait, requests: Int) throws {
        let discord = strait.discord
        var channels: [(ID<Guild>, ID<Channel>)] = []
        for index in 0..<2 {
            let guild = discord.guild("Guild \(index)")
            for number in 0..<15 { channels.append((guild, discord.channel("c\(number)", in: guild))) }
        }
        let role = discord.role("Tea", in: channels[0].0)
        let ann = discord.member("ann", in: channels[0].0)
        var number: Int64 = 0
        while strait.statuses.values.reduce(0, +) < requests {
            number += 1
            let (guild, channel) = channels[strait.dice.below(channels.count)]
            let post = Post(Card(text: "\(words: "storm \(number)")"))
            let here = Place.known(channel)
            var effects: [Effect] = [.post(channel: here, post)]
            switch strait.dice.below(6) {
            case 0: effects.append(.edit(channel: here, message: .new(0), post))
            case 1: effects.append(.delete(channel: here, message: .new(0)))
            case 2: effects += [.pin(channel: here, message: .new(0)), .unpin(channel: here, message: .new(0))]
            case 3: effects.append(.react(channel: here, message: .new(0), emoji: "✅"))
            case 4 where guild == channels[0].0:
                effects.append(.addRole(guild: guild, member: ann, role: .known(role), reason: ""))
            default: break
            }
            let isChain = effects.contains(where: \.refersToNew)
            strait.carry(
                effects.enumerated().map { step, effect in
                    Parcel(
                        id: number * 10 + Int64(step), lane: isChain ? -number : effect.lane, effect: effect,
                        nonce: "s\(number)-\(step)", created: discord.now, tries: 0, firstTried: nil, step: step, guild: guild)
                })
            strait.pass(Int64(strait.dice.below(60)))
        }
        #expect(strait.settles(withinHours: 48))
    }

    @Test(
        "P6: shared buckets, fifty a second and buckets that change their names: hardly a 429, none where a bucket is known empty"
    )
    func storm() throws {
        let seed = UInt64(Self.number("HEARTH_SEED", 1))
        let strait = Strait(seed: seed) { world in
            world.rules.bucketEra = 90.seconds
            world.rules.crossing = .milliseconds(250)
        }
        strait.latency = 5...120
        try Self.storm(strait, requests: Self.number("HEARTH_REQUESTS", 3_000))
        let all = strait.statuses.values.reduce(0, +)
        let limited = strait.statuses[429] ?? 0
        print(
            "P6 seed \(seed): faults=\(limited) answers 429 of \(all) requests; \(strait.discord.violations.count) to a bucket known empty"
        )
        #expect(strait.discord.violations == [])
        // Which bucket a route is in, its first answer tells: each may be surprised once.
        #expect(limited <= max(all / 1_000, Self.routes), "\(limited) of \(all)")
        #expect(strait.rows.values.allSatisfy { if case .done? = $0.receipt?.outcome { true } else { false } })
    }

    @Test("P6: after a 401 not one request goes out, however many wait")
    func refusedToken() throws {
        let strait = Strait(seed: 1)
        let guild = strait.discord.guild("Tea House")
        let channels = (0..<40).map { strait.discord.channel("c\($0)", in: guild) }
        func carry(_ from: Int64) {
            strait.carry(
                channels.enumerated().map { index, channel in
                    let id = from + Int64(index)
                    return Parcel(
                        id: id, lane: channel.number, effect: .post(channel: .known(channel), Post(Card(text: "x"))),
                        nonce: "t\(id)", created: strait.discord.now, tries: 0, firstTried: nil)
                })
        }
        carry(1)
        strait.pass(2_000)
        strait.discord.act { $0.bot.token = "another" }
        strait.latency = 1...1
        strait.carry([
            Parcel(
                id: 900, lane: 7, effect: .post(channel: .known(channels[0]), Post(Card(text: "y"))), nonce: "t900",
                created: strait.discord.now, tries: 0, firstTried: nil)
        ])
        strait.pass(10)
        #expect(strait.isHalted)
        carry(1_000)
        strait.pass(3_600_000)
        #expect(strait.arrivedSinceHalt == 0 && strait.statuses[401] == 1)
        #expect(strait.discord.violations == [])
    }

    @Test("P6: five hundred refusals in ten minutes are the most that Discord ever sees")
    func brake() throws {
        let strait = Strait(seed: 1)
        let guild = strait.discord.guild("Tea House")
        let hidden = Simulator.Overwrite(id: guild.number, target: .role, deny: .viewChannel)
        strait.discord.act { world in world.rules.invalidRequestLimit = 600 }
        for number in 1...1_100 {
            let channel = strait.discord.act { $0.addChannel("c\(number)", in: guild, overwrites: [hidden]) }
            strait.carry([
                Parcel(
                    id: Int64(number), lane: channel.number, effect: .post(channel: .known(channel), Post(Card(text: "x"))),
                    nonce: "b\(number)", created: strait.discord.now, tries: 0, firstTried: nil)
            ])
        }
        strait.pass(590_000)
        let soon = strait.statuses[403] ?? 0
        #expect((500...550).contains(soon))
        #expect(strait.machine.health(MonotonicTime(nanoseconds: 1_000_000_000_000 + 300_000 * 1_000_000)).trouble == .braked)
        #expect(strait.settles(withinHours: 2))
        #expect(strait.statuses == [403: 1_100] && strait.discord.violations == [])
    }
}
