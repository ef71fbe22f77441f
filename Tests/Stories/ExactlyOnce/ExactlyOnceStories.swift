import Kit
import Machine
import Shared
import Simulator
import Testing

extension Stories {
    @Suite("Exactly once") struct ExactlyOnce {
        @Test("LEAD-01: killed at random moments under load, the bot loses nothing and says nothing twice")
        func kills() throws {
            try judged(KillStory.Plan(environment: Environment.read()))
        }

        private func judged(_ plan: KillStory.Plan) throws {
            let story = try KillStory(plan)
            try story.isTold()
            let socket = try story.program()
            let oracle = story.discord.oracle()
            let today = Scoring().day(story.discord.now)
            for home in story.crowd.homes {
                let truth = oracle.totals(of: home.guild)
                let counted = try socket.ask("activity.totals", ["guild": .id(home.guild)])
                #expect(counted["messages"]?.int == Int64(truth.messages))
                #expect(thousandths(counted["points"]) == truth.points)
                for person in home.people {
                    let params: JSON = ["guild": .id(home.guild), "member": .id(person)]
                    let profile = try socket.ask("activity.profile", params)
                    let theirs = oracle.totals(of: home.guild, member: person)
                    #expect(thousandths(profile["points"]) == theirs.points, "points of \(person)")
                    #expect(profile["messages"]?.int == Int64(theirs.messages), "messages of \(person)")
                    let streak = oracle.streak(of: person, in: home.guild, on: today)
                    #expect(profile["streak"]?.int == Int64(streak.current), "streak of \(person)")
                }
            }
            let answers = story.answers
            #expect(answers.values.filter { $0 == 0 }.count == 0, "commands without an answer")
            #expect(answers.values.filter { $0 > 1 }.count == 0, "commands answered twice")
            #expect(story.discord.ledger.doubled.map(\.content) == [])
            // A process that has just begun cannot know which buckets the one before it has emptied.
            let complaints = story.discord.violations.filter { $0.kind != .knownEmptyBucket }
            #expect(complaints == [])
            #expect(try story.number("SELECT COUNT(*) FROM house_gaps") == 0, "sessions were lost")
            print(story.report)
        }

        private func thousandths(_ number: JSON?) -> Int { Int(((number?.double ?? .nan) * 1000).rounded()) }
    }
}

extension KillStory {
    /// How many messages answer each command.
    var answers: [Said: Int] {
        var counts = Dictionary(uniqueKeysWithValues: crowd.commands.map { ($0, 0) })
        for channel in Set(crowd.commands.map(\.channel)) {
            for answer in discord.botMessages(in: channel) {
                if let command = answer.reference, counts[command] != nil { counts[command, default: 0] += 1 }
            }
        }
        return counts
    }

    var report: String {
        let ledger = discord.ledger
        let repeats = ledger.sent.reduce(0) { $0 + $1.repeats }
        return
            "P1: faults=\(plan.kills) seed=\(plan.seed): \(plan.kills) kills, \(ledger.dispatched) events, \(crowd.commands.count) commands, "
            + "\(ledger.sent.count) sends, \(repeats) sends repeated with their nonce"
    }
}
