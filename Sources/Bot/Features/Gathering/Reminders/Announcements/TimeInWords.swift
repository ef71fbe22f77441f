/// A time of the day in what somebody wrote.
struct TimeInWords: Equatable {
    /// Minutes of the day.
    var minutes: Int
    /// The tokens that say it, with what belongs to it.
    var range: Range<Int>
    /// It may mean the other half of the day.
    var isVague = false
    /// Minutes east of Greenwich, where a zone stands behind it.
    var offset: Int?
}

extension AnnouncementTokens {
    /// The time that begins here, with the end of its stretch where it has one.
    func time(at index: Int) -> TimeInWords? {
        if var named = namedTime(at: index) {
            named = withZone(withDayPart(named))
            return named
        }
        guard number(index) != nil, !isPartOfDate(index), !isLength(index) else { return nil }
        if let stretch = stretch(at: index) { return stretch }
        guard let plain = plainTime(at: index) else { return bareTime(at: index) }
        return withZone(withEnd(withDayPart(plain)))
    }

    /// "a las 8 de la noche", "at 8 in the evening": the part of the day is all that says that it is a time.
    private func bareTime(at index: Int) -> TimeInWords? {
        guard let hour = number(index), (1...12).contains(hour), digits(index) <= 2, isIntroduced(index) else { return nil }
        let found = withDayPart(TimeInWords(minutes: hour % 12 * 60, range: index..<index + 1))
        return found.range.upperBound > index + 1 ? withZone(found) : nil
    }

    // MARK: - One time

    func plainTime(at index: Int) -> TimeInWords? {
        guard let hour = number(index) else { return nil }
        if digits(index) == 4, hour / 100 < 24, hour % 100 < 60, let unit = word(index + 1), CalendarWords.hours.contains(unit)
        {
            return TimeInWords(minutes: hour / 100 * 60 + hour % 100, range: index..<index + 2)
        }
        guard digits(index) <= 2, hour <= 24 else { return nil }
        if let found = written(hour, ":", at: index) ?? dotted(hour, at: index) ?? unit(hour, at: index) { return found }
        guard let end = meridiem(index + 1) else { return nil }
        return halfDay(TimeInWords(minutes: hour * 60, range: index..<index + 1), end)
    }

    /// "18:00", "18:00:30", each with am or pm or a unit behind it.
    private func written(_ hour: Int, _ sign: String, at index: Int) -> TimeInWords? {
        guard isSign(index + 1, sign), isGlued(index + 1), isGlued(index + 2), let minute = minute(index + 2) else {
            return nil
        }
        var end = index + 3
        if isSign(end, sign), isGlued(end), isGlued(end + 1), minute < 60, self.minute(end + 1) != nil { end += 2 }
        if let unit = word(end), CalendarWords.hours.contains(unit) { end += 1 }
        guard hour * 60 + minute < 1440 else { return nil }
        let time = TimeInWords(minutes: hour * 60 + minute, range: index..<end)
        return meridiem(end).flatMap { halfDay(time, $0) } ?? time
    }

    /// "18.30 Uhr", or "om 18.30": a date with dots looks alike, so something has to say that it is a time.
    private func dotted(_ hour: Int, at index: Int) -> TimeInWords? {
        guard let time = written(hour, ".", at: index),
            !isSign(index + 3, ".") || !isGlued(index + 3) || number(index + 4) == nil
        else { return nil }
        let hasUnit = time.range.upperBound > index + 3
        return hasUnit || isIntroduced(index) ? time : nil
    }

    /// "18h", "18h30", "18 u 30", "20 Uhr", "20 Uhr 15", "20 heures".
    private func unit(_ hour: Int, at index: Int) -> TimeInWords? {
        if word(index + 1) == "o", isSign(index + 2, "'"), word(index + 3) == "clock", hour <= 12 {
            return TimeInWords(minutes: hour % 24 * 60, range: index..<index + 4, isVague: true)
        }
        guard let unit = word(index + 1), CalendarWords.hours.contains(unit) else { return nil }
        let isLetter = unit == "h" || unit == "u" || unit == "uhr"
        if isLetter, let minute = minute(index + 2), unit == "uhr" ? !isGlued(index + 2) : true,
            plainTime(at: index + 2) == nil,
            !isSign(index + 3, ".", "/")
        {
            return hour < 24 ? TimeInWords(minutes: hour * 60 + minute, range: index..<index + 3) : nil
        }
        return TimeInWords(minutes: hour % 24 * 60, range: index..<index + 2)
    }

    private func minute(_ index: Int) -> Int? { number(index).flatMap { digits(index) == 2 && $0 < 60 ? $0 : nil } }

    private func namedTime(at index: Int) -> TimeInWords? {
        guard let word = word(index) else { return nil }
        if word == "mittag" || word == "midi", index > 0, self.word(index - 1) == "nach" || self.word(index - 1) == "apres" {
            return nil
        }
        if CalendarWords.noon.contains(word) { return TimeInWords(minutes: 720, range: index..<index + 1) }
        if CalendarWords.midnight.contains(word) { return TimeInWords(minutes: 0, range: index..<index + 1) }
        guard word == "half" || word == "halb", let spelled = self.word(index + 1), let hour = CalendarWords.hourWords[spelled]
        else { return nil }
        return TimeInWords(minutes: ((hour + 11) % 12) * 60 + 30, range: index..<index + 2, isVague: true)
    }

    // MARK: - What belongs to it

    /// am, pm, a.m. and p.m.: whether it is the second half, and where it ends.
    private func meridiem(_ index: Int) -> (isLater: Bool, end: Int)? {
        guard let first = word(index) else { return nil }
        if first == "am" || first == "pm" { return (first == "pm", index + 1) }
        guard first == "a" || first == "p", isSign(index + 1, "."), isGlued(index + 1), word(index + 2) == "m",
            isGlued(index + 2)
        else { return nil }
        return (first == "p", isSign(index + 3, ".") && isGlued(index + 3) ? index + 4 : index + 3)
    }

    private func halfDay(_ time: TimeInWords, _ half: (isLater: Bool, end: Int)) -> TimeInWords? {
        guard (60..<780).contains(time.minutes) else { return (780..<1440).contains(time.minutes) && half.isLater ? time : nil }
        return TimeInWords(
            minutes: time.minutes % 720 + (half.isLater ? 720 : 0), range: time.range.lowerBound..<half.end, offset: time.offset
        )
    }

    /// "8 uur 's avonds", "8 Uhr abends", "8 heures du soir", "8 de la noche", "8 in the evening".
    private func withDayPart(_ time: TimeInWords) -> TimeInWords {
        var index = time.range.upperBound
        let between: Set<String> = ["s", "du", "de", "la", "in", "the", "am", "l", "por", "des"]
        var steps = 0
        while steps < 4, isSign(index, "'") || word(index).map(between.contains) == true {
            index += 1
            steps += 1
        }
        guard let part = word(index), !(part == "am" || part == "pm") else { return time }
        var found = time
        if CalendarWords.afternoon.contains(part) || part == "apres" {
            if found.minutes < 720 { found.minutes += 720 }
        } else if !CalendarWords.morning.contains(part), !(part == "manana" && steps > 0) {
            return time
        }
        found.isVague = false
        found.range = time.range.lowerBound..<index + 1
        return found
    }

    private func withZone(_ time: TimeInWords) -> TimeInWords {
        var found = time
        var index = time.range.upperBound
        if isSign(index, "(") { index += 1 }
        guard let name = word(index), let offset = CalendarWords.zones[name] else { return time }
        found.offset = offset
        found.range = time.range.lowerBound..<index + 1
        if offset == 0, isSign(index + 1, "+", "-"), isGlued(index + 1), let hours = number(index + 2), hours <= 14 {
            found.offset = (isSign(index + 1, "-") ? -60 : 60) * hours
            found.range = time.range.lowerBound..<index + 3
        }
        return found
    }

    /// "18:00 - 20:00": where it ends belongs to it, and is no other time.
    private func withEnd(_ time: TimeInWords) -> TimeInWords {
        let index = time.range.upperBound
        guard isSign(index, "-") || word(index).map(CalendarWords.until.contains) == true,
            let end = plainTime(at: afterArticle(index + 1))
        else { return time }
        var found = withZone(withDayPart(end))
        if found.minutes >= 720, end.minutes < 720, time.minutes < 720, time.minutes <= end.minutes,
            found.minutes != end.minutes
        {
            found.minutes = time.minutes + 720
        } else {
            found.minutes = time.minutes
        }
        found.range = time.range.lowerBound..<found.range.upperBound
        found.isVague = time.isVague
        return found
    }

    /// "18-20 Uhr", "von 18 bis 20 Uhr", "from 6 to 8pm": the unit stands behind the end alone.
    private func stretch(at index: Int) -> TimeInWords? {
        guard let hour = number(index), digits(index) <= 2, hour <= 24 else { return nil }
        var minutes = 0
        var next = index + 1
        if isSign(next, ":", "."), isGlued(next), let given = minute(next + 1) { (minutes, next) = (given, next + 2) }
        guard isSign(next, "-") || word(next).map(CalendarWords.until.contains) == true else { return nil }
        let second = afterArticle(next + 1)
        guard number(second) != nil, let end = plainTime(at: second), hour * 60 + minutes < 1440,
            end.range.upperBound > second + 1, minutes == 0 || isSign(index + 1, ".")
        else { return nil }
        let isLater = meridiem(end.range.upperBound - 1)?.isLater ?? meridiem(end.range.upperBound - 4)?.isLater ?? false
        var start = hour * 60 + minutes
        if isLater, hour < 12, end.minutes >= 720, start <= end.minutes - 720 || end.minutes - 720 < 60 { start += 720 }
        return withZone(TimeInWords(minutes: start, range: index..<withDayPart(end).range.upperBound))
    }

    private func afterArticle(_ index: Int) -> Int {
        ["las", "la", "the"].contains(word(index) ?? "") ? index + 1 : index
    }

    // MARK: - What is no time

    private func isIntroduced(_ index: Int) -> Bool {
        index > 0
            && ["om", "um", "at", "a", "las", "vers", "vanaf", "ab", "rond", "gegen", "from", "van", "von", "des"].contains(
                word(index - 1) ?? "")
    }

    /// A year, or the day of a date with signs in it.
    private func isPartOfDate(_ index: Int) -> Bool {
        if isGlued(index), isSign(index - 1, "/", "-", "."), number(index - 2) != nil, isGlued(index - 1) { return true }
        return isSign(index + 1, "/") && isGlued(index + 1) && number(index + 2) != nil
    }

    /// "for 2 hours", "duurt 2 uur".
    private func isLength(_ index: Int) -> Bool {
        for back in 1...3 {
            guard let before = self[index - back] else { return false }
            if before.kind == .word, CalendarWords.lasting.contains(before.text) { return true }
            if before.kind == .line || before.kind == .number { return false }
        }
        return false
    }
}
