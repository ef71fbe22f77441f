import Kit
import Machine
import Shared
import Simulator
import Store
import Testing

extension Stories.ExactlyOnce {
    @Suite("Crash points") struct CrashPoints {
        @Test("OPS-04, P2: killed at every named moment, the bot loses nothing and says nothing twice")
        func everyPoint() throws {
            let environment = Environment.read()
            let rounds = environment["HEARTH_ROUNDS"].flatMap { Int($0) } ?? 1
            let only = environment["HEARTH_POINTS"].map { Set($0.split(separator: ",").map(String.init)) }
            var hits: [CrashPoint: Int] = [:]
            for round in 0..<rounds {
                // Few words, so that quiet comes soon: what counts here is where it dies, not under how much.
                var plan = Ordeal.Plan(rate: 300)
                plan.commands = 10
                plan.seed += UInt64(round)
                let trial = try PointTrial(plan)
                let points = CrashPoint.allCases.filter { only?.contains($0.rawValue) ?? true }
                for (point, count) in try trial.isHeld(over: points) { hits[point, default: 0] += count }
                trial.ordeal.tells("P2", faults: points.count, "round \(round + 1) of \(rounds), \(points.count) points")
            }
            for point in CrashPoint.allCases where only == nil && hits[point, default: 0] < rounds {
                Issue.record("\(point.rawValue) was hit \(hits[point, default: 0]) times of \(rounds)")
            }
            print("P2: \(hits.count) points:", hits.map { "\($0.key.rawValue)×\($0.value)" }.sorted().joined(separator: " "))
        }
    }
}

/// One house from its foundation to its restoration, killed once at each of the named moments on the way.
private final class PointTrial {
    let ordeal: Ordeal
    private var hits: [CrashPoint: Int] = [:]
    private static let patience = 30_000
    private static let recurring = ["commit.", "write.", "link.frames", "link.request", "link.receipt"]

    /// What has to happen for a moment to come.
    private enum Occasion: CaseIterable {
        /// A house that does not exist yet; then one that is half as old as the program; then its first words to Discord.
        case founding, copying, greeting
        /// Any start, with the crowd at it.
        case load
        /// Enough was written that the log is emptied.
        case checkpoint
        case job, stop, backup, request
        /// Discord refuses the session; nobody says a word meanwhile, for what is said then is another promise's business.
        case refusal
        case restore
    }

    init(_ plan: Ordeal.Plan) throws {
        ordeal = try Ordeal(plan)
        ordeal.discord.act { $0.rules.identifyPause = .zero }
    }

    func isHeld(over points: [CrashPoint]) throws -> [CrashPoint: Int] {
        for occasion in Occasion.allCases {
            let meant = points.filter { Self.occasion(of: $0) == occasion }
            if occasion == .load {
                try ordeal.isBorn()
                try ordeal.dies()
            }
            for point in meant { try isHit(point, on: occasion) }
            if occasion == .restore { try isRestored(at: meant) }
        }
        try ordeal.starts()
        try ordeal.isQuiet()
        try ordeal.isJudged(gaps: nil)
        return hits
    }

    private static func occasion(of point: CrashPoint) -> Occasion {
        switch point {
        case .fileCreated, .migrationBegun, .migrationStatement, .migrationWritten, .migrationCommitted: .founding
        case .identifySpent, .identified, .sessionBegun, .sessionWritten: .greeting
        case .copyKept: .copying
        case .checkpointDue, .checkpointed: .checkpoint
        case .timerAdvanced: .job
        case .stopAsked, .doorsClosed, .linkStopped, .unmarked, .logEmptied, .stopped: .stop
        case .backupBegun, .backupHalf, .backupCopied, .backupNamed: .backup
        case .answerKept: .request
        case .gapWritten: .refusal
        case .restoreCopied, .restorePrepared, .restoreLogAside, .restoreOldAside, .restorePlaced, .restoreStamped: .restore
        default: .load
        }
    }

    private func isHit(_ point: CrashPoint, on occasion: Occasion) throws {
        let isBusy = occasion == .load || occasion == .checkpoint
        // Not always the first time: the fifth commit is another one than that of the start.
        let recurs = occasion == .load && Self.recurring.contains { point.rawValue.hasPrefix($0) }
        let time = recurs ? 1 + ordeal.dice.below(6) : 1
        switch occasion {
        case .restore: return
        case .copying: if hits[.migrationCommitted] == nil { try isHit(.migrationCommitted, on: .founding) }
        case .job: try isDue()
        case .refusal: try isQuietBeforeRefusal()
        default: break
        }
        try ordeal.starts(["HEARTH_CRASH": "\(point.rawValue):\(time)"])
        switch occasion {
        case .stop, .backup, .request:
            try ordeal.goesOn("its session, to reach \(point.rawValue)") { ordeal.isOnline }
            try provoke(occasion)
        default: break
        }
        let wanted = "\(point.rawValue) for the time \(time)"
        if isBusy || occasion == .stop || occasion == .backup || occasion == .request {
            try ordeal.goesOn(atMost: Self.patience, wanted) { ordeal.daemon?.hasEnded() ?? true }
        } else {
            try ordeal.waits(Self.patience, wanted) { ordeal.daemon?.hasEnded() ?? true }
        }
        guard ordeal.daemon?.ending == .killedAtOnce else { throw ordeal.lost("\(wanted); it ended by itself") }
        hits[point, default: 0] += 1
        try ordeal.dies()
        if occasion == .refusal {
            try ordeal.starts()
            try ordeal.isQuiet()
            try ordeal.dies()
        }
    }

    private func provoke(_ occasion: Occasion) throws {
        let words = #""name":"activity.voice","value":0,"guild":"\#(ordeal.crowd.homes[0].guild)","idem":"once""#
        switch occasion {
        case .stop: ordeal.daemon?.isToldToStop()
        case .backup: try ordeal.client().say(#"{"id":1,"method":"house.backup","params":{}}"#)
        case .request: try ordeal.client().say(#"{"id":1,"method":"house.set","params":{\#(words)}}"#)
        default: break
        }
    }

    private func isQuietBeforeRefusal() throws {
        try ordeal.starts()
        try ordeal.isQuiet()
        try ordeal.dies()
        ordeal.discord.act { $0.faults.next(.refuseResume) }
    }

    /// While nobody was looking, something has fallen due.
    private func isDue() throws {
        let writer = try SQLiteLibrary(path: ordeal.database).openWriter()
        try writer.run(
            "UPDATE house_timers SET due = \(ordeal.discord.now), wake = \(ordeal.discord.now) WHERE job = 'house.sweep'")
    }

    /// A restoration that died leaves the house from before, the restored one, or a sentence that says what to do.
    private func isRestored(at points: [CrashPoint]) throws {
        if points.isEmpty { return }
        try ordeal.starts()
        try ordeal.isQuiet()
        let backup = try ordeal.client().ask("house.backup", ["name": "kept.db"])["path"]?.text ?? ""
        try ordeal.dies()
        for point in points {
            let restorer = try ordeal.program(["restore", backup], ["HEARTH_CRASH": point.rawValue])
            #expect(restorer.ends() == -1)
            guard restorer.ending == .killedAtOnce else { throw ordeal.lost(point.rawValue) }
            hits[point, default: 0] += 1
            ordeal.looksAgain()
            try ordeal.starts()
            try ordeal.waits(Self.patience, "a life after \(point.rawValue)") {
                ordeal.isOnline || ordeal.daemon?.hasEnded() == true
            }
            if ordeal.daemon?.process == nil {
                #expect(ordeal.daemon?.ending == .exited(78))
                #expect(ordeal.said().last?.contains("hearthd restore FILE") == true)
                #expect(try ordeal.program(["restore", backup]).ends() == 0)
                ordeal.looksAgain()
                try ordeal.starts()
            }
            try ordeal.isQuiet()
            _ = try? ordeal.client().ask("house.release")
            try ordeal.dies()
        }
    }
}
