internal import Kit
internal import Shared

/// A book as lines of a table, from any line on.
struct ExportTable {
    let book: Analytics.Book
    let days: Int
    let columns: [String]
    let count: Int
    private let range: ClosedRange<Day>
    /// Of the members' book: it has a line for each of them.
    private var points = Column()

    init(_ book: Analytics.Book, days: Int, _ turn: Turn) throws {
        self.book = book
        self.days = days
        let today = turn.zone.day(of: turn.now)
        let first = try turn.ledger().firstDay(turn).map { max($0, today - (days - 1)) } ?? today
        range = min(first, today)...today
        let guild = try turn.requireGuild()
        switch book {
        case .days:
            columns = ["day", "messages", "points", "members", "reactions", "voice_ms", "joins", "leaves", "known"]
            count = today - range.lowerBound + 1
        case .hours:
            columns = ["hour_ms", "hour", "messages", "points", "members", "reactions", "voice_ms", "joins", "leaves", "known"]
            count = HourLines.hours(of: range, turn).count
        case .channels:
            columns = ["day", "channel", "name", "messages", "points", "members", "reactions", "voice_ms"]
            count = Int(
                try turn.store.first(
                    "SELECT COUNT(*) FROM analytics_channels WHERE guild = \(guild) AND day >= \(range.lowerBound)"
                ) { $0.int(0) } ?? 0)
        case .members:
            columns = ["member", "name", "points"] + Self.measures(turn).map(\.name)
            points = try turn.ledger().points(turn, nil)
            count = points.members.count
        case .snapshots:
            columns = ["at_ms", "span", "from", "until", "messages", "members"]
            count = Int(
                try turn.store.first("SELECT COUNT(*) FROM analytics_snapshots WHERE guild = \(guild)") { $0.int(0) } ?? 0)
        }
    }

    /// What other features measure of a member is a column each.
    private static func measures(_ turn: Turn) -> [Measure] {
        turn.house.catalogue.readings(MeasureReading.self).flatMap(\.measures).filter { $0.name != "points" }
    }

    /// In the order of the columns.
    func lines(from offset: Int, limit: Int, _ turn: Turn) throws -> [[JSON]] {
        guard offset < count else { return [] }
        let lines = offset..<min(offset + limit, count)
        switch book {
        case .days:
            let days = range.lowerBound + lines.lowerBound...range.lowerBound + (lines.upperBound - 1)
            return picked(try DayLines(days, turn).lines.map(Report.row))
        case .hours:
            let first = HourLines.hours(of: range, turn).lowerBound
            return picked(try HourLines(first + Int64(lines.lowerBound)..<first + Int64(lines.upperBound), turn).rows)
        case .channels: return try channelDays(from: offset, limit: limit, turn)
        case .members: return try members(from: offset, limit: limit, turn)
        case .snapshots: return picked(try Analytics.rows(turn, from: offset, limit: limit).map(Analytics.summary))
        }
    }

    private func picked(_ rows: [JSON]) -> [[JSON]] { rows.map { row in columns.map { row[$0] ?? .null } } }

    private func channelDays(from offset: Int, limit: Int, _ turn: Turn) throws -> [[JSON]] {
        try turn.store.all(
            """
            SELECT day, channel, messages, points, members, reactions, voice FROM analytics_channels
            WHERE guild = \(try turn.requireGuild()) AND day >= \(range.lowerBound) ORDER BY day, channel
            LIMIT \(limit) OFFSET \(offset)
            """
        ) { row in
            let name = row.id(1, Channel.self).flatMap { turn.house.directory.name(of: $0) }
            return [
                .string(Day(number: Int32(truncatingIfNeeded: row.int(0))).description), .string(row.text(1)),
                name.map { .string($0) } ?? .null, .int(row.int(2)), .points(row.int(3)), .int(row.int(4)), .int(row.int(5)),
                .int(row.int(6)),
            ]
        }
    }

    private func members(from offset: Int, limit: Int, _ turn: Turn) throws -> [[JSON]] {
        let guild = try turn.requireGuild()
        let page = points.members.indices.dropFirst(offset).prefix(limit)
        let measures = Self.measures(turn)
        // Whole columns where the page is most of them.
        let columns = points.members.count <= limit ? try measures.map { try $0.column(turn, nil, nil) } : []
        return try page.compactMap { index in
            guard let member = ID<Member>(points.members[index]) else { return nil }
            let figures = try measures.indices.map { measure in
                Self.number(
                    columns.isEmpty ? try measures[measure].column(turn, nil, member)[member] : columns[measure][member])
            }
            let name = turn.house.directory.name(of: member, in: guild)
            return [.id(member), name.map { .string($0) } ?? .null, .points(Int64(points.figures[index]))] + figures
        }
    }

    private static func number(_ figure: Double) -> JSON {
        abs(figure) < 9e15 && figure == figure.rounded() ? .int(Int64(figure)) : .double(figure)
    }
}
