internal import Kit
internal import Shared

/// What happened from a moment on, as far as somebody has not done it themselves.
struct Past {
    struct Deed {
        var id: Int64
        var at: Instant
        var who: String
        var command: String
    }

    /// An evening's reading; the audit has the rest.
    private static let most = 200

    let since: Instant
    /// The latest first.
    let changes: [Deed]
    /// There were more than are looked at.
    let hasMore: Bool
    let faults: [(reference: String, handler: String, message: String)]
    let gaps: Int
    let jobs: [(job: String, item: String, outcome: String)]
    /// Messages that Discord refused, or that may or may not have arrived.
    let undelivered: Int64

    init(since: Instant, seenBy person: Asker.Operator, _ turn: Turn) throws {
        self.since = since
        let store = turn.store
        let entries = try store.all(
            """
            SELECT a.id, a.at, a.command, a.guild, d.asker, d.member FROM house_audit a
            LEFT JOIN house_audit_details d ON d.id = a.id
            WHERE a.at > \(since) AND a.outcome = 'done' ORDER BY a.id DESC LIMIT \(Self.most + 1)
            """
        ) { row -> (deed: Deed, isOwn: Bool) in
            let asker = row.isNull(4) ? JSON.null : row.json(4)
            let who = AuditedPerson(asker: asker, member: row.id(5)).name(in: row.id(3), turn.house.directory)
            let isOwn = asker["uid"]?.int == Int64(person.user) && (asker["alias"]?.text ?? "") == person.alias
            return (Deed(id: row.int(0), at: row.instant(1), who: who, command: row.text(2)), isOwn)
        }
        hasMore = entries.count > Self.most
        changes = entries.prefix(Self.most).filter { !$0.isOwn }.map(\.deed)
        faults = try store.all(
            "SELECT reference, handler, message FROM house_faults WHERE last > \(since) ORDER BY last DESC LIMIT 50"
        ) { ($0.text(0), $0.text(1), $0.text(2)) }
        gaps = try turn.gaps(since: since).count
        jobs = try store.all(
            """
            SELECT job, item, outcome FROM house_jobs WHERE outcome IS NOT NULL AND changed > \(since)
            ORDER BY changed DESC LIMIT 50
            """
        ) { ($0.text(0), $0.text(1), $0.text(2)) }
        undelivered =
            try store.first(
                "SELECT COUNT(*) FROM house_outbox WHERE state IN ('uncertain', 'refused') AND settled > \(since)"
            ) { $0.int(0) } ?? 0
    }

    var isQuiet: Bool { changes.isEmpty && faults.isEmpty && gaps == 0 && jobs.isEmpty && undelivered == 0 }

    var json: JSON {
        .fields([
            "since_ms": .int(since.milliseconds), "first": false, "quiet": .bool(isQuiet),
            "changes": .array(
                changes.map { deed in
                    .fields([
                        "id": .string(String(deed.id)), "at_ms": .int(deed.at.milliseconds), "who": .string(deed.who),
                        "command": .string(deed.command),
                    ])
                }),
            "more_changes": .bool(hasMore),
            "faults": .array(
                faults.map {
                    ["reference": .string($0.reference), "handler": .string($0.handler), "message": .string($0.message)]
                }),
            "gaps": .int(Int64(gaps)),
            "jobs": .array(
                jobs.map { ["job": .string($0.job), "item": .string($0.item), "outcome": .string($0.outcome)] }),
            "undelivered": .int(undelivered),
        ])
    }
}
