import Disks
import Machine
import Shared
import Simulator
import Store
import Testing

extension Stories.ExactlyOnce {
    @Suite("Power cuts") struct PowerCuts {
        @Test("P11: whatever a power cut leaves of the disk, nothing that anybody saw is unknown, and nothing is lost")
        func cuts() throws {
            let wanted = Environment.read()["HEARTH_IMAGES"].flatMap { Int($0) } ?? 120
            var plan = Ordeal.Plan(rate: 400)
            plan.commands = 30
            var cuts = Cuts()
            while cuts.images < wanted {
                try cuts.addLife(plan, images: min(600, wanted - cuts.images))
                plan.seed += 1
                print("P11: \(cuts.images) of \(wanted) images")
            }
            #expect(cuts.broken == [], "\(cuts.broken.count) complaints about \(cuts.images) images")
            #expect(cuts.harmed > cuts.images / 4, "most cuts came when all was synced: nothing was proved")
            print(
                "P11: faults=\(cuts.harmed) last seed=\(plan.seed - 1): \(cuts.images) images of \(cuts.lives) lives, \(cuts.harmed) of "
                    + "them torn or short of something written; \(cuts.logs) new logs; \(cuts.revived) lived on and were judged"
            )
        }
    }
}

/// Power cuts so far, and what became of them.
private struct Cuts {
    var images = 0
    var harmed = 0
    var lives = 0
    var revived = 0
    /// Logs that were begun from their beginning: one more than checkpoints in each life.
    var logs = 0
    var broken: [String] = []
    private static let glances = 40

    /// One life, cut off in many places; a few of the remains live on to the end.
    mutating func addLife(_ plan: Ordeal.Plan, images wanted: Int) throws {
        let ordeal = try Ordeal(plan)
        ordeal.discord.act { world in
            // Discord says so often what it may forget, and otherwise remembers as long as the test takes.
            world.rules.heartbeat = 1.seconds
            world.rules.replayWindow = 1.hours
            world.rules.nonceWindow = 1.hours
        }
        let life = try RecordedLife(ordeal, glances: Self.glances)
        lives += 1
        let truth = ordeal.discord.ledger
        let place = try StoryFolder()
        var disk = Replayed(life.deeds)
        let third = life.glances.count / 3
        let chosen = Set((0..<3).map { $0 * third + ordeal.dice.below(third) })
        for (number, glance) in life.glances.enumerated() {
            let next = number + 1 < life.glances.count ? life.glances[number + 1].moment : life.deeds.count
            disk.goesOn(to: glance.moment)
            if chosen.contains(number) {
                try ordeal.livesOn(from: disk.platter.image(using: &ordeal.dice), glance)
                revived += 1
            }
            let share = wanted * (number + 1) / life.glances.count - wanted * number / life.glances.count
            for moment in (0..<share).map({ _ in glance.moment + ordeal.dice.below(max(1, next - glance.moment)) }).sorted() {
                disk.goesOn(to: moment)
                try judge(
                    disk.platter.image(using: &ordeal.dice), glance, truth, in: place.path, "seed \(plan.seed), deed \(moment)")
            }
        }
        harmed += disk.platter.harmed
        logs += disk.logs
    }

    /// What was seen at the glance must be there; what came after it may be.
    private mutating func judge(
        _ image: [String: [UInt8]], _ glance: RecordedLife.Glance, _ truth: Ledger, in folder: String, _ name: String
    ) throws {
        images += 1
        do {
            let faults = try Remains(image, in: folder).faults(after: glance, truth)
            broken += faults.map { "\(name): \($0)" }
        } catch let refusal as OpeningRefusal {
            broken.append("\(name): \(refusal)")
        }
    }
}

/// A disk to which everything is happening again.
private struct Replayed {
    var platter = Platter()
    private(set) var logs = 0
    private var done = 0
    private let deeds: [RecordingDisk.Deed]

    init(_ deeds: [RecordingDisk.Deed]) { self.deeds = deeds }

    mutating func goesOn(to moment: Int) {
        while done < moment {
            if case .wrote("hearth.db-wal", 0, _) = deeds[done] { logs += 1 }
            platter.take(deeds[done])
            done += 1
        }
    }
}

extension Ordeal {
    /// The world is as it was at the cut; the program starts on what is left, and in the end everything is as in peace.
    fileprivate func livesOn(from image: [String: [UInt8]], _ glance: RecordedLife.Glance) throws {
        try Remains.lay(image, in: folder)
        discord.act { world in
            world = glance.world
            world.breakSockets()
            for connection in world.busyConnections { _ = world.drain(connection) }
        }
        crowd = glance.crowd
        looksAgain()
        try starts()
        try waits(60_000, "a session after the cut, or its end") { isOnline || daemon?.hasEnded() ?? true }
        guard daemon?.process != nil else { throw lost("a life after the cut") }
        try isQuiet()
        try isJudged(gaps: nil)
        try dies()
    }
}
