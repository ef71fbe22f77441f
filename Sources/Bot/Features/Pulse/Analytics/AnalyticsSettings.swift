internal import Kit
internal import Shared

extension Analytics {
    /// How long a snapshot looks back.
    enum Span: String, CaseIterable, Sendable {
        case day, week, month

        var days: Int {
            switch self {
            case .day: 1
            case .week: 7
            case .month: 30
            }
        }

        /// The first day of the calendar's day, week or month that a day is in; weeks begin on Monday.
        func start(of day: Day) -> Day {
            switch self {
            case .day: day
            case .week: day - day.weekday
            case .month: Day(year: day.date.year, month: day.date.month, day: 1)
            }
        }

        /// The last whole one before a day.
        func last(before today: Day) -> ClosedRange<Day> {
            let end = start(of: today) - 1
            return start(of: end)...end
        }

        /// So many days up to one, and as many before them.
        func upTo(_ today: Day) -> ClosedRange<Day> { (today - (days - 1))...today }
    }

    static let every = Setting(
        "analytics.every", .oneOf("span", "How often a snapshot is taken and the report is posted"), standard: Span.week
    ) { .string($0.rawValue) }
    static let place = Setting(
        "analytics.channel",
        Parameter<ID<Channel>?>.optional(.channel("channel", "Where the report is posted; nowhere until it is set")),
        standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let hour = Setting(
        "analytics.hour", .whole("hour", "The hour of the day from which on the report comes", 0...23), standard: 9
    ) { .int(Int64($0)) }

    static let settings: [AnySetting] = [every.erased, place.erased, hour.erased]
}
