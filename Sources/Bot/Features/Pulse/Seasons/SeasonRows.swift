internal import Kit
internal import Shared

enum SeasonRows {
    private static let columns: SQL =
        "id, guild, name, first, last, state, closed, messages, points, members, reactions, voice, version"

    static func all(of guild: ID<Guild>, in store: any Connection) throws -> [Season] {
        try store.all(
            "SELECT \(columns) FROM seasons_seasons WHERE guild = \(guild) AND state <> 'cancelled' ORDER BY first DESC, id DESC",
            read
        ).compactMap(\.self)
    }

    static func open(in guild: ID<Guild>, _ store: any Connection) throws -> Season? {
        try store.first("SELECT \(columns) FROM seasons_seasons WHERE guild = \(guild) AND state = 'open'", read).flatMap(
            \.self)
    }

    static func find(_ id: Int64, in store: any Connection) throws -> Season? {
        try store.first("SELECT \(columns) FROM seasons_seasons WHERE id = \(id)", read).flatMap(\.self)
    }

    /// The season of this name or number in the turn's server; without a word the one that runs, or the last one.
    static func require(_ word: String?, _ turn: Turn, cancelled: Bool = false) throws -> Season {
        let guild = try turn.requireGuild()
        if let word, let number = Int64(word), let season = try find(number, in: turn.store), season.guild == guild,
            cancelled || season.state != .cancelled
        {
            return season
        }
        let all = try all(of: guild, in: turn.store)
        guard let word else {
            if let season = all.first(where: { $0.state == .open }) ?? all.first { return season }
            throw Refusal.notFound("There has been no season here yet.", hint: "Begin one with seasons start.")
        }
        let wanted = word.lowercased()
        if let season = all.first(where: { $0.name.lowercased() == wanted }) { return season }
        if cancelled, let season = try latestCancelled(of: guild, turn.store, where: { $0.name.lowercased() == wanted }) {
            return season
        }
        let near = nearest(to: word, among: all.map(\.name)).map { "Did you mean \"\($0)\"? " } ?? ""
        throw Refusal(
            .notFound, "There is no season \"\(word.prefix(60))\" here.", hint: near + "See them all with seasons list.",
            field: "season")
    }

    private static func latestCancelled(
        of guild: ID<Guild>, _ store: any Connection, where fits: (Season) -> Bool
    ) throws -> Season? {
        try store.all(
            "SELECT \(columns) FROM seasons_seasons WHERE guild = \(guild) AND state = 'cancelled' ORDER BY id DESC", read
        ).compactMap(\.self).first(where: fits)
    }

    static func insert(_ season: Season, in store: any Connection) throws -> Int64 {
        try store.first(
            """
            INSERT INTO seasons_seasons (guild, name, first, last, state, messages, points, members, reactions, voice, version)
            VALUES (\(season.guild), \(season.name), \(season.first), \(season.last.map { SQLValue.int(Int64($0.number)) } ?? .null),
                \(season.state.rawValue), 0, 0, 0, 0, 0, 1) RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    static func update(_ season: Season, in store: any Connection) throws {
        try store.run(
            """
            UPDATE seasons_seasons SET name = \(season.name), first = \(season.first),
                last = \(season.last.map { SQLValue.int(Int64($0.number)) } ?? .null), state = \(season.state.rawValue),
                closed = \(season.closed), messages = \(season.sums.messages), points = \(season.sums.points),
                members = \(season.sums.members), reactions = \(season.sums.reactions), voice = \(season.sums.voice),
                version = version + 1 WHERE id = \(season.id)
            """)
    }

    // MARK: - Places

    /// The board as it stands, or as it stood when the season closed.
    static func places(
        of season: Season, from offset: Int, _ count: Int, _ turn: Turn
    ) throws -> [(rank: Int, place: LedgerReading.Ranked)] {
        guard season.state == .closed else {
            let days = season.days(today: turn.zone.day(of: turn.now))
            let board = try turn.ledger().board(turn, days, offset + count)
            return board.enumerated().dropFirst(offset).map { ($0.offset + 1, $0.element) }
        }
        return try turn.store.all(
            """
            SELECT rank, member, points, messages FROM seasons_places WHERE season = \(season.id)
            ORDER BY rank LIMIT \(count) OFFSET \(offset)
            """
        ) { row in
            ID<Member>(row.int(1)).map {
                (Int(row.int(0)), LedgerReading.Ranked(member: $0, points: row.int(2), messages: row.int(3)))
            }
        }.compactMap(\.self)
    }

    static func freeze(_ board: [LedgerReading.Ranked], of season: Season, in store: any Connection) throws {
        try store.run("DELETE FROM seasons_places WHERE season = \(season.id)")
        try store.repeated(
            "INSERT INTO seasons_places (season, guild, rank, member, points, messages) VALUES ($1, $2, $3, $4, $5, $6)",
            count: board.count
        ) { index, row in
            row.bind(1, season.id)
            row.bind(2, season.guild.number)
            row.bind(3, Int64(index + 1))
            row.bind(4, board[index].member.number)
            row.bind(5, board[index].points)
            row.bind(6, board[index].messages)
        }
    }

    private static func read(_ row: any Row) -> Season? {
        guard let guild: ID<Guild> = row.id(1) else { return nil }
        var sums = LedgerReading.Sums()
        sums.messages = row.int(7)
        sums.points = row.int(8)
        sums.members = row.int(9)
        sums.reactions = row.int(10)
        sums.voice = row.int(11)
        return Season(
            id: row.int(0), guild: guild, name: row.text(2), first: Day(number: Int32(truncatingIfNeeded: row.int(3))),
            last: row.optionalInt(4).map { Day(number: Int32(truncatingIfNeeded: $0)) },
            state: Season.State(rawValue: row.text(5)) ?? .cancelled,
            closed: row.optionalInt(6).map(Instant.init(milliseconds:)), sums: sums, version: row.int(12))
    }
}
