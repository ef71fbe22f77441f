internal import Kit
internal import Shared

extension HouseFeature {
    /// An admin has looked and knows better than the courier what became of something.
    static let resolve = Command(
        "house.resolve", "Says what became of something that may or may not have arrived", access: .manageGuild,
        scope: .either, isPrivate: true, changes: true, returns: .record(["id": .text, "phase": .text]),
        example: "id: 12 verdict: arrived",
        .whole("id", "Its number, as house outbox shows it", 1...Int.max),
        .choice(
            "verdict", "What became of it",
            [Choice("It arrived", "arrived"), Choice("Send it again", "again"), Choice("Let it go", "dropped")])
    ) { turn, number, verdict in
        if turn.guild == nil { try keepersOnly(turn) }
        let id = Int64(number)
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let phase = try turn.store.first("SELECT state FROM house_outbox WHERE id = \(id) \(place)") { $0.text(0) }
        guard let phase else { throw Refusal.notFound("There is no \(id) in the outbox.", hint: "See it with house outbox.") }
        guard ["uncertain", "refused", "expired"].contains(phase) else {
            throw Refusal.conflict("What is \(phase) is not open to question.")
        }
        switch verdict {
        case "again": turn.sendAgain(id)
        case "arrived": try turn.store.run("UPDATE house_outbox SET state = 'done', effect = '' WHERE id = \(id)")
        default: try turn.store.run("UPDATE house_outbox SET state = 'dropped' WHERE id = \(id)")
        }
        let next = verdict == "again" ? "waiting" : verdict == "arrived" ? "done" : "dropped"
        turn.change("outbox \(id)", from: .string(phase), to: .string(next))
        return .done(HouseText.resolved(id, next), data: ["id": .string(String(id)), "phase": .string(next)])
    }
}
