internal import Kit
internal import Shared

/// The hot side of counting: what the next message needs to know, and what has changed since the last commit.
final class ActivityBook: Hot {
    struct Person: Hashable {
        var guild: Int64
        var member: Int64
    }

    struct Cell: Hashable {
        var person: Person
        var day: Int32
        var channel: Int64
    }

    struct Fact {
        var message: Int64
        var guild: Int64
        var channel: Int64
        var author: Int64
        var kinds: Kinds
        var points: Int64
        var weights: Int64
        var answered: Int64
        var day: Day
    }

    /// A member's place in the ledger: how they stand, and where they have spoken today.
    struct Seat {
        var standing = Standing()
        var day = Day(number: 0)
        var channels: [Int64] = []
    }

    struct Hour: Hashable {
        var guild: Int64
        var hour: Int64
    }

    /// Members that are kept in memory; beyond, everything is written and forgotten.
    private static let mostSeats = 50_000

    private(set) var facts: [Fact] = []
    private var pending: Set<Int64> = []
    private var weights: [Int64: Weights] = [:]
    private var knownWeights: Set<Int64> = []
    private var cells: [Cell: Tally] = [:]
    private var hours: [Hour: Int64] = [:]
    private var seats: [Person: Seat] = [:]
    private var lastSaid: [Int64: Int64] = [:]
    private var changedChannels: Set<Int64> = []
    private var changedSeats: Set<Person> = []
    /// Each guild's decay, as its last turn knew it: the place of a standing depends on it.
    var rates: [Int64: Double] = [:]

    init() {}

    // MARK: - Reading

    /// The last counted message of a channel, by id; 0 when nobody has spoken there.
    func lastMessage(in channel: ID<Channel>, from store: any Connection) throws -> Int64 {
        if let known = lastSaid[channel.number] { return known }
        let last = try store.first("SELECT last FROM activity_channels WHERE channel = \(channel)") { $0.int(0) } ?? 0
        lastSaid[channel.number] = last
        return last
    }

    /// Has this message been counted? A message newer than its channel's last one cannot have been.
    func isCounted(_ message: ID<Message>, in channel: ID<Channel>, from store: any Connection) throws -> Bool {
        if message.number > (try lastMessage(in: channel, from: store)) { return false }
        if pending.contains(message.number) { return true }
        return try store.first("SELECT 1 FROM activity_facts WHERE message = \(message)") { $0.int(0) } != nil
    }

    func seat(_ person: Person, on day: Day, from store: any Connection) throws -> Seat {
        if var seat = seats[person] {
            if day > seat.day {
                // The seat may have been taken for an older day only, so the ledger says where they have spoken on this one.
                seat.day = day
                seat.channels = try spokenChannels(person, day, store)
                seats[person] = seat
            }
            return seat
        }
        var seat = Seat()
        seat.standing = try Standing.read(person, from: store) ?? Standing()
        seat.day = day
        seat.channels = try spokenChannels(person, day, store)
        seats[person] = seat
        return seat
    }

    /// Where a member spoke on a day that is not the hot one.
    func spokenChannels(_ person: Person, _ day: Day, _ store: any Connection) throws -> [Int64] {
        try store.all(
            """
            SELECT channel FROM activity_ledger WHERE guild = \(person.guild) AND day = \(day) AND member = \(person.member)
                AND messages > 0
            """
        ) { $0.int(0) }
    }

    // MARK: - Changing

    func change(_ person: Person, _ body: (inout Seat) -> Void) {
        guard var seat = seats[person] else { return }
        seats[person] = nil
        body(&seat)
        seats[person] = seat
        changedSeats.insert(person)
    }

    func note(_ fact: Fact, by used: Weights) {
        facts.append(fact)
        pending.insert(fact.message)
        if !knownWeights.contains(fact.weights) { weights[fact.weights] = used }
        if fact.message > lastSaid[fact.channel] ?? 0 { lastSaid[fact.channel] = fact.message }
        changedChannels.insert(fact.channel)
        hours[Hour(guild: fact.guild, hour: ID<Message>.hour(fact.message)), default: 0] += 1
    }

    func add(_ tally: Tally, to person: Person, on day: Day, in channel: ID<Channel>) {
        cells[Cell(person: person, day: day.number, channel: channel.number), default: Tally()].add(tally)
    }

    /// The rows of a member were changed by somebody else.
    func forget(_ person: Person) {
        seats[person] = nil
        changedSeats.remove(person)
    }

    // MARK: - Hot

    func write(to store: any Connection) throws {
        guard !facts.isEmpty || !cells.isEmpty || !changedSeats.isEmpty else { return }
        try writeFacts(to: store)
        try writeCells(to: store)
        try writeSeats(to: store)
        if seats.count > Self.mostSeats { seats = [:] }
        if lastSaid.count > Self.mostSeats { lastSaid = [:] }
    }

    func forget() {
        facts = []
        pending = []
        weights = [:]
        knownWeights = []
        cells = [:]
        hours = [:]
        seats = [:]
        lastSaid = [:]
        changedChannels = []
        changedSeats = []
    }

    private func writeFacts(to store: any Connection) throws {
        for (id, used) in weights {
            try store.run(
                """
                INSERT INTO activity_weights (id, base, reply, starter, further)
                VALUES (\(id), \(used.base), \(used.reply), \(used.starter), \(used.further)) ON CONFLICT DO NOTHING
                """)
            knownWeights.insert(id)
        }
        try store.repeated(
            """
            INSERT INTO activity_facts (message, guild, channel, author, kinds, points, weights, answered, day)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
            """, count: facts.count
        ) { index, row in
            let fact = facts[index]
            row.bind(1, fact.message)
            row.bind(2, fact.guild)
            row.bind(3, fact.channel)
            row.bind(4, fact.author)
            row.bind(5, fact.kinds.rawValue)
            row.bind(6, fact.points)
            row.bind(7, fact.weights)
            row.bind(8, fact.answered)
            row.bind(9, Int64(fact.day.number))
        }
        let channels = Array(changedChannels)
        try store.repeated(
            "INSERT INTO activity_channels (channel, last) VALUES ($1, $2) ON CONFLICT (channel) DO UPDATE SET last = excluded.last",
            count: channels.count
        ) { index, row in
            row.bind(1, channels[index])
            row.bind(2, lastSaid[channels[index]] ?? 0)
        }
        weights = [:]
        facts.removeAll(keepingCapacity: true)
        pending.removeAll(keepingCapacity: true)
        changedChannels.removeAll(keepingCapacity: true)
    }

    private func writeCells(to store: any Connection) throws {
        let changed = Array(cells)
        try store.repeated(
            """
            INSERT INTO activity_ledger (guild, day, member, channel, points, messages, replies, starters, further, reactions,
                answered, reacted, voice, voice_points)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (guild, day, member, channel) DO UPDATE SET points = activity_ledger.points + excluded.points,
                messages = activity_ledger.messages + excluded.messages, replies = activity_ledger.replies + excluded.replies,
                starters = activity_ledger.starters + excluded.starters, further = activity_ledger.further + excluded.further,
                reactions = activity_ledger.reactions + excluded.reactions,
                answered = activity_ledger.answered + excluded.answered, reacted = activity_ledger.reacted + excluded.reacted,
                voice = activity_ledger.voice + excluded.voice,
                voice_points = activity_ledger.voice_points + excluded.voice_points
            """, count: changed.count
        ) { index, row in
            let (cell, tally) = changed[index]
            row.bind(1, cell.person.guild)
            row.bind(2, Int64(cell.day))
            row.bind(3, cell.person.member)
            row.bind(4, cell.channel)
            for (offset, number) in tally.columns.enumerated() { row.bind(5 + offset, number) }
        }
        cells.removeAll(keepingCapacity: true)
        let rolled = Array(hours)
        try store.repeated(
            """
            INSERT INTO activity_hours (guild, hour, messages) VALUES ($1, $2, $3)
            ON CONFLICT (guild, hour) DO UPDATE SET messages = activity_hours.messages + excluded.messages
            """, count: rolled.count
        ) { index, row in
            row.bind(1, rolled[index].key.guild)
            row.bind(2, rolled[index].key.hour)
            row.bind(3, rolled[index].value)
        }
        hours.removeAll(keepingCapacity: true)
    }

    private func writeSeats(to store: any Connection) throws {
        let changed = changedSeats.compactMap { person in
            seats[person].map { (person, $0.standing, rates[person.guild] ?? 0.98) }
        }
        try Standing.write(changed, to: store)
        changedSeats.removeAll(keepingCapacity: true)
    }
}

extension ID<Message> {
    /// The hour since 1970 in which a message was written.
    static func hour(_ message: Int64) -> Int64 { ((message >> 22) + 1_420_070_400_000) / 3_600_000 }
}
