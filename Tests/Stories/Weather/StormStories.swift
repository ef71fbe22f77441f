import Kit
import Machine
import Settings
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("P14: storms on the gateway") struct Storms {
        /// Where a frame may go wrong, and a socket; op 9 both ways among them.
        private static let faults: [Fault] = [
            .cutFrame, .badOpcode, .oversized, .garbage, .fragments, .trickle, .reconnect, .invalidResumable, .invalidFinal,
            .halfOpen,
            .breakSocket, .dropReplay, .withholdHello, .refuseResumeTrue, .refuseResume, .duplicate, .oddity,
        ]

        @Test(
            "P14: cut, mangled, oversized and endless frames, storms of op 7 and op 9, dead and slow links: all is counted once",
            arguments: Configuration.Compression.allCases)
        func storms(_ compression: Configuration.Compression) throws {
            let environment = Environment.read()
            let minutes = environment["HEARTH_MINUTES"].flatMap { Int($0) } ?? 60
            let seed = environment["HEARTH_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 1...999_999)
            try Story.told(Story.Setting(compression: compression)) { story in
                let storm = Storm(story, seed: seed)
                let chance = environment["HEARTH_MINUTES"] == nil ? 0.02 : 0.005
                story.discord.act { world in
                    for fault in Self.faults { world.faults.often(fault, chance: chance) }
                }
                for minute in 0..<minutes {
                    try storm.passesMinute()
                    if minute % 240 == 239 { print("P14: \(minute + 1) of \(minutes) simulated minutes, \(compression)") }
                }
                let injected = story.discord.read { $0.faults.injected.values.reduce(0, +) }
                let never = story.discord.read(\.faults.neverInjected)
                story.discord.act { $0.faults.stop() }
                try story.comesBack()
                try storm.isJudged()
                if environment["HEARTH_MINUTES"] != nil { #expect(never == [], "seed \(seed): never injected") }
                #expect(injected > 0)
                print(
                    "P14: faults=\(injected) seed=\(seed): \(minutes) simulated minutes with \(compression); \(storm.summary)")
            }
        }
    }
}

/// People who go on talking, and a clock that goes on in steps small enough for every heartbeat to be sent in its time.
private final class Storm {
    private let story: Story
    private var dice: SeededDice
    private let people: [ID<Member>]
    private let rooms: [ID<Channel>]
    private var last: Said?
    private static let step = 2

    init(_ story: Story, seed: UInt64) {
        self.story = story
        dice = SeededDice(seed)
        people = (1...5).map { story.member("person \($0)") }
        rooms = (1...3).map { story.channel("room \($0)") }
    }

    func passesMinute() throws {
        for _ in 0..<(60 / Self.step) {
            if dice.below(3) == 0 { try somebodySpeaks() }
            story.hurries(Self.step.seconds)
            try story.waits("heartbeats in their time") { story.discord.read(\.isInTime) }
        }
    }

    private func somebodySpeaks() throws {
        let person = people[dice.below(people.count)]
        if let last, dice.below(4) == 0 {
            self.last = try story.replies(person, to: last, "yes")
        } else {
            last = try story.says(person, in: rooms[dice.below(rooms.count)], "words")
        }
    }

    private var opened: [Instant] { story.discord.read(\.opened) }
    private var silences: [Duration] { story.discord.read(\.silences) }
    /// The most connections within a minute; how far two of them are apart, a session's own transcript tells exactly.
    private var most: Int {
        let opened = opened
        return opened.indices.map { first in opened[first...].prefix { $0 - opened[first] < 1.minutes }.count }.max() ?? 0
    }

    /// A step of the clock is what the times are uncertain by.
    func isJudged() throws {
        let interval = story.discord.read(\.rules.heartbeat).milliseconds
        let longest = silences.max() ?? .zero
        #expect(
            longest.milliseconds <= interval * 3 / 2 + Int64(Self.step * 1000), "a dead link was found after \(longest.spelled)"
        )
        #expect(most <= 13, "\(most) connections within a minute")
    }

    var summary: String {
        let gaps = (try? story.number("SELECT COUNT(*) FROM house_gaps")) ?? -1
        return
            "\(opened.count) connections, at most \(most) within a minute; \(silences.count) dead links, the last left "
            + "after \((silences.max() ?? .zero).milliseconds) ms; \(gaps) gaps"
    }
}
