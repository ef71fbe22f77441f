internal import Kit
internal import Shared

/// Who did what through which door, in the transaction that did it. Each entry's hash covers the one before it; what names
/// people lies beside it, salted, so that it can be erased without breaking the chain.
enum Audit {
    struct Entry {
        var at: Instant
        var door: Door
        var guild: ID<Guild>?
        var command: String
        var outcome: String
        var asker: JSON
        var member: ID<Member>?
        var params: JSON
        var changes: [Change]
        var undo: Invocation?
    }

    @discardableResult
    static func write(_ entry: Entry, dice: inout Dice, to store: any Connection) throws -> Int64 {
        let detail = JSON.fields([
            "params": entry.params,
            "changes": .array(
                entry.changes.map { .fields(["subject": .string($0.subject), "before": $0.before, "after": $0.after]) }),
            "undo": entry.undo.map { .fields(["command": .string($0.command), "arguments": $0.arguments]) },
        ])
        let salt = String(dice.next(), radix: 36)
        let digest = AuditChain.digest(salt: salt, asker: entry.asker.line, detail: detail.line)
        let last = try store.first("SELECT id, hash FROM house_audit ORDER BY id DESC LIMIT 1") { ($0.int(0), $0.text(1)) }
        let id = (last?.0 ?? 0) + 1
        let link = AuditChain.Link(
            id: id, at: entry.at, door: entry.door.rawValue, guild: entry.guild, command: entry.command,
            outcome: entry.outcome, digest: digest, previous: last?.1 ?? "")
        try store.run(
            """
            INSERT INTO house_audit (id, at, door, guild, command, outcome, digest, previous, hash)
            VALUES (\(id), \(link.at), \(link.door), \(link.guild), \(link.command), \(link.outcome), \(digest),
                \(link.previous), \(link.hash))
            """)
        try store.run(
            """
            INSERT INTO house_audit_details (id, salt, asker, member, detail)
            VALUES (\(id), \(salt), \(entry.asker), \(entry.member), \(detail))
            """)
        return id
    }
}
