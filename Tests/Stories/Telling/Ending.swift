import Kit
import Shared
import Simulator
import Testing

extension Story {
    /// The judgement at the end of every story: Discord complains of nothing, and every score is what the oracle says.
    func ends(_ sourceLocation: SourceLocation = #_sourceLocation) throws {
        try quiet()
        let complaints = discord.violations.filter { !forgiven.contains($0.kind) }
        #expect(complaints == [], sourceLocation: sourceLocation)
        #expect(discord.ledger.doubled.map(\.content) == [], "sent twice", sourceLocation: sourceLocation)
        #expect(discord.ledger.unanswered == [], "never answered", sourceLocation: sourceLocation)
        if !paysVoice { try countsAsTheOracle(sourceLocation) }
    }

    /// Totals, and each member's points, messages and streak, are exactly those that the ledger of truth gives.
    func countsAsTheOracle(_ sourceLocation: SourceLocation = #_sourceLocation) throws {
        let oracle = discord.oracle(scoring)
        let today = scoring.day(discord.now)
        for guild in discord.homes {
            let truth = oracle.totals(of: guild)
            let counted = try asks("activity.totals", in: guild)
            #expect(counted["messages"]?.int == Int64(truth.messages), "messages of \(guild)", sourceLocation: sourceLocation)
            #expect(thousandths(counted["points"]) == truth.points, "points of \(guild)", sourceLocation: sourceLocation)
            for member in discord.members(of: guild) {
                let profile = try figures(of: member, in: guild)
                let theirs = oracle.totals(of: guild, member: member)
                let streak = oracle.streak(of: member, in: guild, on: today)
                let name = discord.name(of: member)
                #expect(thousandths(profile["points"]) == theirs.points, "points of \(name)", sourceLocation: sourceLocation)
                #expect(
                    profile["messages"]?.int == Int64(theirs.messages), "messages of \(name)", sourceLocation: sourceLocation)
                #expect(profile["streak"]?.int == Int64(streak.current), "streak of \(name)", sourceLocation: sourceLocation)
                #expect(
                    profile["best_streak"]?.int == Int64(streak.longest), "longest streak of \(name)",
                    sourceLocation: sourceLocation)
            }
        }
    }

    /// A member whom the bot has never seen has nothing.
    private func figures(of member: ID<Member>, in guild: ID<Guild>) throws -> JSON {
        do { return try asks("activity.profile", ["member": .id(member)], in: guild) } catch let error as ControlError
            where error.name == "not_found"
        {
            return ["points": 0, "messages": 0, "streak": 0, "best_streak": 0]
        }
    }

    func thousandths(_ number: JSON?) -> Int { Int(((number?.double ?? .nan) * 1000).rounded()) }
}
