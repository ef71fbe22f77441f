import Kit
import Machine
import Shared
import Store
import Testing
import hearthd

extension Stories.ExactlyOnce {
    @Suite("Migrations") struct Migrations {
        @Test("OPS-01, P20: killed at every statement of its migrations, a house is old or new and nothing between")
        func killed() throws {
            let rounds = Environment.read()["HEARTH_ROUNDS"].flatMap { Int($0) }
            var kills = 0
            for round in 1...(rounds ?? 1) {
                for move in try [MoveTrial(fromNothing: true), MoveTrial(fromNothing: false)] {
                    // The short form dies at some of them, each time at others.
                    let few = Set(move.deaths.shuffled().prefix(move.isFromNothing ? 4 : 8))
                    for death in move.deaths where rounds != nil || few.contains(death) {
                        try move.isHeld(at: death)
                        kills += 1
                    }
                }
                if let rounds { print("P20: round \(round) of \(rounds), \(kills) kills") }
            }
            print("P20: faults=\(kills): \(kills) kills within migrations, each left the schema and every row old or new")
        }

        @Test("OPS-01, P20: a house that a newer version has changed is refused in words, and stays as it is")
        func downgraded() throws {
            let ordeal = try Ordeal(Ordeal.Plan(rate: 1))
            let number = AgedHouse.migrations.filter { $0.feature == "house" }.count + 1
            let next = Migration("house-0\(number)-tomorrow", "CREATE TABLE house_tomorrow (id BIGINT PRIMARY KEY)")
            try AgedHouse(path: ordeal.database).opens(as: "99.1.0", and: [next])
            let before = try Remains.files(in: ordeal.folder)
            #expect(try ordeal.program([]).ends() == 78)
            #expect(try Remains.files(in: ordeal.folder) == before)
            let words = ordeal.said().joined(separator: "\n")
            #expect(words.contains("was changed by version 99.1.0 (\(next.name)), which this version does not know"))
            #expect(
                words.contains("Start version 99.1.0 or a newer one, or restore a backup from before it: hearthd restore FILE"))
        }
    }
}

/// One upgrade that dies somewhere, again and again from the same beginning.
private struct MoveTrial {
    let isFromNothing: Bool
    private let ordeal: Ordeal
    private let beginning: [String: [UInt8]]
    /// What a house holds after so many migrations more.
    private let stages: [[String]]
    /// Where to die: a named moment, and for the how many-th time.
    let deaths: [String]
    /// Migrations that the old house has seen: those of a program of some time ago.
    private static let old: Set = [
        "house-001", "house-002", "house-003", "house-004", "house-005", "house-006", "activity-001", "activity-002",
        "activity-003",
    ]

    init(fromNothing isFromNothing: Bool) throws {
        self.isFromNothing = isFromNothing
        ordeal = try Ordeal(Ordeal.Plan(rate: 1))
        let house = AgedHouse(path: ordeal.database)
        let rest = AgedHouse.migrations.map(\.migration).filter { isFromNothing || !Self.isOld($0) }
        if !isFromNothing { try house.opens(knowing: Self.isOld, furnish: AgedHouse.furnish) }
        beginning = try Remains.files(in: ordeal.folder)
        var stages = [isFromNothing ? [] : try house.content()]
        for count in 1...rest.count {
            let known = Set(rest.prefix(count).map(\.name))
            try house.opens(knowing: { Self.isOld($0) && !isFromNothing || known.contains($0.name) })
            stages.append(try house.content())
        }
        self.stages = stages
        let statements = rest.reduce(0) { $0 + $1.statements.count }
        deaths =
            (1...statements).map { "\(CrashPoint.migrationStatement.rawValue):\($0)" }
            + (1...rest.count).flatMap { number in
                [CrashPoint.migrationBegun, .migrationWritten, .migrationCommitted].map { "\($0.rawValue):\(number)" }
            }
    }

    private static func isOld(_ migration: Migration) -> Bool {
        old.contains(migration.name.split(separator: "-").prefix(2).joined(separator: "-"))
    }

    func isHeld(at death: String) throws {
        try Remains.lay(beginning, in: ordeal.folder)
        let house = AgedHouse(path: ordeal.database)
        let before = try beginning.isEmpty ? 0 : house.seen().count
        try dies(at: death)
        let stage = try house.seen().count - before
        #expect(try house.content() == stages[stage], "\(death) left something between")
        // The next start does the rest, and dies before it does anything else.
        try dies(at: CrashPoint.engineOpening.rawValue)
        #expect(try house.content() == stages.last, "after \(death) the next start made something else of it")
    }

    private func dies(at point: String) throws {
        let program = try ordeal.program([], ["HEARTH_CRASH": point])
        _ = program.ends()
        guard program.ending == .killedAtOnce else { throw ordeal.lost("\(point); it ended by itself") }
    }
}
