internal import Kit
internal import Shared

extension Tickets {
    static let rate = Command(
        "tickets.rate", "Says how you were helped: one star to five", isPrivate: true, isForMembers: true, changes: true,
        returns: .record(["id": .whole, "stars": .whole, "remark": .text]), example: "id: 1 stars: 5", which,
        .whole("stars", "From 1, not at all, to 5, very well", 1...5),
        .optional(.text("remark", "What staff should know", longest: 500))
    ) { turn, number, stars, remark in
        let old = try require(number, turn)
        guard old.opener == turn.asker.member else {
            throw Refusal.forbidden("Only the member whose ticket it is says how they were helped.")
        }
        guard old.state.isOver else {
            throw Refusal.conflict("Ticket \(old.number) is not closed yet.", hint: "Say it when you have been helped.")
        }
        var new = old
        (new.rating, new.remark) = (stars, remark ?? old.remark)
        try TicketRows.update(new, in: turn.store)
        turn.change(
            "rating of \(old.subjectOfChange)", from: old.rating.map { .int(Int64($0)) } ?? .null, to: .int(Int64(stars)))
        log(TicketText.rated(new), turn)
        let undo = old.rating.map { rating in
            Invocation(command: "tickets.rate", arguments: ["id": .int(old.number), "stars": .int(Int64(rating))])
        }
        return .done(
            TicketText.thanks(stars),
            data: .fields([
                "id": .int(new.number), "stars": .int(Int64(stars)), "remark": new.remark.map { .string($0) },
            ]), undo: undo)
    }
}
