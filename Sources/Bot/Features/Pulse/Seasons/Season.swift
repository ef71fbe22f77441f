internal import Kit
internal import Shared

/// Some weeks with a name. Days are the guild's own.
struct Season: Equatable {
    enum State: String { case open, closed, cancelled }

    var id: Int64 = 0
    var guild: ID<Guild>
    var name: String
    var first: Day
    /// The last day: planned while it is open, how it was once it is closed.
    var last: Day?
    var state = State.open
    var closed: Instant?
    /// What was done in it, once it is closed.
    var sums = LedgerReading.Sums()
    var version: Int64 = 1

    var key: String { String(id) }
    var subject: String { "season \(id)" }

    var settings: JSON {
        .fields([
            "name": .string(name), "from": .string(first.description), "until": last.map { .string($0.description) },
            "state": .string(state.rawValue),
        ])
    }

    /// The days of its board, as of a day.
    func days(today: Day) -> ClosedRange<Day> {
        let end = last.map { state == .closed ? $0 : min($0, today) } ?? today
        return first...max(first, end)
    }
}
