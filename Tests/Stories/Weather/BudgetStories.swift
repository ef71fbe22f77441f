import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("P5: a crash loop never costs the token") struct Budget {
        private static let restarts = Environment.read()["HEARTH_RESTARTS"].flatMap { Int($0) }

        @Test("P5: a bot that is started again and again within an hour goes on with its session")
        func resumable() throws {
            let restarts = Self.restarts ?? 25
            var setting = Story.Setting()
            // However slow this machine is, the session is still there: time goes fast while something is waited for.
            setting.world = { discord in discord.act { $0.rules.replayWindow = 12.hours } }
            try Story.told(setting) { story in
                let ann = story.member("ann")
                for number in 1...restarts {
                    story.closes()
                    story.hurries(.milliseconds(3_600_000 / Int64(max(restarts, 720))))
                    if number.isMultiple(of: 5) { try story.says(ann, "still there, number \(number)") }
                    try story.opensSoon(knowingCommands: false)
                    if number.isMultiple(of: 200) { print("P5: \(number) of \(restarts) restarts") }
                }
                let identifies = story.discord.read(\.identifyCount)
                #expect(identifies <= 5)
                #expect(try story.number("SELECT COUNT(*) FROM house_gaps") == 0)
                print("P5: faults=\(restarts): \(restarts) restarts of a resumable session, \(identifies) identifies")
            }
        }

        @Test(
            "P5: where no session can be resumed, the budget that is left is kept over restarts, and never spent below its reserve"
        )
        func refused() throws {
            var setting = Story.Setting()
            let budget = Self.restarts == nil ? 40 : 1000
            let reserve = min(200, budget / 5)
            setting.world = { discord in discord.act { $0.rules.identifyBudget = budget } }
            try Story.told(setting) { story in
                story.discord.act { $0.faults.often(.refuseResume, chance: 1) }
                var starts = 0
                var words = ""
                while !words.contains("session starts are left"), starts < budget + 20 {
                    story.closes()
                    try story.starts()
                    starts += 1
                    try story.waits("a session, or the reason why there is none") {
                        story.hurries(.milliseconds(500))
                        words = try story.asksAnywhere("house.status").line
                        return words.contains("session starts are left") || story.discord.positions.count == 1
                    }
                }
                let identifies = story.discord.read(\.identifyCount)
                // A start that is cut off between its budget and its word costs one all the same.
                #expect(identifies <= budget - reserve && identifies >= budget - reserve - 4)
                #expect(words.contains("Only \(reserve) of \(budget) session starts are left"))
                print("P5: faults=\(starts): \(starts) restarts of a refused session, \(identifies) identifies of \(budget)")
                story.discord.act { $0.faults.stop() }
                story.hurries(25.hours)
                try story.comesBack()
            }
        }
    }
}
