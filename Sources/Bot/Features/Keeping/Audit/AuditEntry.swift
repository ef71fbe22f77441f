internal import Kit
internal import Shared

/// One entry as it lies in the store; what names people is nil once it was erased.
struct AuditEntry {
    struct Detail {
        var asker: JSON
        var member: ID<Member>?
        var json: JSON

        var changes: [JSON] { json["changes"]?.array ?? [] }
        var undo: JSON? { json["undo"] }
    }

    var id: Int64
    var at: Instant
    var door: String
    var guild: ID<Guild>?
    var command: String
    var outcome: String
    var detail: Detail?

    var isDone: Bool { outcome == "done" }
    /// It changed something, and no command takes that back.
    var isFinal: Bool { isDone && detail?.undo == nil && detail?.changes.isEmpty == false }

    static func all(where condition: SQL, limit: Int, in store: any Connection) throws -> [AuditEntry] {
        try store.all(
            """
            SELECT a.id, a.at, a.door, a.guild, a.command, a.outcome, d.asker, d.member, d.detail
            FROM house_audit a LEFT JOIN house_audit_details d ON d.id = a.id WHERE \(condition) ORDER BY a.id DESC LIMIT \(limit)
            """
        ) { row in
            AuditEntry(
                id: row.int(0), at: row.instant(1), door: row.text(2), guild: row.id(3), command: row.text(4),
                outcome: row.text(5),
                detail: row.isNull(8) ? nil : Detail(asker: row.json(6), member: row.id(7), json: row.json(8)))
        }
    }

    /// As lists and panels show it.
    func row(_ turn: Turn) -> JSON {
        .fields([
            "id": .string(String(id)), "at_ms": .int(at.milliseconds), "at": .string(at.rfc3339), "who": .string(who(turn)),
            "member": member(turn), "door": .string(door), "guild": guild.map { .id($0) }, "command": .string(command),
            "state": .string(isDone ? "ok" : outcome.hasPrefix("failed") ? "bad" : "warn"), "outcome": .string(outcome),
            "changes": .int(Int64(detail?.changes.count ?? 0)), "undo": .bool(detail?.undo != nil),
            "final": .bool(isFinal),
        ])
    }

    /// With everything that is known of it.
    func page(_ turn: Turn) -> JSON {
        guard case .object(var page) = row(turn) else { return .null }
        page["asker"] = detail?.asker
        page["params"] = detail?.json["params"]
        page["changes"] = .array(detail?.changes ?? [])
        page["undo"] = detail?.undo
        page["erased"] = .bool(detail == nil)
        return .object(page)
    }

    /// The name of whoever asked, for people.
    func who(_ turn: Turn) -> String {
        guard let detail else { return "erased" }
        return AuditedPerson(asker: detail.asker, member: detail.member).name(in: guild, turn.house.directory)
    }

    private func member(_ turn: Turn) -> JSON? {
        detail?.member.map { id in
            .fields(["id": .id(id), "name": .string(turn.house.directory.name(of: id, in: guild) ?? id.description)])
        }
    }
}
