internal import Kit
internal import Shared

/// What events say about calendar files.
extension EventText {
    static func exported(_ count: Int) -> Card {
        Card(text: count == 1 ? "One event, as a calendar file." : "\(count) events, as a calendar file.", tone: .good)
    }

    static func rhythm(of meeting: Meeting, exceptions: Int) -> String {
        let rule = meeting.rule.map { spelled(rule: $0) } ?? "once"
        return exceptions > 0 ? rule + ", \(exceptions) of its times left out or moved" : rule
    }

    static func imported(_ report: ImportReport, _ isPreview: Bool) -> Card {
        let lines = report.lines.prefix(25).map { line -> Phrase in
            let when: Phrase = line.starts.map { "\($0)" } ?? "no time"
            return "\(line.title)  \(when)  \(words: line.state): \(line.note)"
        }
        let more: Phrase = report.lines.count > 25 ? "\nand \(report.lines.count - 25) more" : ""
        let made = report.count("made", "would be made")
        return Card(
            isPreview ? "What that calendar would bring" : "Taken from the calendar", text: .lines(Array(lines)) + more,
            fields: [
                .init(isPreview ? "Would be set up" : "Set up", "\(made)"), .init("Here already", "\(report.count("known"))"),
                .init("Left out", "\(report.count("left out"))"),
            ], tone: made > 0 ? .good : .warning)
    }
}
