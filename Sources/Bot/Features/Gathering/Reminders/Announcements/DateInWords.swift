internal import Shared

/// A day, or days of the week, in what somebody wrote.
struct DateInWords: Equatable {
    enum What: Hashable {
        case day(month: Int, day: Int, year: Int?)
        case ahead(Int)
        case weekday(Int, isNext: Bool)
        /// Every week on these days.
        case every([Int])
    }

    var what: What
    var range: Range<Int>
    /// The day of the week that stands with a date.
    var weekday: Int?
    /// It can be read in another way too.
    var doubt: String?
}

extension AnnouncementTokens {
    func date(at index: Int) -> DateInWords? {
        if let found = every(at: index) { return found }
        if let found = absolute(at: index) { return found }
        if let day = weekday(index, mayBeShort: true) { return withDate(day, at: index) }
        return relative(at: index)
    }

    private func absolute(at index: Int) -> DateInWords? {
        iso(at: index) ?? dayMonth(at: index) ?? monthDay(at: index) ?? numeric(at: index)
    }

    // MARK: - Dates

    /// "2026-12-24", "2026/12/24".
    private func iso(at index: Int) -> DateInWords? {
        guard digits(index) == 4, let year = number(index), let month = number(index + 2), let day = number(index + 4),
            isSign(index + 1, "-", "/", "."), isGlued(index + 1), isGlued(index + 2), isSign(index + 3, "-", "/", "."),
            isGlued(index + 4)
        else { return nil }
        var end = index + 5
        if word(end) == "t", isGlued(end) { end += 1 }
        return checked(.day(month: month, day: day, year: year), index..<end)
    }

    /// "24 December 2026", "24. Dezember", "1er mars", "24 de diciembre de 2026", "24th of December", "24-26 december".
    private func dayMonth(at index: Int) -> DateInWords? {
        guard let day = number(index), digits(index) <= 2, !isGlued(index) || !isSign(index - 1, ":", ".", "/") else {
            return nil
        }
        var next = afterOrdinal(index + 1)
        if isSign(next, "-") || word(next).map(CalendarWords.until.contains) == true || isSign(next, "&")
            || word(next).map(CalendarWords.and.contains) == true,
            number(next + 1) != nil, digits(next + 1) <= 2
        {
            next = afterOrdinal(next + 2)
        }
        while ["of", "de", "van", "den", "d"].contains(word(next) ?? "") || isSign(next, "'") { next += 1 }
        guard let month = word(next).flatMap({ CalendarWords.months[$0] }) else { return nil }
        return withYear(month, day, index, end: next + 1)
    }

    /// "December 24, 2026", "Dec. 24th".
    private func monthDay(at index: Int) -> DateInWords? {
        guard let name = word(index), let month = name == "mar" ? 3 : CalendarWords.months[name] else { return nil }
        var next = isSign(index + 1, ".") ? index + 2 : index + 1
        // "mar. 5 mai" is a Tuesday.
        if name == "mar", dayMonth(at: next) != nil { return nil }
        if word(next) == "the" { next += 1 }
        guard let day = number(next), digits(next) <= 2, !isSign(next + 1, ":") || !isGlued(next + 1) else { return nil }
        if let unit = word(next + 1), CalendarWords.hours.contains(unit) || unit == "pm" || unit == "am" { return nil }
        return withYear(month, day, index, end: afterOrdinal(next + 1))
    }

    /// "24/12/2026", "24.12.", "24-12-2026"; "12/24" where the other way makes no date.
    private func numeric(at index: Int) -> DateInWords? {
        guard let first = number(index), let second = number(index + 2), digits(index) <= 2, digits(index + 2) <= 2,
            let sign = self[index + 1]?.text, ["/", ".", "-"].contains(sign), isSign(index + 1, sign), isGlued(index + 1),
            isGlued(index + 2), !isGlued(index) || !isSign(index - 1, sign)
        else { return nil }
        var end = index + 3
        var year: Int?
        if isSign(end, sign), isGlued(end) {
            if let given = number(end + 1), isGlued(end + 1), digits(end + 1) == 4 || digits(end + 1) == 2 {
                year = digits(end + 1) == 2 ? 2000 + given : given
                end += 2
            } else {
                end += 1
            }
        }
        let isDotted = end > index + 3
        let besideWeekday = namesWeekday(index - 1) || isSign(index - 1, ",", ".") && namesWeekday(index - 2)
        guard sign == "/" || isDotted && sign == "." || year != nil || besideWeekday else { return nil }
        if sign == "/", year == nil, !besideWeekday, first == 24, second == 7 { return nil }
        if first <= 12, second > 12 { return checked(.day(month: first, day: second, year: year), index..<end) }
        var found = checked(.day(month: second, day: first, year: year), index..<end)
        if sign == "/", first <= 12, first != second, hasHalfDays {
            found?.doubt = "\(first)/\(second) may be the \(second)th of the \(first)th month"
        }
        return found
    }

    private func withYear(_ month: Int, _ day: Int, _ start: Int, end: Int) -> DateInWords? {
        var next = isSign(end, ".") ? end + 1 : end
        let plainEnd = next
        if isSign(next, ",") { next += 1 }
        while ["de", "del", "of"].contains(word(next) ?? "") { next += 1 }
        if let year = number(next), digits(next) == 4, (1970...9999).contains(year), !isSign(next + 1, ":"),
            !CalendarWords.hours.contains(word(next + 1) ?? "")
        {
            return checked(.day(month: month, day: day, year: year), start..<next + 1)
        }
        if isSign(next, "'"), let year = number(next + 1), digits(next + 1) == 2 {
            return checked(.day(month: month, day: day, year: 2000 + year), start..<next + 2)
        }
        return checked(.day(month: month, day: day, year: nil), start..<plainEnd)
    }

    /// Some year has such a day.
    private func checked(_ what: DateInWords.What, _ range: Range<Int>) -> DateInWords? {
        guard case .day(let month, let day, let year) = what, (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        guard year == nil || (1970...9999).contains(year ?? 0) else { return nil }
        return Day(year: year ?? 2024, month: month, day: day).date == (year ?? 2024, month, day)
            ? DateInWords(what: what, range: range) : nil
    }

    private func afterOrdinal(_ index: Int) -> Int {
        if isSign(index, ".", "º", "ª", "°"), isGlued(index) { return index + 1 }
        return isGlued(index) && ["st", "nd", "rd", "th", "er", "e", "ste", "de", "ere", "eme"].contains(word(index) ?? "")
            ? index + 1 : index
    }

    // MARK: - Days of the week

    private func namesWeekday(_ index: Int) -> Bool {
        word(index).map { CalendarWords.weekdays[$0] != nil || CalendarWords.shortWeekdays[$0] != nil } ?? false
    }

    private func weekday(_ index: Int, mayBeShort: Bool) -> Int? {
        guard let word = word(index) else { return nil }
        if let known = CalendarWords.weekdays[word] { return known }
        guard mayBeShort, let short = CalendarWords.shortWeekdays[word] else { return nil }
        let next = isSign(index + 1, ".", ",") ? index + 2 : index + 1
        if word == "mar", isSign(index - 1, "-", "/", ".") || number(index - 1) != nil { return nil }
        return number(next) != nil && (absolute(at: next) != nil || plainTime(at: next) != nil) ? short : nil
    }

    /// "Friday 24 December", "vendredi le 24/12", "Freitag, den 24.12.": the date counts, and the weekday must agree.
    private func withDate(_ weekday: Int, at index: Int) -> DateInWords {
        var next = index + 1
        while isSign(next, ",", ".", "(") || ["the", "le", "den", "el", "dia", "de", "d"].contains(word(next) ?? "") {
            next += 1
        }
        if var date = absolute(at: next) {
            date.weekday = weekday
            date.range = index..<date.range.upperBound
            return date
        }
        let isNext =
            word(index - 1).map(CalendarWords.next.contains) == true || word(index + 1).map(CalendarWords.next.contains) == true
        return DateInWords(what: .weekday(weekday, isNext: isNext), range: index..<index + 1)
    }

    /// "every Monday", "elke ma en do", "Mondays and Thursdays", "Mo-Fr", "daily".
    private func every(at index: Int) -> DateInWords? {
        guard let first = word(index) else { return nil }
        if CalendarWords.daily.contains(first) { return DateInWords(what: .every(Array(0..<7)), range: index..<index + 1) }
        if CalendarWords.weekdaysOnly.contains(first) {
            return DateInWords(what: .every(Array(0..<5)), range: index..<index + 1)
        }
        if CalendarWords.every.contains(first) {
            var next = index + 1
            while ["les", "los", "las", "the", "single", "woche"].contains(word(next) ?? "") { next += 1 }
            if ["day", "dag", "tag", "jour", "jours", "dia", "dias"].contains(word(next) ?? "") {
                return DateInWords(what: .every(Array(0..<7)), range: index..<next + 1)
            }
            return days(from: next, isEvery: true).map { DateInWords(what: .every($0.days), range: index..<$0.end) }
        }
        guard let list = days(from: index, isEvery: false), list.isPlural || list.days.count > 1 else { return nil }
        return DateInWords(
            what: .every(list.days), range: index..<list.end,
            doubt: list.isPlural ? nil : "it names several days, and does not say that they come every week")
    }

    /// A list of weekdays, with stretches in it.
    func days(from start: Int, isEvery: Bool) -> (days: [Int], end: Int, isPlural: Bool)? {
        var found: Set<Int> = []
        var (index, end, isPlural) = (start, start, false)
        while index - start < Self.longestList, let day = namedDay(index) {
            isPlural = isPlural || CalendarWords.everyWeekdays[word(index) ?? ""] != nil
            var next = isSign(index + 1, ".") ? index + 2 : index + 1
            end = next
            found.insert(day)
            let isStretch = isSign(next, "-") || word(next).map(CalendarWords.until.contains) == true
            if isStretch, let last = namedDay(next + 1) {
                var step = day
                while step != last {
                    step = (step + 1) % 7
                    found.insert(step)
                }
                isPlural = true
                index = next + 1
                end = index + 1
                next = end
            }
            while isSign(next, ",", "&", "+", "/") || word(next).map(CalendarWords.and.contains) == true
                || ["les", "los", "op", "le", "el"].contains(word(next) ?? "")
            { next += 1 }
            index = next
        }
        guard !found.isEmpty, absolute(at: end) == nil || isEvery else { return nil }
        return (found.sorted(), end, isPlural)
    }

    /// Seven days with all that may stand between them.
    private static let longestList = 40

    private func namedDay(_ index: Int) -> Int? {
        guard let word = word(index) else { return nil }
        if let day = CalendarWords.weekdays[word] ?? CalendarWords.everyWeekdays[word] { return day }
        guard let short = CalendarWords.shortWeekdays[word] else { return nil }
        let neighbours = [index - 2, index - 1, index + 1, index + 2].compactMap { self.word($0) }
        let isListed = neighbours.contains { CalendarWords.shortWeekdays[$0] != nil || CalendarWords.weekdays[$0] != nil }
        return isListed ? short : nil
    }

    // MARK: - Today and tomorrow

    private func relative(at index: Int) -> DateInWords? {
        guard let first = word(index) else { return nil }
        func found(_ days: Int, _ count: Int = 1) -> DateInWords {
            DateInWords(what: .ahead(days), range: index..<index + count)
        }
        if CalendarWords.today.contains(first) { return found(0) }
        if first == "aujourd", isSign(index + 1, "'"), word(index + 2) == "hui" { return found(0, 3) }
        if first == "ce", word(index + 1) == "soir" { return found(0, 2) }
        if first == "esta", ["noche", "tarde"].contains(word(index + 1) ?? "") { return found(0, 2) }
        if CalendarWords.overmorrow.contains(first) { return found(2) }
        if first == "apres", word(index + 1) == "demain" || isSign(index + 1, "-") && word(index + 2) == "demain" {
            return found(2, isSign(index + 1, "-") ? 3 : 2)
        }
        if first == "pasado", word(index + 1) == "manana" { return found(2, 2) }
        guard CalendarWords.tomorrow.contains(first) else { return nil }
        // "am Morgen", "de la mañana": a part of the day.
        return ["la", "am", "am", "s", "goede", "guten", "goeden"].contains(word(index - 1) ?? "") ? nil : found(1)
    }
}
