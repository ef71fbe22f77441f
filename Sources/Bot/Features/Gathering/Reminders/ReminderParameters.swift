internal import Kit
internal import Shared

extension Reminders {
    static let number: Parameter<Int> = .whole("id", "Its number, as reminders list shows it", 1...Int.max)
    static let name: Parameter<String> = .title("name", "What it is about, on one line", longest: 100)
    static let channel: Parameter<ID<Channel>> = .channel("channel", "Where it is posted")
    static let time: Parameter<String> = .moment(
        "time", "When it comes: friday 20:00, in 2h, daily 9:00, last friday 17:00; with days a time such as 18:00")
    static let days: Parameter<String> = .oneWord(
        "days", "The days of the week on which it comes, such as mon,thu or first monday")
    static let message: Parameter<String> = .oneWord("message", "What else it says", longest: longest)
    static let call: Parameter<Int?> = .clock("call_time", "The time that it shows, where that is not when it comes; or none")
    static let zone: Parameter<String> = .zone("zone", "Whose clocks count; yours or the server's when left out")
    static let place: Parameter<String> = .title("place", "Where it takes place", longest: 100)
    static let role: Parameter<ID<Role>?> = .orNone(.role("role", "Whom it mentions, or none"))
    static let mentionsEveryone: Parameter<Bool> = .yesNo(
        "everyone", "Whether it mentions everyone, where the server allows that")
    static let before: Parameter<Duration> = .duration(
        "before", "How long before a single date it comes too; 0 for not at all", .zero...7.days, bare: .minutes)

    static let longest = 1000
}

extension Parameter where Value == String {
    /// A date or a rhythm that is read once the zone is known.
    fileprivate static func moment(_ name: String, _ summary: String) -> Parameter {
        let date = Parameter<Instant>.date(name, summary)
        return Parameter(date.outline) { raw, _ throws(Refusal) in
            guard let text = raw.text.map({ trimmed($0) }), !text.isEmpty, text.unicodeScalars.count <= 200,
                !text.utf8.contains(0)
            else { throw .invalid("\(name) is a time, not \(raw.quoted).") }
            return text
        }
    }

    /// A text that is one word of a line unless it is quoted or last.
    fileprivate static func oneWord(_ name: String, _ summary: String, longest: Int = 200) -> Parameter {
        let inner = Parameter<String>.text(name, summary, longest: longest)
        var outline = inner.outline
        outline.isGreedy = false
        return Parameter(outline, parse: inner.parse)
    }
}

extension Parameter where Value == Int? {
    /// "18:30" or "6pm" as minutes of the day, or "none".
    fileprivate static func clock(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .text(longest: 20))) { raw, _ throws(Refusal) in
            let words = trimmed(raw.text ?? "").lowercased()
            if words == "none" { return nil }
            let noon = Instant(milliseconds: 0)
            guard !words.contains(" "), words.contains(":") || words.hasSuffix("m") || words.hasSuffix("h"),
                let at = spokenTime("1970-01-01 " + words, now: noon, zone: .utc)
            else {
                throw .invalid("\(name) is a time of the day, not \(raw.quoted).", hint: "Write 18:30 or 6:30pm, or none.")
            }
            return Zone.utc.wallTime(at: at).millisecond / 60_000
        }
    }
}
