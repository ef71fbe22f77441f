internal import Kit
internal import Shared

/// What a file would change here: who comes from which level to which, and who is left out and why.
struct ImportPlan {
    struct Line {
        var entry: LevelFile.Entry
        /// In thousandths.
        var before: Int64 = 0
        var after: Int64 = 0
        var levels: (before: Int, after: Int) = (0, 0)
        var leftOut: String?

        var gain: Int64 { leftOut == nil ? max(0, after - before) : 0 }
    }

    let file: LevelFile
    let curve: String
    let lines: [Line]
    /// The day that it is booked on: the last one before all boards that are running, so that none of them is turned over.
    let day: Day

    init(_ text: String, everybody: Bool, _ turn: Turn) throws {
        file = try LevelFile(text)
        let guild = try turn.requireGuild()
        let (books, levels) = (try turn.bookings(), try turn.levels())
        day = try books.quietDay(turn)
        let decliners = try turn.decliners(of: .counting)
        let curve = levels.curve(turn)
        self.curve = curve.name
        lines = try file.entries.map { entry in
            var line = Line(entry: entry)
            let profile = turn.house.directory.member(entry.member, in: guild)
            if profile?.isBot == true { line.leftOut = "a bot" }
            if profile == nil, !everybody { line.leftOut = "not known here" }
            if decliners.contains(entry.member.number) { line.leftOut = "does not want to be counted" }
            line.before = try books.points(turn, entry.member) - levels.start(turn, entry.member)
            line.after = Self.points(of: entry, curve)
            line.levels = (curve.level(line.before), curve.level(max(line.before, line.after)))
            if line.leftOut == nil, line.after <= line.before { line.leftOut = "has as much already" }
            return line
        }
    }

    var taken: [Line] { lines.filter { $0.gain > 0 } }

    /// Nobody's level changes by coming here; how far they were on the way to the next one is kept where both curves agree.
    private static func points(of entry: LevelFile.Entry, _ curve: CurveReading.Curve) -> Int64 {
        let exact = entry.experience.map { Int64(min($0 / curve.perPoint * 1000, 9e15).rounded()) }
        guard let level = entry.level else { return exact ?? 0 }
        let least = curve.cost(level)
        let most = curve.next(level).map { $0 - 1 } ?? least
        return min(max(exact ?? least, least), max(least, most))
    }
}

extension Turn {
    func bookings() throws(Refusal) -> BookingReading {
        guard let books = house.catalogue.reading(BookingReading.self) else {
            throw .unavailable("Nobody counts points in this house.", hint: "The feature activity does.")
        }
        return books
    }

    func levels() throws(Refusal) -> CurveReading {
        guard let levels = house.catalogue.reading(CurveReading.self) else {
            throw .unavailable("Nobody keeps levels in this house.", hint: "The feature levels does.")
        }
        return levels
    }
}
