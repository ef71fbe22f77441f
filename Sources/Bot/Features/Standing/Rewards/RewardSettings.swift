internal import Kit
internal import Shared

extension Rewards {
    enum Rhythm: String, CaseIterable, Sendable { case daily, weekly, never }
    enum Tiers: String, CaseIterable, Sendable { case highest, all }
    enum Weekday: String, CaseIterable, Sendable {
        case monday, tuesday, wednesday, thursday, friday, saturday, sunday
        /// Monday is 0.
        var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    static let rhythm = Setting(
        "rewards.run", .oneOf("when", "How often the rules are applied by themselves: daily, weekly or never"),
        standard: Rhythm.daily
    ) { .string($0.rawValue) }
    static let clock = Setting(
        "rewards.at", .clock("time", "At what time of the server's day, such as 04:00"), standard: ClockTime(minutes: 240)
    ) { .string($0.text) }
    static let weekday = Setting(
        "rewards.weekday", .oneOf("day", "On which day, where it is weekly"), standard: Weekday.monday
    ) { .string($0.rawValue) }
    static let tiers = Setting(
        "rewards.tiers", .oneOf("which", "Of the tiers of a ladder that somebody has earned: only the highest, or all"),
        standard: Tiers.highest
    ) { .string($0.rawValue) }
    static let brake = Setting(
        "rewards.brake",
        .whole("changes", "More changes than so many in one run of its own wait for somebody to apply them", 1...1_000_000),
        standard: 100
    ) { .int(Int64($0)) }
    static let regrant = Setting(
        "rewards.regrant", .yesNo("yes", "Whether a role that somebody took from a holder by hand is given again"),
        standard: false
    ) { .bool($0) }
    static let staff = Setting(
        "rewards.staff", .optional(.channel("channel", "Where the staff is told what needs them")), standard: nil
    ) { $0.map { .id($0) } ?? .null }
    static let nearness = Setting(
        "rewards.almost", .whole("percent", "From how much of the way on who wants it is told: almost there", 50...99),
        standard: 80
    ) { .int(Int64($0)) }

    static let settings: [AnySetting] = [
        rhythm.erased, clock.erased, weekday.erased, tiers.erased, brake.erased, regrant.erased, staff.erased, nearness.erased,
    ]
}

/// A time of day, to the minute.
struct ClockTime: Hashable, Sendable {
    var minutes: Int
    var text: String { padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2) }

    init(minutes: Int) { self.minutes = minutes }

    init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.utf8.count) && $0.allSatisfy(\.isNumber) }),
            let hour = Int(parts[0]), let minute = parts.count == 2 ? Int(parts[1]) : 0, hour < 24, minute < 60
        else { return nil }
        minutes = hour * 60 + minute
    }
}

extension Parameter where Value == ClockTime {
    fileprivate static func clock(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 10))) { raw, _ throws(Refusal) in
            guard let time = raw.text.flatMap({ ClockTime(trimmed($0)) }) else {
                throw .invalid("\(name) is a time of day, not \(raw.quoted).", hint: "Write 04:00.")
            }
            return time
        }
    }
}
