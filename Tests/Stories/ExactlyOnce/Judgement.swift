import Kit
import Shared
import Simulator
import Testing

extension Ordeal {
    /// The last word: every score, streak and answer is what the ledger of truth gives. The daemon is up and all is quiet.
    func isJudged(gaps: Int64? = 0) throws {
        let socket = try client()
        let oracle = discord.oracle()
        let today = Scoring().day(discord.now)
        var wrong: [String] = []
        for home in crowd.homes {
            let truth = oracle.totals(of: home.guild)
            let counted = try socket.ask("activity.totals", ["guild": .id(home.guild)])
            if counted["messages"]?.int != Int64(truth.messages) || thousandths(counted["points"]) != truth.points {
                wrong.append("\(counted.line) of \(home.guild), not \(truth)")
            }
            for person in home.people {
                let profile = try Self.profile(of: person, in: home.guild, socket)
                let theirs = oracle.totals(of: home.guild, member: person)
                let streak = oracle.streak(of: person, in: home.guild, on: today).current
                let isRight =
                    thousandths(profile["points"]) == theirs.points && profile["messages"]?.int == Int64(theirs.messages)
                    && profile["streak"]?.int == Int64(streak)
                if !isRight { wrong.append("\(profile.line) of \(person), not \(theirs) and \(streak) days") }
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) scores are wrong, such as \(wrong.first ?? "")")
        #expect(answers.values.filter { $0 == 0 }.count == 0, "commands without an answer")
        #expect(answers.values.filter { $0 > 1 }.count == 0, "commands answered twice")
        #expect(discord.ledger.doubled.map(\.content) == [])
        // A process that has just begun cannot know which buckets the one before it has emptied.
        let complaints = discord.violations.filter { $0.kind != .knownEmptyBucket }
        #expect(complaints == [])
        if let gaps { #expect(try number("SELECT COUNT(*) FROM house_gaps") == gaps, "sessions were lost") }
    }

    /// Somebody who has never said a word has nothing.
    private static func profile(of person: ID<Member>, in guild: ID<Guild>, _ socket: SocketClient) throws -> JSON {
        do { return try socket.ask("activity.profile", ["guild": .id(guild), "member": .id(person)]) } catch let error
            as ControlError where error.name == "not_found"
        {
            return ["points": 0, "messages": 0, "streak": 0]
        }
    }

    private func thousandths(_ number: JSON?) -> Int { Int(((number?.double ?? .nan) * 1000).rounded()) }

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

    /// One line for whoever reads the run: what was injected, and what it was injected into.
    func tells(_ promise: String, faults: Int, _ words: String) {
        let ledger = discord.ledger
        let repeats = ledger.sent.reduce(0) { $0 + $1.repeats }
        let rate = Int64(ledger.dispatched) * 1000 / max(1, lively)
        let sorted = resumes.sorted()
        func part(_ share: Double) -> Int {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }
        print(
            "\(promise): faults=\(faults) seed=\(plan.seed): \(words); \(ledger.dispatched) events (\(rate)/s), "
                + "\(crowd.commands.count) commands, \(ledger.sent.count) sends, \(repeats) repeated with their nonce; "
                + "\(sorted.count) times to RESUMED, ms: p50 \(part(0.5)), p95 \(part(0.95)), most \(sorted.last ?? 0)")
    }
}
