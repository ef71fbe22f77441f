internal import Kit
internal import Shared

extension AuditFeature {
    static let show = Command(
        "audit.show", "One entry: what was asked, what it changed, and how to undo it", access: .manageGuild, scope: .either,
        isPrivate: true, changes: false,
        returns: .record([
            "id": .id, "at": .text, "at_ms": .instant, "who": .text, "member": .named, "door": .text, "guild": .id,
            "command": .text, "state": .text, "outcome": .text, "asker": .anything, "params": .anything,
            "changes": .list(.record(["subject": .text, "before": .anything, "after": .anything])),
            "undo": .record(["command": .text, "arguments": .anything]), "erased": .flag, "final": .flag,
        ]), example: "12",
        .text("id", "The entry's number", longest: 20)
    ) { turn, word in
        let place = try place(turn)
        guard let id = Int64(trimmed(word)),
            let entry = try AuditEntry.all(where: "\(place) AND a.id = \(id)", limit: 1, in: turn.store).first
        else {
            throw Refusal(.notFound, "There is no entry \"\(word)\" here.", hint: "See them with audit list.", field: "id")
        }
        return .done(AuditText.page(entry, turn), data: entry.page(turn))
    }
}
