package import Shared

/// Recomputes from the ledger alone what a bot that lost and doubled nothing must have counted.
package struct Oracle: Sendable {
    package struct Totals: Sendable, Equatable {
        package var messages = 0
        /// Thousandths of a point, before any decay.
        package var points = 0

        package init(messages: Int = 0, points: Int = 0) {
            self.messages = messages
            self.points = points
        }
    }

    package struct Streak: Sendable, Equatable {
        package var current: Int
        package var longest: Int

        package init(current: Int, longest: Int) {
            self.current = current
            self.longest = longest
        }
    }

    package private(set) var points: [PointsKey: Int] = [:]
    package private(set) var messages: [PointsKey: Int] = [:]
    private var activeDays: [Person: Set<Day>] = [:]
    private let scoring: Scoring

    private struct Person: Hashable {
        let guild: ID<Guild>
        let member: ID<Member>
    }

    private struct Gift: Hashable {
        let message: ID<Message>
        let giver: ID<Member>
    }

    package init(_ ledger: Ledger, scoring: Scoring = Scoring()) {
        self.scoring = scoring
        countMessages(ledger)
        countReactions(ledger)
    }

    private mutating func countMessages(_ ledger: Ledger) {
        var lastSpoken: [ID<Channel>: Instant] = [:]
        var visited: [Person: (day: Day, channels: Set<ID<Channel>>)] = [:]
        for spoken in ledger.spoken
        where spoken.isSpeech && !scoring.leavesOut(spoken.author, spoken.channel, spoken.at) {
            let key = PointsKey(
                guild: spoken.guild, member: spoken.author, channel: spoken.channel, day: scoring.day(spoken.at))
            let person = Person(guild: spoken.guild, member: spoken.author)
            var earned = scoring.message
            if spoken.isReply { earned += scoring.reply }
            if lastSpoken[spoken.channel].map({ spoken.at - $0 > scoring.silence }) ?? true { earned += scoring.starter }
            lastSpoken[spoken.channel] = spoken.at
            var today = visited[person] ?? (key.day, [])
            if today.day != key.day { today = (key.day, []) }
            if today.channels.insert(spoken.channel).inserted, today.channels.count > 1 { earned += scoring.furtherChannel }
            visited[person] = today
            points[key, default: 0] += earned
            messages[key, default: 0] += 1
            activeDays[person, default: []].insert(key.day)
        }
    }

    /// A giver's first reaction on a message pays; taking the last one back takes the points of the day it paid on.
    private mutating func countReactions(_ ledger: Ledger) {
        var standing: [Gift: (emoji: Set<EmojiName>, paid: PointsKey)] = [:]
        for reacted in ledger.reacted where !reacted.giverIsBot && reacted.giver != reacted.messageAuthor {
            if scoring.leavesOut(reacted.giver, reacted.channel, reacted.at) { continue }
            let gift = Gift(message: reacted.message, giver: reacted.giver)
            let key = PointsKey(
                guild: reacted.guild, member: reacted.giver, channel: reacted.channel, day: scoring.day(reacted.at))
            if reacted.isAdded {
                if standing[gift] == nil {
                    standing[gift] = ([], key)
                    points[key, default: 0] += scoring.reaction
                }
                standing[gift]?.emoji.insert(reacted.emoji)
            } else if var state = standing[gift] {
                state.emoji.remove(reacted.emoji)
                standing[gift] = state.emoji.isEmpty ? nil : state
                if state.emoji.isEmpty { points[state.paid, default: 0] -= scoring.reaction }
            }
        }
        guard scoring.reactionsKeepStreaks else { return }
        for gift in standing.values {
            activeDays[Person(guild: gift.paid.guild, member: gift.paid.member), default: []].insert(gift.paid.day)
        }
    }

    package func totals(of guild: ID<Guild>? = nil, member: ID<Member>? = nil) -> Totals {
        func belongs(_ key: PointsKey) -> Bool { (guild ?? key.guild) == key.guild && (member ?? key.member) == key.member }
        return Totals(
            messages: messages.filter { belongs($0.key) }.values.reduce(0, +),
            points: points.filter { belongs($0.key) }.values.reduce(0, +))
    }

    /// Undecayed points of each member, best first; equals in order of id.
    package func board(of guild: ID<Guild>, days: ClosedRange<Day>? = nil) -> [(member: ID<Member>, points: Int)] {
        var sums: [ID<Member>: Int] = [:]
        for (key, earned) in points where key.guild == guild && days?.contains(key.day) ?? true {
            sums[key.member, default: 0] += earned
        }
        return sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    /// Consecutive active days up to this day; missing as many as the window has starts anew.
    package func streak(of member: ID<Member>, in guild: ID<Guild>, on day: Day) -> Streak {
        let days = (activeDays[Person(guild: guild, member: member)] ?? []).filter { $0 <= day }.sorted()
        var run = 0
        var longest = 0
        var last: Day?
        for active in days {
            run = last.map { active - $0 <= scoring.streakWindow } ?? true ? run + 1 : 1
            longest = max(longest, run)
            last = active
        }
        let isAlive = last.map { day - $0 <= scoring.streakWindow } ?? false
        return Streak(current: isAlive ? run : 0, longest: longest)
    }
}
