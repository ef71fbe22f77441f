internal import Kit
internal import Shared

/// An event as a calendar file tells it: only what can be kept, or why it cannot.
struct CalendarEntry {
    var uid: String
    var title: String
    var text: String
    var place: String?
    var start: Instant
    var length: Duration
    var zone: Zone
    var rule: String?
    var except: [Instant]
    /// Which time of its series it stands for.
    var replaces: Instant?
    var isCancelled: Bool

    struct Unfit: Error { var reason: String }
}

/// Reads the events of an iCalendar file. What it does not understand of an event makes it leave that event out, with the reason.
struct CalendarReading {
    struct Left {
        var title: String
        var reason: String
    }

    private(set) var entries: [CalendarEntry] = []
    private(set) var left: [Left] = []

    /// Times without a zone are of this one.
    init(_ text: String, zone: Zone) throws(Refusal) {
        let lines: [CalendarLine]
        do { lines = try CalendarLine.all(in: text) } catch {
            throw .invalid("Line \(error.line) is not one of a calendar file.", field: "calendar")
        }
        guard lines.first?.name == "BEGIN", lines.first?.value.uppercased() == "VCALENDAR" else {
            throw .invalid(
                "That is no calendar file.", field: "calendar", hint: "It begins with BEGIN:VCALENDAR (RFC 5545, .ics).")
        }
        var open: [String] = []
        var event: [CalendarLine] = []
        for line in lines {
            switch line.name {
            case "BEGIN":
                open.append(line.value.uppercased())
                if open.count == 2, open.last == "VEVENT" { event = [] }
            case "END":
                guard open.popLast() == line.value.uppercased() else {
                    throw .invalid("END:\(line.value.prefix(40)) ends nothing that began.", field: "calendar")
                }
                if line.value.uppercased() == "VEVENT", open == ["VCALENDAR"] { add(event, zone) }
            default:
                if open == ["VCALENDAR", "VEVENT"] { event.append(line) }
            }
        }
        guard open.isEmpty else {
            throw .invalid("The file ends before END:\(open.last ?? "VCALENDAR").", field: "calendar", hint: "Is it whole?")
        }
    }

    private mutating func add(_ lines: [CalendarLine], _ zone: Zone) {
        let title = Self.text("SUMMARY", lines) ?? ""
        do { entries.append(try Self.entry(lines, title, zone)) } catch let unfit as CalendarEntry.Unfit {
            left.append(Left(title: String(title.prefix(100)), reason: unfit.reason))
        } catch {
            left.append(Left(title: String(title.prefix(100)), reason: "\(error)"))
        }
    }

    // MARK: - One event

    private static func text(_ name: String, _ lines: [CalendarLine]) -> String? {
        lines.first { $0.name == name }.map { trimmed($0.value.fromCalendarText) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func entry(_ lines: [CalendarLine], _ title: String, _ zone: Zone) throws -> CalendarEntry {
        guard let uid = text("UID", lines), uid.utf8.count <= 250 else { throw CalendarEntry.Unfit(reason: "it has no UID") }
        guard title.showsSomething else { throw CalendarEntry.Unfit(reason: "it has no name (SUMMARY)") }
        guard let from = lines.first(where: { $0.name == "DTSTART" }) else {
            throw CalendarEntry.Unfit(reason: "it has no start")
        }
        for name in ["RDATE", "EXRULE"] where lines.contains(where: { $0.name == name }) {
            throw CalendarEntry.Unfit(reason: "\(name) is not understood")
        }
        let rules = lines.filter { $0.name == "RRULE" }
        guard rules.count <= 1 else { throw CalendarEntry.Unfit(reason: "it has several rules") }
        let (start, own) = try moment(from, from.value, zone)
        let length = try length(lines, start: start, isDay: isDay(from), zone)
        guard length > .zero, length <= 30.days else {
            throw CalendarEntry.Unfit(reason: "it takes no time, or more than thirty days")
        }
        let except = try lines.filter { $0.name == "EXDATE" }.flatMap { line in
            try line.value.split(separator: ",").map { try moment(line, String($0), zone).0 }
        }
        return CalendarEntry(
            uid: uid, title: String(title.prefix(100)), text: String((text("DESCRIPTION", lines) ?? "").prefix(1500)),
            place: text("LOCATION", lines).map { String($0.prefix(100)) }, start: start, length: length, zone: own,
            rule: try rules.first.map { try rule($0.value) }, except: except,
            replaces: try lines.first { $0.name == "RECURRENCE-ID" }.map { try moment($0, $0.value, zone).0 },
            isCancelled: lines.contains { $0.name == "STATUS" && $0.value.uppercased() == "CANCELLED" })
    }

    private static func isDay(_ line: CalendarLine) -> Bool {
        line.parameters["VALUE"]?.uppercased() == "DATE" || line.value.count == 8
    }

    private static func moment(_ line: CalendarLine, _ value: String, _ zone: Zone) throws -> (Instant, Zone) {
        let own = try line.parameters["TZID"].map(named) ?? (value.hasSuffix("Z") ? Zone.utc : zone)
        guard let wall = WallTime(basic: value.hasSuffix("Z") ? String(value.dropLast()) : value) else {
            throw CalendarEntry.Unfit(reason: "\(line.name) \"\(value.prefix(40))\" is no time")
        }
        return (own.instant(at: wall), own)
    }

    /// Some programs write a path before a zone's name.
    private static func named(_ name: String) throws -> Zone {
        let parts = name.split(separator: "/")
        for count in [parts.count, 3, 2, 1] where count <= parts.count {
            if let zone = try? Zone(named: parts.suffix(count).joined(separator: "/")) { return zone }
        }
        throw CalendarEntry.Unfit(reason: "its time zone \"\(name.prefix(60))\" is not known here")
    }

    private static func length(_ lines: [CalendarLine], start: Instant, isDay: Bool, _ zone: Zone) throws -> Duration {
        if let end = lines.first(where: { $0.name == "DTEND" }) { return try moment(end, end.value, zone).0 - start }
        if let line = lines.first(where: { $0.name == "DURATION" }) {
            guard let length = Duration(calendar: line.value) else {
                throw CalendarEntry.Unfit(reason: "DURATION \"\(line.value.prefix(40))\" is no length of time")
            }
            return length
        }
        return isDay ? 1.days : 1.hours
    }

    /// A rule that ends on a day ends with that day.
    private static func rule(_ value: String) throws -> String {
        let parts = value.uppercased().split(separator: ";").map { part -> String in
            part.hasPrefix("UNTIL=") && part.count == 14 ? part + "T235959" : String(part)
        }
        guard let rule = spokenRule(parts.joined(separator: ";")) else {
            throw CalendarEntry.Unfit(reason: "its rule \"\(value.prefix(60))\" is not understood")
        }
        return rule
    }
}

extension Duration {
    /// "PT1H30M", "P1D", "P2W".
    init?(calendar text: String) {
        guard text.hasPrefix("P") || text.hasPrefix("+P") else { return nil }
        var (total, digits, isTime) = (Duration.zero, "", false)
        for character in text.drop(while: { $0 == "+" }).dropFirst() {
            if character == "T", !isTime, digits.isEmpty {
                isTime = true
                continue
            }
            if character.isASCII, character.isNumber, digits.count < 6 {
                digits.append(character)
                continue
            }
            guard let amount = Int(digits) else { return nil }
            digits = ""
            switch (character, isTime) {
            case ("W", false): total += (amount * 7).days
            case ("D", false): total += amount.days
            case ("H", true): total += amount.hours
            case ("M", true): total += amount.minutes
            case ("S", true): total += amount.seconds
            default: return nil
            }
        }
        guard digits.isEmpty, total > .zero else { return nil }
        self = total
    }
}
