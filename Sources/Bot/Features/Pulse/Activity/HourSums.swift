internal import Kit
internal import Shared

/// What was done in each hour of each server. It names nobody, so it stays when everything else is swept.
extension ActivityBook {
    struct Hour: Hashable {
        var guild: Int64
        var hour: Int64

        init(guild: Int64, at milliseconds: Int64) {
            self.guild = guild
            hour = milliseconds / 3_600_000
        }
    }

    /// Adds to an hour; whoever does something in it for the first time is one more member there.
    func addHour(_ tally: Tally, of person: Person, at milliseconds: Int64, isFirst: Bool) {
        var sums = LedgerReading.Sums()
        sums.messages = tally.messages
        sums.points = tally.points
        sums.reactions = tally.reactions
        sums.voice = tally.voice
        sums.members = isFirst ? 1 : 0
        hours[Hour(guild: person.guild, at: milliseconds), default: .init()].add(sums)
    }

    /// Whether a member's message is the first thing that they did in its hour. Facts come in the order of their time; one that was
    /// missed and comes late has to be compared with the others of its hour.
    func isFirst(_ fact: Fact, of seat: Seat, _ store: any Connection) throws -> Bool {
        let began = ID<Message>.milliseconds(fact.message) / 3_600_000 * 3_600_000
        if seat.standing.lastAt < began { return true }
        if seat.standing.lastAt < began + 3_600_000 { return false }
        let first = Self.message(at: began)
        let end = fact.message <= newest ? Self.message(at: began + 3_600_000) : fact.message
        let isOther = { (other: Fact) in
            other.author == fact.author && other.guild == fact.guild && other.message != fact.message
                && (first..<end).contains(other.message)
        }
        if facts.contains(where: isOther) { return false }
        return try store.first(
            """
            SELECT 1 FROM activity_facts WHERE message >= \(first) AND message < \(end) AND author = \(fact.author)
                AND guild = \(fact.guild) AND message <> \(fact.message) LIMIT 1
            """
        ) { $0.int(0) } == nil
    }

    private static func message(at milliseconds: Int64) -> Int64 {
        ID<Message>(firstAt: Instant(milliseconds: milliseconds)).number
    }

    func writeHours(to store: any Connection) throws {
        let rolled = Array(hours)
        try store.repeated(
            """
            INSERT INTO activity_hours (guild, hour, messages, points, members, reactions, voice)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (guild, hour) DO UPDATE SET messages = activity_hours.messages + excluded.messages,
                points = activity_hours.points + excluded.points, members = activity_hours.members + excluded.members,
                reactions = activity_hours.reactions + excluded.reactions, voice = activity_hours.voice + excluded.voice
            """, count: rolled.count
        ) { index, row in
            let (hour, sums) = rolled[index]
            row.bind(1, hour.guild)
            row.bind(2, hour.hour)
            row.bind(3, sums.messages)
            row.bind(4, sums.points)
            row.bind(5, sums.members)
            row.bind(6, sums.reactions)
            row.bind(7, sums.voice)
        }
        hours.removeAll(keepingCapacity: true)
    }
}
