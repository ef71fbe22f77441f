import Engine
import Kit
import Shared

extension Door {
    /// Durations, moments and zones as people write them: never a guess, never outside the calendar, and what we write ourselves
    /// reads back as it was.
    static let times = Door("times", longest: 1 << 12) { bytes in
        var choices = Choices(bytes)
        let zone = zones[choices.next() % zones.count]
        let now = Instant(seconds: Int64(choices.next()) * 16_000_000)
        let text = choices.restText
        if let duration = Duration(spelled: text, bare: .minutes) {
            try expect(duration >= .zero, "\(duration.spelled) is less than nothing")
            let again = Duration(spelled: duration.exactly, bare: .minutes)
            try expect(again == duration, "\(duration.exactly) reads back as \(again?.exactly ?? "nothing")")
        }
        if let moment = spokenTime(text, now: now, zone: zone) {
            try expect(moment.milliseconds < 253_402_387_200_000, "\(moment.milliseconds) is after the year 9999")
            try expect(Instant(rfc3339: moment.rfc3339) == moment, "\(moment.rfc3339) reads back differently")
            let wall = zone.wallTime(at: moment)
            try expect(zone.instant(at: wall) <= moment, "\(wall.day) comes after itself")
        }
        if let moment = Instant(rfc3339: text) {
            try expect(Instant(rfc3339: moment.rfc3339) == moment, "\(moment.rfc3339) reads back differently")
        }
        if text.contains("/"), let named = try? Zone(named: String(text.prefix(64))) {
            try expect(!named.name.contains(".."), "\(named) is a path")
        }
    }

    static let zones = [
        "UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia",
        "Africa/Casablanca", "Asia/Kathmandu",
    ].compactMap { try? Zone(named: $0) }

    /// The words after a prefix command, and what every kind of parameter makes of them.
    static let line = Door("line", longest: 4000) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        let values: [String: Raw]
        do {
            values = try Line.values(text, for: Everything.outlines)
        } catch is Refusal {
            return
        }
        try expect(values.keys.allSatisfy { name in Everything.outlines.contains { $0.name == name } }, "\(values.keys)")
        var reading = ReadingContext.bare
        reading.names = GuildNames(members: { _ in [] }, roles: { [] }, channels: { [] })
        for parse in Everything.readers {
            do {
                try parse(Arguments(values, in: reading))
            } catch let refusal as Refusal {
                try expect(!refusal.sentence.isEmpty && refusal.field != nil, "a refusal without words or field")
            }
        }
    }

    /// A rule and a start: what comes is in order, after what was asked for, and soon known.
    static let recurrence = Door("recurrence", longest: 512) { bytes in
        var choices = Choices(bytes)
        let zone = zones[choices.next() % zones.count]
        let start = Instant(seconds: Int64(choices.next()) * 16_000_000)
        let after = start + .seconds(choices.next() * 1_000_000)
        let rule = Recurrence(rule: choices.restText, start: start, zone: zone.name)
        let found = try Recurrences.occurrences(of: rule, after: after, count: 20)
        try expect(found.count <= 20, "\(found.count) were found")
        try expect(zip([after] + found, found).allSatisfy { $0 < $1 }, "\(found.map(\.rfc3339)) after \(after.rfc3339)")
        if let first = found.first, found.count > 1 {
            let rest = try Recurrences.occurrences(of: rule, after: first, count: found.count - 1)
            try expect(rest == Array(found.dropFirst()), "from the first on others come: \(rest.map(\.rfc3339))")
        }
    }

    /// A file of the zone database: its offsets lie within a day, and going to the wall and back loses nothing but an overlap.
    static let zone = Door("zone", longest: 1 << 14) { bytes in
        guard let zone = Zone(name: "fuzz", tzif: bytes) else { return }
        for year in stride(from: 1900, through: 2500, by: 37) {
            let moment = Instant(milliseconds: WallTime(Day(year: year, month: 7, day: 1), hour: 12).local)
            try expect(abs(zone.offsetSeconds(at: moment)) < 26 * 3600, "an offset of \(zone.offsetSeconds(at: moment)) s")
            try expect(zone.instant(at: zone.wallTime(at: moment)) <= moment, "\(moment.rfc3339) comes after itself")
        }
    }
}

/// One parameter of each kind.
private enum Everything {
    static let readers: [@Sendable (Arguments) throws -> Void] = [
        reader(.text("text", "t")), reader(.whole("whole", "w", -5...5)), reader(.decimal("decimal", "d", 0...1)),
        reader(.yesNo("flag", "f")), reader(.choice("choice", "c", [Choice("One", "1"), Choice("Two", "2")])),
        reader(.duration("duration", "d", 1.seconds...400.days, bare: .minutes)), reader(.date("date", "d")),
        reader(.member("member", "m")), reader(.role("role", "r")), reader(.channel("channel", "c")),
        reader(.message("message", "m")), reader(.emoji("emoji", "e")), reader(.colour("colour", "c")),
        reader(.zone("zone", "z")), reader(.cursor),
    ]

    static let outlines: [Outline] = [
        Outline("whole", "w", .whole(-5...5)), Outline("flag", "f", .yesNo), Outline("duration", "d", .date),
        Outline("date", "d", .date), Outline("member", "m", .member), Outline("role", "r", .role),
        Outline("colour", "c", .colour), Outline("emoji", "e", .emoji), Outline("zone", "z", .text(longest: 60)),
        Parameter<String>.text("text", "t").outline,
    ]

    private static func reader<Value>(_ parameter: Parameter<Value>) -> @Sendable (Arguments) throws -> Void {
        { arguments in _ = try parameter.read(arguments) }
    }
}
