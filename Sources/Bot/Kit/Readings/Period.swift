package import Shared

/// The days that a board is about; weeks begin on Monday, days in the guild's zone.
package enum Period: String, CaseIterable, Sendable {
    case day, week, month, season, all

    /// The first day, or nil for all time.
    package func start(today: Day, season: String) -> Day? {
        let (year, month, _) = today.date
        switch self {
        case .day: return today
        case .week: return today - today.weekday
        case .month: return Day(year: year, month: month, day: 1)
        case .season: return Self.written(season, before: today) ?? Day(year: year, month: (month - 1) / 3 * 3 + 1, day: 1)
        case .all: return nil
        }
    }

    private static func written(_ text: String, before today: Day) -> Day? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]), (1...31).contains(parts[2]) else { return nil }
        let day = Day(year: parts[0], month: parts[1], day: parts[2])
        return day <= today ? day : nil
    }

    package var title: String {
        switch self {
        case .day: "today"
        case .week: "this week"
        case .month: "this month"
        case .season: "this season"
        case .all: "all time"
        }
    }
}
