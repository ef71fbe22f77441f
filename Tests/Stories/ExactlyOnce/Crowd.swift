import Shared
import Simulator

/// People who talk, answer, react, take it back, and ask the bot things; the same seed is the same crowd.
struct Crowd {
    struct Home {
        let guild: ID<Guild>
        let channels: [ID<Channel>]
        let people: [ID<Member>]
        var recent: [Said] = []
        var given: [(ID<Member>, Said, String)] = []
    }

    private(set) var homes: [Home]
    /// Commands that want exactly one answer each.
    private(set) var commands: [Said] = []
    private(set) var deeds = 0
    private var dice: SeededDice
    private static let emoji = ["☕", "🔥", "🎲"]

    init(seed: UInt64, guilds: Int, channels: Int, people: Int, in discord: Simulation) {
        dice = SeededDice(seed)
        homes = (0..<guilds).map { number in
            let guild = discord.guild("Guild \(number)")
            return Home(
                guild: guild, channels: (0..<channels).map { discord.channel("room-\($0)", in: guild) },
                people: (0..<people).map { discord.member("person-\(number)-\($0)", in: guild) })
        }
    }

    /// One thing that somebody does.
    mutating func acts(in discord: Simulation) throws {
        deeds += 1
        let home = dice.below(homes.count)
        let person = homes[home].people[dice.below(homes[home].people.count)]
        let channel = homes[home].channels[dice.below(homes[home].channels.count)]
        let chance = dice.below(100)
        if chance < 55 || homes[home].recent.isEmpty {
            try speak(home, try discord.says(person, in: channel, "words number \(deeds)"))
        } else if chance < 75 {
            let target = homes[home].recent[dice.below(homes[home].recent.count)]
            try speak(home, try discord.replies(person, to: target, "an answer, number \(deeds)"))
        } else if chance < 93 || homes[home].given.isEmpty {
            let target = homes[home].recent[dice.below(homes[home].recent.count)]
            let emoji = Self.emoji[dice.below(Self.emoji.count)]
            try discord.reacts(person, to: target, emoji)
            homes[home].given.append((person, target, emoji))
        } else {
            let (giver, target, emoji) = homes[home].given.remove(at: dice.below(homes[home].given.count))
            discord.unreacts(giver, on: target, emoji)
        }
    }

    /// Somebody says something, or answers.
    mutating func speaks(in discord: Simulation) throws {
        deeds += 1
        let home = dice.below(homes.count)
        let person = homes[home].people[dice.below(homes[home].people.count)]
        if !homes[home].recent.isEmpty, dice.below(4) == 0 {
            let target = homes[home].recent[dice.below(homes[home].recent.count)]
            try speak(home, try discord.replies(person, to: target, "an answer, number \(deeds)"))
        } else {
            let channel = homes[home].channels[dice.below(homes[home].channels.count)]
            try speak(home, try discord.says(person, in: channel, "words number \(deeds)"))
        }
    }

    /// Somebody asks the bot something.
    mutating func asks(in discord: Simulation) throws {
        deeds += 1
        let home = homes[dice.below(homes.count)]
        let person = home.people[dice.below(home.people.count)]
        let channel = home.channels[dice.below(home.channels.count)]
        let line = ["E!leaderboard", "E!aip", "e!activity why", "E!leaderboard all"][dice.below(4)]
        commands.append(try discord.says(person, in: channel, line))
    }

    private mutating func speak(_ home: Int, _ said: Said) throws {
        homes[home].recent.append(said)
        if homes[home].recent.count > 40 { homes[home].recent.removeFirst() }
        if homes[home].given.count > 200 { homes[home].given.removeFirst() }
    }
}

/// SplitMix64: chance that can be told again.
struct SeededDice: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }
}
