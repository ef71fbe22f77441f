import Kit
import Machine
import Shared
import Simulator
import Store
import Testing

extension Stories.ExactlyOnce {
    @Suite("Bad databases") struct BadDatabases {
        @Test("P10: what is wrong with a database is said with a remedy, the exit code is 78, and no byte changes")
        func refused() throws {
            let ordeal = try Ordeal(Ordeal.Plan(rate: 400))
            let ruin = try Ruin(ordeal)
            for harm in Harm.allCases where harm.isPossible {
                try ruin.isRefused("\(harm)", harm.words) { try harm.isDone(to: ruin) }
                harm.isUndone(in: ruin)
            }
            print("P10: faults=\(ruin.refused): each refused with 78, its cause and its remedy, not a byte changed")
        }

        @Test("P10: a byte that was turned in any kind of page is found before anything is written")
        func turned() throws {
            let count = Environment.read()["HEARTH_FLIPS"].flatMap { Int($0) } ?? 2
            let ordeal = try Ordeal(Ordeal.Plan(rate: 400))
            let ruin = try Ruin(ordeal)
            let clean = try #require(ruin.stopped["hearth.db"])
            let map = try ruin.mapped()
            for kind in PageMap.Kind.allCases {
                let places = try #require(map.places[kind], "there is no page of the kind \(kind)")
                for _ in 0..<count {
                    let place = places[ordeal.dice.below(places.count)]
                    let turned = clean[place] ^ UInt8(1 << ordeal.dice.below(8))
                    try ruin.isRefused("\(kind), byte \(place): \(clean[place]) is \(turned)", ["hearthd restore FILE"]) {
                        try Remains.lay(ruin.stopped, in: ordeal.folder)
                        try ruin.edit { $0[place] = turned }
                    }
                }
            }
            print(
                "P10: faults=\(ruin.refused) seed=\(ordeal.plan.seed): \(ruin.refused) turned bits in 7 kinds of page, all found"
            )
        }

        @Test("P10: with a byte turned just anywhere the program refuses or serves, and never falls over")
        func turnedAnywhere() throws {
            let count = Environment.read()["HEARTH_FLIPS"].flatMap { Int($0) } ?? 3
            let ordeal = try Ordeal(Ordeal.Plan(rate: 400))
            let ruin = try Ruin(ordeal)
            let clean = try #require(ruin.stopped["hearth.db"])
            var refused = 0
            for _ in 0..<count {
                let place = ordeal.dice.below(clean.count)
                try Remains.lay(ruin.stopped, in: ordeal.folder)
                try ruin.edit { $0[place] ^= UInt8(1 << ordeal.dice.below(8)) }
                ordeal.looksAgain()
                try ordeal.starts()
                try ordeal.waits(30_000, "its session or its end, with byte \(place) turned") {
                    ordeal.isOnline || ordeal.daemon?.hasEnded() ?? true
                }
                if ordeal.daemon?.ending == .exited(78) {
                    refused += 1
                } else {
                    try ordeal.goesOn(for: 50)
                    ordeal.daemon?.stops()
                    #expect([.exited(0), .exited(78)].contains(ordeal.daemon?.ending), "byte \(place)")
                }
                try ordeal.dies()
            }
            print(
                "P10: faults=\(count) seed=\(ordeal.plan.seed): \(count) bits turned anywhere, \(refused) of them refused at the start"
            )
        }
    }
}
