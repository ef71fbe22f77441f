internal import Kit
internal import Shared

/// Events as an iCalendar file: what comes again with its zone, so that clocks that change are the reader's business too.
struct CalendarWriting {
    private var lines: [CalendarLine] = []
    private let now: Instant

    static func bytes(of meetings: [Meeting], _ turn: Turn) throws -> [UInt8] {
        var writing = CalendarWriting(now: turn.now)
        let zones = Set(meetings.filter { $0.rule != nil && $0.zone != Zone.utc.name }.map(\.zone)).sorted()
        for name in zones {
            guard let zone = try? Zone(named: name) else { continue }
            let first = meetings.filter { $0.zone == name }.map(\.start).min() ?? turn.now
            let from = Instant(milliseconds: (first - 366.days).milliseconds / 86_400_000 * 86_400_000)
            writing.lines += CalendarZone(zone: zone, from: from, upTo: turn.now + 3660.days).lines
        }
        for meeting in meetings { try writing.add(meeting, turn) }
        let head = [
            CalendarLine("BEGIN", "VCALENDAR"), CalendarLine("VERSION", "2.0"), CalendarLine("PRODID", "-//Hearth//Events//EN"),
            CalendarLine("CALSCALE", "GREGORIAN"),
        ]
        return Array((head + writing.lines + [CalendarLine("END", "VCALENDAR")]).map(\.text).joined().utf8)
    }

    private init(now: Instant) { self.now = now }

    private mutating func add(_ meeting: Meeting, _ turn: Turn) throws {
        let known = try OccurrenceRows.all(of: meeting.id, in: turn.store)
        let zone = (try? Zone(named: meeting.zone)) ?? .utc
        guard let rule = meeting.rule else {
            let starts = known.first { $0.at == meeting.start }?.starts ?? meeting.start
            lines += body(meeting, turn, [utc("DTSTART", starts), utc("DTEND", starts + meeting.length)])
            return
        }
        var own = [
            local("DTSTART", [meeting.start], zone), local("DTEND", [meeting.end], zone),
            CalendarLine("RRULE", Self.exported(rule, zone)),
        ]
        let skipped = known.filter { $0.state == .skipped }.map(\.at)
        if !skipped.isEmpty { own.append(local("EXDATE", skipped, zone)) }
        lines += body(meeting, turn, own)
        for one in known where one.starts != one.at && one.state != .skipped {
            lines += body(
                meeting, turn,
                [
                    local("RECURRENCE-ID", [one.at], zone), local("DTSTART", [one.starts], zone),
                    local("DTEND", [one.starts + meeting.length], zone),
                ])
        }
    }

    private func body(_ meeting: Meeting, _ turn: Turn, _ times: [CalendarLine]) -> [CalendarLine] {
        var all = [CalendarLine("BEGIN", "VEVENT"), CalendarLine("UID", meeting.uid.calendarText), utc("DTSTAMP", now)] + times
        all.append(CalendarLine("SEQUENCE", String(max(0, meeting.version - 1))))
        all.append(CalendarLine("STATUS", meeting.state == .cancelled ? "CANCELLED" : "CONFIRMED"))
        all.append(CalendarLine("SUMMARY", meeting.title.calendarText))
        if !meeting.text.isEmpty { all.append(CalendarLine("DESCRIPTION", meeting.text.calendarText)) }
        let room = meeting.voice.map { "#" + (turn.house.directory.name(of: $0) ?? "voice") }
        if let place = room ?? meeting.place { all.append(CalendarLine("LOCATION", place.calendarText)) }
        return all + [CalendarLine("END", "VEVENT")]
    }

    private func utc(_ name: String, _ moment: Instant) -> CalendarLine {
        CalendarLine(name, Zone.utc.wallTime(at: moment).basic + "Z")
    }

    private func local(_ name: String, _ moments: [Instant], _ zone: Zone) -> CalendarLine {
        if zone == .utc {
            return CalendarLine(name, moments.map { Zone.utc.wallTime(at: $0).basic + "Z" }.joined(separator: ","))
        }
        return CalendarLine(name, moments.map { zone.wallTime(at: $0).basic }.joined(separator: ","), ["TZID": zone.name])
    }

    /// Where times have a zone, a rule's end is said in UTC.
    private static func exported(_ rule: String, _ zone: Zone) -> String {
        rule.split(separator: ";").map { part in
            guard part.hasPrefix("UNTIL="), !part.hasSuffix("Z"), let wall = WallTime(basic: part.dropFirst(6)) else {
                return String(part)
            }
            return "UNTIL=" + Zone.utc.wallTime(at: zone.instant(at: wall)).basic + "Z"
        }.joined(separator: ";")
    }
}

extension WallTime {
    /// "20261224T180000" or "20261224"; nil for what is no day or time.
    init?(basic text: some StringProtocol) {
        let digits = text.utf8.map { Int($0) - 48 }
        guard digits.count == 8 || digits.count == 15 && digits[8] == 84 - 48 else { return nil }
        let numbers = digits.prefix(8) + digits.dropFirst(9)
        guard numbers.allSatisfy({ (0...9).contains($0) }) else { return nil }
        func number(_ from: Int, _ count: Int) -> Int { digits[from..<from + count].reduce(0) { $0 * 10 + $1 } }
        let (year, month, date) = (number(0, 4), number(4, 2), number(6, 2))
        guard year >= 1970, (1...12).contains(month), (1...31).contains(date) else { return nil }
        let day = Day(year: year, month: month, day: date)
        guard day.date == (year, month, date) else { return nil }
        guard digits.count == 15 else {
            self.init(day)
            return
        }
        let (hour, minute, second) = (number(9, 2), number(11, 2), number(13, 2))
        guard hour < 24, minute < 60, second < 61 else { return nil }
        self.init(day, hour: hour, minute: minute, second: min(second, 59))
    }
}
