internal import Kit
internal import Shared

/// What people in the console, and those whom they link themselves with, are told.
enum PeopleText {
    static func code(_ code: LinkCode, until: Instant) -> Card {
        Card(
            "Link with Discord", text: "Your code is \(strong: code.text). It counts once, until \(until, .time).",
            fields: [
                .init(
                    "In Discord", "In a server where you may moderate: \(code: "/house confirm code:" + code.text)",
                    isInline: false)
            ],
            footer: "From then on the audit names both. It gives nobody a right.")
    }

    static func linked(_ person: LinkedPerson, _ member: ID<Member>) -> Card {
        Card(
            text: "\(strong: person.spelled) in the console is \(member). The audit names both from now on.",
            footer: "house unlink ends it.", tone: .good)
    }

    static func unlinked(_ people: [LinkedPerson]) -> Card {
        Card(
            text: .lines(people.map { "\(strong: $0.spelled) in the console is linked with nobody any more." }), tone: .good)
    }

    static func people(_ rows: [JSON]) -> Card {
        guard !rows.isEmpty else { return Card("People", text: "Nobody has been in the console yet.") }
        let lines = rows.map { row -> Phrase in
            let place: Phrase =
                if row["state"] == "ok" { "here since \(moment(row, "since_ms"))" } else {
                    row["left_ms"] == nil ? "not here yet" : "left \(moment(row, "left_ms"))"
                }
            let link: Phrase = row["member"]?["name"]?.text.map { ", \($0) in Discord" } ?? ""
            return "\(strong: row["person"]?.text ?? "")\(link): \(place)"
        }
        return Card("People", text: .lines(lines))
    }

    private static func moment(_ row: JSON, _ key: String) -> Phrase {
        row[key]?.int.map { "\(Instant(milliseconds: $0), .moment)" } ?? "-"
    }

    // MARK: - Away

    static let firstVisit = Card("Welcome", text: "This is your first visit, so there is nothing that you have missed.")

    static func away(_ past: Past) -> Card {
        let since: Phrase = "Since \(past.since, .moment)"
        guard !past.isQuiet else { return Card("While you were away", text: since + " nothing has happened.") }
        var fields: [Card.Field] = []
        if !past.changes.isEmpty {
            let lines = past.changes.prefix(12).map { deed -> Phrase in
                "\(deed.at, .moment)  \(deed.who)  \(code: deed.command)"
            }
            fields.append(field("Changes", past.changes.count, andMore: past.hasMore, lines, past.changes.count - 12))
        }
        if !past.faults.isEmpty {
            let lines = past.faults.prefix(5).map { fault -> Phrase in "\(fault.handler): \(fault.message)" }
            fields.append(field("Faults", past.faults.count, lines, past.faults.count - 5))
        }
        if past.gaps > 0 { fields.append(.init("Gaps", "\(past.gaps); house gaps says what was fetched back")) }
        if past.undelivered > 0 {
            fields.append(.init("Not delivered", "\(past.undelivered); house outbox says what became of them"))
        }
        if !past.jobs.isEmpty {
            let lines = past.jobs.prefix(5).map { job -> Phrase in "\(job.job) \(job.item): \(job.outcome)" }
            fields.append(field("Jobs that ended", past.jobs.count, lines, past.jobs.count - 5))
        }
        return Card("While you were away", text: since + ":", fields: fields)
    }

    private static func field(
        _ name: String, _ count: Int, andMore: Bool = false, _ lines: [Phrase], _ left: Int
    ) -> Card.Field {
        let rest: [Phrase] = left > 0 ? ["and \(left) more"] : []
        return .init("\(words: name): \(count)\(words: andMore ? " and more" : "")", .lines(lines + rest), isInline: false)
    }
}
