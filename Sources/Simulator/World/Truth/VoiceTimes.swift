package import Shared

/// How long everybody spent in voice in a way that counts, recomputed from the ledger alone.
package struct VoiceTimes: Sendable {
    package struct Rules: Sendable {
        package var countsMuted = false
        package var countsAlone = false
        /// Where those who fell asleep are put; time there does not count.
        package var quiet: Set<ID<Channel>> = []
        package init() {}
    }

    private struct Seat {
        let channel: ID<Channel>
        let isQuiet: Bool
        let guild: ID<Guild>
    }

    private struct Person: Hashable {
        let guild: ID<Guild>
        let member: ID<Member>
    }

    private var spent: [Person: Duration] = [:]

    package init(_ ledger: Ledger, until end: Instant, rules: Rules = Rules()) {
        var seats: [Person: Seat] = [:]
        var last = ledger.heard.first?.at ?? end
        for heard in ledger.heard where heard.at <= end {
            pay(seats, heard.at - last, rules)
            last = heard.at
            seats[Person(guild: heard.guild, member: heard.member)] = heard.channel.map {
                Seat(channel: $0, isQuiet: heard.isMuted || heard.isDeafened, guild: heard.guild)
            }
        }
        pay(seats, end - last, rules)
    }

    private mutating func pay(_ seats: [Person: Seat], _ time: Duration, _ rules: Rules) {
        let crowds = Dictionary(grouping: seats.values, by: \.channel).mapValues(\.count)
        for (person, seat) in seats {
            let isAlone = crowds[seat.channel, default: 0] < 2
            if seat.isQuiet && !rules.countsMuted || isAlone && !rules.countsAlone || rules.quiet.contains(seat.channel) {
                continue
            }
            spent[person, default: .zero] += time
        }
    }

    package func time(of member: ID<Member>, in guild: ID<Guild>) -> Duration {
        spent[Person(guild: guild, member: member)] ?? .zero
    }
}
