internal import Kit
internal import Shared

/// The house's lists as people see them: one row a line.
extension HouseText {
    static func guilds(_ rows: [JSON]) -> Card {
        list("Servers", rows, else: "I am in no server yet. Invite me to one.") { row in
            "\(word(row, "name"))  \(number(row, "members")) members\(words: row["state"]?.text == "ok" ? "" : ", unavailable")"
        }
    }

    static func clients(_ rows: [JSON]) -> Card {
        list("Clients", rows, else: "Nobody is connected.") { row in
            "\(word(row, "id"))  \(word(row, "name")), \(word(row, "role")), \(word(row, "client"))"
        }
    }

    static func log(_ rows: [JSON]) -> Card {
        list("Log", rows, else: "There is nothing in the log yet.") { row in
            "\(word(row, "time"))  \(word(row, "level"))  \(word(row, "room")): \(word(row, "message"))"
        }
    }

    static func routes(_ rows: [JSON]) -> Card {
        list("Router", rows, else: "Nothing has been handled yet.") { row in
            "\(word(row, "handler"))  \(number(row, "calls")) calls, \(number(row, "mean_us")) µs, \(number(row, "faults")) faults"
        }
    }

    static func outbox(_ rows: [JSON]) -> Card {
        list("Outbox", rows, else: "Nothing is on its way, and nothing went out lately.") { row in
            let note: Phrase = row["note"]?.text.map { ": \($0)" } ?? ""
            return "\(moment(row, "created_ms"))  \(word(row, "kind")) \(word(row, "phase"))\(note)"
        }
    }

    static func gaps(_ rows: [JSON]) -> Card {
        list("Gaps", rows, else: "Nothing was missed.") { row in
            let end: Phrase = row["ended_ms"] == nil ? "now" : moment(row, "ended_ms")
            let lost = (row["not_counted"]?.array ?? []).compactMap(\.text).joined(separator: ", ")
            return
                "\(moment(row, "began_ms")) to \(end): \(word(row, "reason")); \(word(row, "state")), \(number(row, "messages")) messages fetched back, not counted: \(lost)"
        }
    }

    static func jobs(_ rows: [JSON]) -> Card {
        list("Jobs", rows, else: "No long work was done lately.") { row in
            let how: Phrase = row["outcome"]?.text.map { "\($0)" } ?? "\(number(row, "done")) of \(number(row, "whole"))"
            return "\(word(row, "job")) \(word(row, "item")): \(how)"
        }
    }

    static func timers(_ rows: [JSON]) -> Card {
        list("Timers", rows, else: "Nothing is due.") { row in
            "\(moment(row, "due_ms"))  \(word(row, "job")) \(word(row, "item"))"
        }
    }

    /// Discord shows some four thousand characters; the rest is in the data.
    private static func list(_ title: Phrase, _ rows: [JSON], else none: Phrase, _ line: (JSON) -> Phrase) -> Card {
        guard !rows.isEmpty else { return Card(title, text: none) }
        return Card(title, text: .lines(rows.prefix(30).map(line)), footer: rows.count > 30 ? "\(rows.count) in all." : nil)
    }

    private static func word(_ row: JSON, _ key: String) -> Phrase { row[key]?.text.map { "\($0)" } ?? "-" }
    private static func number(_ row: JSON, _ key: String) -> Phrase { "\(row[key]?.int ?? 0)" }
    private static func moment(_ row: JSON, _ key: String) -> Phrase {
        row[key]?.int.map { "\(Instant(milliseconds: $0), .moment)" } ?? "-"
    }
}
