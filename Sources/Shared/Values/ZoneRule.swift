/// How a zone goes on for ever: the POSIX text at the end of a TZif file, such as "CET-1CEST,M3.5.0,M10.5.0/3".
struct ZoneRule: Hashable {
    struct Summer: Hashable {
        var offset: Int
        var begins: Change
        var ends: Change
    }

    /// A date that recurs every year, and seconds from its midnight.
    struct Change: Hashable {
        enum Date: Hashable {
            /// The nth such day of the week (0 is Sunday) in a month; the fifth is the last.
            case weekday(month: Int, nth: Int, weekday: Int)
            /// 1 to 365; 29 February is never counted.
            case dayWithoutLeap(Int)
            /// 0 to 365.
            case dayOfYear(Int)
        }
        var date: Date
        var seconds: Int
    }

    /// Seconds east of Greenwich.
    var standard: Int
    var summer: Summer?

    init?(posix text: String) {
        var reader = ZoneRuleReader(text)
        guard reader.skipName(), let standard = reader.offset() else { return nil }
        self.standard = standard
        if reader.isAtEnd { return }
        guard reader.skipName() else { return nil }
        let offset = reader.isAtComma ? standard + 3600 : reader.offset()
        guard let offset, let begins = reader.change(), let ends = reader.change(), reader.isAtEnd else { return nil }
        summer = Summer(offset: offset, begins: begins, ends: ends)
    }

    /// Every change after a moment, for 401 years, in milliseconds.
    func changes(after moment: Int64) -> [(start: Int64, offset: Int32)] {
        guard let summer else { return [] }
        let firstYear = moment == .min ? 1970 : WallTime(local: max(moment, 0)).day.date.year
        let changes = (firstYear...firstYear + 401).flatMap { year -> [(start: Int64, offset: Int32)] in
            let ends = summer.ends.local(in: year) - summer.offset
            let begins = summer.begins.local(in: year) - standard
            return [(Int64(ends) * 1000, Int32(standard * 1000)), (Int64(begins) * 1000, Int32(summer.offset * 1000))]
        }
        let sorted = changes.sorted { $0.start < $1.start }
        return sorted.filter { $0.start > moment }
    }
}

extension ZoneRule.Change {
    /// Seconds since 1970 as the clocks before the change show them.
    fileprivate func local(in year: Int) -> Int { Int(day(in: year).number) * 86_400 + seconds }

    private func day(in year: Int) -> Day {
        switch date {
        case .dayOfYear(let number): return Day(year: year, month: 1, day: 1) + number
        case .dayWithoutLeap(let number):
            let isLeap = Day(year: year, month: 3, day: 1) - Day(year: year, month: 2, day: 1) == 29
            return Day(year: year, month: 1, day: 1) + (number - 1 + (isLeap && number > 59 ? 1 : 0))
        case .weekday(let month, let nth, let weekday):
            let first = Day(year: year, month: month, day: 1)
            let next = month == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month + 1, day: 1)
            let day = first + ((weekday + 6 - first.weekday) % 7 + 7 * (nth - 1))
            return day < next ? day : day - 7
        }
    }
}
