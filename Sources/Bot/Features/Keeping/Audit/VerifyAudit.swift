internal import Kit
internal import Shared

extension AuditFeature {
    static let verify = Command(
        "audit.verify", "Works the chain out again and says whether anything was altered", access: .manageGuild,
        scope: .either, isSlow: true, changes: false,
        returns: .record([
            "ok": .flag, "entries": .whole, "erased": .whole, "head": .text, "broken": .id, "reason": .text,
        ])
    ) { turn in
        let finding = try Verification.run(on: turn.store)
        return .done(
            AuditText.verified(finding),
            data: .fields([
                "ok": .bool(finding.broken == nil), "entries": .int(finding.entries), "erased": .int(finding.erased),
                "head": .string(finding.head), "broken": finding.broken.map { .string(String($0.id)) },
                "reason": finding.broken.map { .string($0.reason.rawValue) },
            ]))
    }
}

/// The chain followed from its first link. Entries cut off at the end leave a sound chain: compare the head with one that was
/// written down elsewhere.
struct Verification {
    enum Reason: String {
        case missing = "an entry is missing before it"
        case unlinked = "it does not name the entry before it"
        case altered = "the entry was altered"
        case alteredDetail = "its detail was altered"
    }

    private(set) var entries: Int64 = 0
    private(set) var erased: Int64 = 0
    private(set) var head = ""
    private(set) var broken: (id: Int64, reason: Reason)?

    static func run(on store: any Connection) throws -> Verification {
        var verification = Verification()
        try store.each(
            """
            SELECT a.id, a.at, a.door, a.guild, a.command, a.outcome, a.digest, a.previous, a.hash, d.salt, d.asker, d.detail
            FROM house_audit a LEFT JOIN house_audit_details d ON d.id = a.id ORDER BY a.id
            """
        ) { row in verification.check(row) }
        return verification
    }

    private mutating func check(_ row: any Row) {
        guard broken == nil else { return }
        let link = AuditChain.Link(
            id: row.int(0), at: row.instant(1), door: row.text(2), guild: row.id(3), command: row.text(4),
            outcome: row.text(5), digest: row.text(6), previous: row.text(7))
        if let reason = fault(of: link, hash: row.text(8)) {
            broken = (link.id, reason)
        } else if row.isNull(9) {
            erased += 1
        } else if AuditChain.digest(salt: row.text(9), asker: row.text(10), detail: row.text(11)) != link.digest {
            broken = (link.id, .alteredDetail)
        }
        entries += 1
        head = link.hash
    }

    private func fault(of link: AuditChain.Link, hash: String) -> Reason? {
        if link.id != entries + 1 { return .missing }
        if link.previous != head { return .unlinked }
        return link.hash == hash ? nil : .altered
    }
}
