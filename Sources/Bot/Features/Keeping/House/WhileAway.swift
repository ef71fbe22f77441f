internal import Kit
internal import Shared

extension HouseFeature {
    /// LEAD-29: what others changed, what went wrong, what was missed and what came to its end since one was last here.
    static let away = Command(
        "house.away", "What happened since you were last in the console", access: .moderate, scope: .house, isPrivate: true,
        changes: false,
        returns: .record([
            "since_ms": .instant, "first": .flag, "quiet": .flag,
            "changes": .list(.record(["id": .id, "at_ms": .instant, "who": .text, "command": .text])),
            "more_changes": .flag, "faults": .list(.record(["reference": .text, "handler": .text, "message": .text])),
            "gaps": .whole, "jobs": .list(.record(["job": .text, "item": .text, "outcome": .text])), "undelivered": .whole,
        ]), example: "since: 2026-11-20",
        .optional(.date("since", "From when on; your last visit when left out"))
    ) { turn, wanted in
        let person = try requireOperator(turn)
        guard let since = try wanted ?? lastVisit(of: person, turn.store) else {
            return .done(PeopleText.firstVisit, data: ["first": true, "quiet": true])
        }
        let past = try Past(since: since, seenBy: person, turn)
        return .done(PeopleText.away(past), data: past.json)
    }

    private static func lastVisit(of person: Asker.Operator, _ store: any Connection) throws -> Instant? {
        try store.first(
            "SELECT departed FROM house_visits WHERE account = \(Int64(person.user)) AND alias = \(person.alias)"
        ) { $0.instant(0) }
    }
}
