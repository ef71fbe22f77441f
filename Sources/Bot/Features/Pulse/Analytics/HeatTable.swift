internal import Kit
internal import Shared

/// When a server is awake: messages of a usual hour, by the weekday and hour that its own clocks show.
struct HeatTable {
    /// Monday first; nil where no such hour is known.
    private(set) var cells: [[Double?]]

    static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    init(_ days: ClosedRange<Day>, _ turn: Turn) throws {
        let zone = turn.zone
        let first = zone.start(of: days.lowerBound).milliseconds / 3_600_000
        let end = min(zone.start(of: days.upperBound + 1), turn.now).milliseconds / 3_600_000
        let hours = try turn.ledger().hours(turn, first..<max(first, end))
        let known = try hours.begun(onOrAfter: first, turn) ?? end
        let unknown = try Unknown(since: Instant(milliseconds: first * 3_600_000), turn)
        self.init(max(first, known)..<max(end, max(first, known)), zone) { hour in
            let messages = hours[hour]?.messages ?? 0
            let time = Instant(milliseconds: hour * 3_600_000)..<Instant(milliseconds: (hour + 1) * 3_600_000)
            return unknown.knowledge(of: time, counted: messages) == .none ? nil : messages
        }
    }

    /// Each hour counts where the clocks put it: the hour that is left out in spring has one less, the one that comes twice in
    /// autumn one more.
    init(_ hours: Range<Int64>, _ zone: Zone, messages: (Int64) -> Int64?) {
        var sums = [[Double]](repeating: Array(repeating: 0, count: 24), count: 7)
        var counts = sums
        for hour in hours {
            guard let messages = messages(hour) else { continue }
            let wall = zone.wallTime(at: Instant(milliseconds: hour * 3_600_000))
            sums[wall.day.weekday][wall.hour] += Double(messages)
            counts[wall.day.weekday][wall.hour] += 1
        }
        cells = zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? ($0 / $1 * 100).rounded() / 100 : nil } }
    }

    var json: JSON { .array(cells.map { .array($0.map { $0.map(JSON.double) ?? .null }) }) }
}
