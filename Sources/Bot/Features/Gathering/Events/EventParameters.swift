internal import Kit
internal import Shared

/// A moment as somebody wrote it: which one it is depends on the zone, which may be written after it.
struct WrittenTime: Sendable {
    var text: String

    func moment(_ now: Instant, _ zone: Zone, _ field: String) throws(Refusal) -> Instant {
        if let found = spokenTime(text, now: now, zone: zone) { return found }
        throw .invalid(
            "\(field) is a date and time, not \"\(text.prefix(60))\".", field: field,
            hint: "Write \"tomorrow 18:00\", \"friday 20:00\", \"in 2h\" or \"2026-12-24 18:00\".")
    }

    /// A time of the day, without a word of which day.
    var isClock: Bool { !trimmed(text).contains(" ") && text.contains(":") && !text.contains("-") && !text.hasPrefix("<") }

    /// An end may also be a length, or a time of the day on which the event starts.
    func end(of start: Instant, _ now: Instant, _ zone: Zone) throws(Refusal) -> Instant {
        if let length = Duration(spelled: text, bare: .minutes) { return start + length }
        return try moment(isClock ? start : now, zone, "end")
    }
}

extension Events {
    /// An event by its number or its title.
    static let which: Parameter<String> = .lookup("id", "Its number, as events list shows it, or its title", names)

    private static let names = Lookup("events") { turn, typed in
        let wanted = typed.lowercased()
        let all = try MeetingRows.all(of: try turn.requireGuild(), [.on, .cancelled], in: turn.store)
        return all.filter { wanted.isEmpty || $0.title.lowercased().contains(wanted) || $0.key.hasPrefix(wanted) }.prefix(25)
            .map { Choice("\($0.key): \($0.title)", $0.key) }
    }

    static let title: Parameter<String> = .line("title", "What it is called", longest: 100)
    static let details: Parameter<String> = .name("description", "What it is about", longest: 1500)
    static let start: Parameter<WrittenTime> = .written("start", "When it starts, such as friday 20:00")
    static let end: Parameter<WrittenTime> = .written("end", "When it ends, or how long it takes: 22:00 or 2h")
    static let again: Parameter<String> = .words(
        "recurrence", "When it comes again: weekly, every 2 weeks, mon, thu, monthly 10 times, or an RFC 5545 rule")
    static let channel: Parameter<ID<Channel>> = .channel("channel", "Where it is announced")
    static let zone: Parameter<String> = .zone("zone", "Whose clocks count; the server's when left out")
    static let voice: Parameter<ID<Channel>> = .channel("voice", "The voice channel in which it takes place")
    static let place: Parameter<String> = .line("place", "Where it takes place otherwise", longest: 100)
    static let capacity: Parameter<Int> = .whole("capacity", "How many may be going; others wait", 1...10_000)
    static let cutoff: Parameter<Duration> = .duration(
        "cutoff", "How long before the start nobody signs up any more", 1.minutes...30.days, bare: .minutes)
    static let role: Parameter<ID<Role>> = .role("role", "Whose holders alone may sign up")
    static let reminders: Parameter<String> = Parameter.ladder("reminders", "When it reminds, such as 24h, 1h, 15m, or none")
    static let template: Parameter<String> = .words("template", "The announcement's words, as templates list shows them")
    static let on: Parameter<WrittenTime> = .written("on", "Which time of it, such as friday")
}

extension Parameter where Value == WrittenTime {
    static func written(_ name: String, _ summary: String) -> Parameter {
        let date = Parameter<Instant>.date(name, summary)
        return Parameter(date.outline) { raw, context throws(Refusal) in
            guard let text = raw.text, !trimmed(text).isEmpty else { throw .invalid("\(name) is a time, not \(raw.quoted).") }
            return WrittenTime(text: text)
        }
    }
}

extension Parameter where Value == String {
    /// A text that is one word of a line unless it is quoted or last.
    static func name(_ name: String, _ summary: String, longest: Int) -> Parameter {
        let inner = Parameter<String>.text(name, summary, longest: longest)
        var outline = inner.outline
        outline.isGreedy = false
        return Parameter(outline) { raw, context throws(Refusal) in
            let text = trimmed(try inner.parse(raw, context))
            guard !text.isEmpty else { throw .invalid("\(name) has nothing in it.") }
            return text
        }
    }

    /// As `name`, on one line whatever was written.
    static func line(_ name: String, _ summary: String, longest: Int) -> Parameter {
        let inner = Parameter<String>.name(name, summary, longest: longest)
        return Parameter(inner.outline) { raw, context throws(Refusal) in
            try inner.parse(raw, context).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// Words that go on to the next name.
    static func words(_ name: String, _ summary: String) -> Parameter { .text(name, summary, longest: 200) }

    /// "24h, 1h, 15m" in one way of writing, "none" or "server".
    static func ladder(_ name: String, _ summary: String) -> Parameter {
        Parameter(Parameter<String>.words(name, summary).outline) { raw, _ throws(Refusal) in
            let words = trimmed(raw.text ?? "").lowercased()
            if words == "none" || words == "server" { return words }
            guard let ladder = Ladder(words) else {
                throw .invalid(
                    "\(name) are up to five lengths of time before the start, not \(raw.quoted).",
                    hint: "Write 24h, 1h, 15m, or none.")
            }
            return ladder.text
        }
    }
}
