internal import Kit
internal import Shared

extension ActivityBook {
    /// With each commit the facts; with every so many, and whenever something else than facts was folded, the folds too.
    func write(to store: any Connection) throws {
        try foldLate(to: store)
        guard !facts.isEmpty || isOwed else { return }
        try writeFacts(to: store)
        commits += 1
        if isOwed || isFarBehind || seats.count > Self.mostSeats { try settle(to: store) }
    }

    private var isFarBehind: Bool {
        guard commits >= Self.commitsBehind else { return false }
        return unwritten < Self.flood || unwritten >= Self.mostBehind || unwritten >= Self.factsOfRow * changedSeats.count
    }

    /// From here on the rows say all that the facts do.
    func settle(to store: any Connection) throws {
        try foldLate(to: store)
        try writeFolds(to: store)
    }

    func writeFolds(to store: any Connection) throws {
        try writeFacts(to: store)
        guard isBehind || isOwed else { return }
        try writeSeats(to: store)
        try writeRooms(to: store)
        try writeHours(to: store)
        if newest > mark {
            try store.run("UPDATE activity_folded SET message = \(newest)")
            mark = newest
        }
        commits = 0
        unwritten = 0
        isOwed = false
        if seats.count > Self.mostSeats { seats = [:] }
        if rooms.count > Self.mostSeats { rooms = [:] }
    }

    var isBehind: Bool { newest > mark || !changedSeats.isEmpty || !changedRooms.isEmpty || !hours.isEmpty }

    func forget() {
        facts = []
        weights = [:]
        knownWeights = []
        seats = [:]
        rooms = [:]
        hours = [:]
        late = [:]
        changedSeats = []
        changedRooms = []
        commits = 0
        unwritten = 0
        isOwed = false
        isOpen = false
    }

    private func writeFacts(to store: any Connection) throws {
        guard !facts.isEmpty else { return }
        for (id, used) in weights {
            try store.run(
                """
                INSERT INTO activity_weights (id, base, reply, starter, further)
                VALUES (\(id), \(used.base), \(used.reply), \(used.starter), \(used.further)) ON CONFLICT DO NOTHING
                """)
            knownWeights.insert(id)
        }
        weights.removeAll()
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
        facts.removeAll(keepingCapacity: true)
    }

    /// In the order of the keys, so that each page is touched once.
    private func writeSeats(to store: any Connection) throws {
        var changed = changedSeats.filter(\.isChanged)
        changed.sort { ($0.person.guild, $0.person.member) < ($1.person.guild, $1.person.member) }
        try DayRow.write(changed.count, to: store) { (changed[$0].person, changed[$0].today) }
        try Standing.write(changed.count, to: store) { (changed[$0].person, changed[$0].standing, changed[$0].decay) }
        for seat in changed { seat.isChanged = false }
        changedSeats.removeAll(keepingCapacity: true)
    }

    private func writeRooms(to store: any Connection) throws {
        changedRooms.sort { $0.channel < $1.channel }
        let changed = changedRooms
        try store.repeated(
            "INSERT INTO activity_channels (channel, last) VALUES ($1, $2) ON CONFLICT (channel) DO UPDATE SET last = excluded.last",
            count: changed.count
        ) { index, row in
            row.bind(1, changed[index].channel)
            row.bind(2, changed[index].last)
        }
        for room in changed { room.isChanged = false }
        changedRooms.removeAll(keepingCapacity: true)
    }
}
