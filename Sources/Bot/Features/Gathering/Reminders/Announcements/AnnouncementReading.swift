internal import Shared

/// One announcement while it is read: what says when and where, which day and time that means, and what is to be doubted.
struct AnnouncementReading {
    private let posted: Instant
    private let zone: Zone
    private let parts: LabelledLines
    private var doubts: [String] = []
    private(set) var found: AnnouncementFound?

    init(_ announcement: Announcement, posted: Instant, zone: Zone) {
        self.posted = posted
        self.zone = zone
        parts = LabelledLines(announcement)
        guard let when = when(announcement) else { return }
        let title = LabelledLines.cleaned(announcement.title) ?? parts.lines.lazy.compactMap { LabelledLines.cleaned($0) }.first
        found = AnnouncementFound(title: title ?? "Announcement", when: when, place: parts.place, doubts: doubts)
    }

    private mutating func when(_ announcement: Announcement) -> AnnouncementFound.When? {
        if let stamp = Self.stamp(in: announcement) { return stamp > posted ? .once(stamp) : nil }
        // What is labelled counts before what stands in the text, a time of the text beside a labelled date too.
        let labelled = AnnouncementTokens((parts.when + parts.days).joined(separator: "\n"))
        let text = AnnouncementTokens(Self.told(parts.lines).joined(separator: "\n"))
        let (firstDates, times) = labelled.hits()
        var dates = firstDates
        if let days = listedDays(), !dates.contains(where: { if case .every = $0.what { true } else { false } }) {
            dates.insert(days, at: 0)
        }
        let (otherDates, otherTimes) = text.hits()
        let isLabelled = !dates.isEmpty
        if dates.isEmpty { dates = otherDates }
        let time = Self.time(for: dates.first, dates, times, otherTimes, isLabelled: isLabelled)
        guard let time else { return nil }
        let date = dates.first ?? DateInWords(what: .ahead(0), range: 0..<0, doubt: "it names no day")
        if Set(dates.map(\.what)).count > 1 { doubts.append("it names several dates") }
        if time.isVague { doubts.append("its time may be in the morning or in the evening") }
        if let doubt = date.doubt { doubts.append(doubt) }
        return resolve(date, time)
    }

    /// Days that a label names are days of every week.
    private func listedDays() -> DateInWords? {
        guard !parts.days.isEmpty else { return nil }
        let tokens = AnnouncementTokens(parts.days.joined(separator: " "))
        for index in tokens.all.indices {
            if let every = tokens.date(at: index), case .every = every.what { return every }
            if let list = tokens.days(from: index, isEvery: true) {
                return DateInWords(what: .every(list.days), range: index..<list.end)
            }
        }
        return nil
    }

    // MARK: - Which of what was found

    /// What asks to sign up by some day says nothing of the day itself: such sentences are left out.
    private static func told(_ lines: [String]) -> [String] {
        lines.flatMap { line in asks(line) ? sentences(of: line).filter { !asks($0) } : [line] }
    }

    private static func asks(_ text: String) -> Bool {
        let tokens = AnnouncementTokens(text)
        return tokens.all.indices.contains { index in
            guard let word = tokens.word(index) else { return false }
            return CalendarWords.deadline.contains(word) || word == "sign" && tokens.word(index + 1) == "up"
        }
    }

    private static func sentences(of line: String) -> [String] {
        line.split { $0 == "!" || $0 == "?" || $0 == ";" }.flatMap { part -> [String] in
            var found: [String] = []
            var current = ""
            for word in part.split(separator: " ") {
                current += word + " "
                if word.last == ".", word.count > 4 { (found, current) = (found + [current], "") }
            }
            return found + (current.isEmpty ? [] : [current])
        }
    }

    /// The first time that follows the date before another date does; else the last before it; else the first there is.
    private static func time(
        for date: DateInWords?, _ dates: [DateInWords], _ times: [TimeInWords], _ others: [TimeInWords], isLabelled: Bool
    ) -> TimeInWords? {
        let near = isLabelled ? times : others
        guard let date else { return near.first ?? others.first }
        let bound = dates.dropFirst().first { $0.range.lowerBound > date.range.lowerBound }?.range.lowerBound ?? .max
        if let after = near.first(where: { $0.range.lowerBound >= date.range.upperBound && $0.range.lowerBound < bound }) {
            return after
        }
        return near.last { $0.range.upperBound <= date.range.lowerBound } ?? near.first ?? times.first ?? others.first
    }

    // MARK: - Which moment that is

    private mutating func resolve(_ date: DateInWords, _ time: TimeInWords) -> AnnouncementFound.When? {
        let today = zone.wallTime(at: posted)
        switch date.what {
        case .every(let days): return .weekly(days, minutes: time.minutes)
        case .ahead(let count):
            let at = moment(today.day + count, time)
            if at > posted { return .once(at) }
            // "Tonight" after midnight, or a time alone that is over for today.
            guard date.doubt != nil else { return nil }
            let next = moment(today.day + 1, time)
            return .once(next > posted ? next : moment(today.day + 2, time))
        case .weekday(let weekday, let isNext):
            let ahead = (weekday - today.day.weekday + 7) % 7
            var at = moment(today.day + ahead, time)
            if at <= posted { at = moment(today.day + ahead + 7, time) }
            if isNext, ahead < 7 - today.day.weekday, ahead > 0 { doubts.append("next may mean this week's or the one after") }
            return .once(at)
        case .day(let month, let day, let year): return dated(month, day, year, date, time, today.day)
        }
    }

    private mutating func dated(
        _ month: Int, _ day: Int, _ year: Int?, _ date: DateInWords, _ time: TimeInWords, _ today: Day
    ) -> AnnouncementFound.When? {
        let years = year.map { [$0] } ?? Array(today.date.year...today.date.year + 8)
        let candidates = years.map { Day(year: $0, month: month, day: day) }.filter {
            $0.date.month == month && $0.date.day == day
        }
        guard let first = candidates.first(where: { moment($0, time) > posted }) else { return nil }
        if year == nil, first - today > 300 { doubts.append("it names no year, and that day is just over") }
        if let weekday = date.weekday, first.weekday != weekday { doubts.append("its date is no such day of the week") }
        return .once(moment(first, time))
    }

    private func moment(_ day: Day, _ time: TimeInWords) -> Instant {
        // What is called midnight of a day is its end.
        let wall = WallTime(day, hour: time.minutes / 60, minute: time.minutes % 60)
        guard let offset = time.offset else { return zone.instant(at: wall) }
        return Zone.utc.instant(at: wall) - offset.minutes
    }

    // MARK: - Discord's own

    /// `<t:1766602800:F>`: a moment that everybody sees on their own clock. Nothing is surer.
    private static func stamp(in announcement: Announcement) -> Instant? {
        let texts = announcement.fields.map(\.value) + [announcement.text, announcement.title]
        for text in texts {
            var rest = Substring(text)
            while let start = rest.firstRange(of: "<t:") {
                rest = rest[start.upperBound...]
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                let after = rest.dropFirst(digits.count)
                guard (9...11).contains(digits.count), let seconds = Int64(digits), after.first == ":" || after.first == ">"
                else {
                    continue
                }
                return Instant(seconds: seconds)
            }
        }
        return nil
    }
}

extension AnnouncementTokens {
    /// All dates and times in it, in order; what belongs to one is not looked at for another.
    func hits() -> (dates: [DateInWords], times: [TimeInWords]) {
        var (dates, times): ([DateInWords], [TimeInWords]) = ([], [])
        var index = 0
        while index < count {
            if let date = date(at: index) {
                dates.append(date)
                index = max(index + 1, date.range.upperBound)
            } else if let time = time(at: index) {
                times.append(time)
                index = max(index + 1, time.range.upperBound)
            } else {
                index += 1
            }
        }
        return (dates, times)
    }
}
