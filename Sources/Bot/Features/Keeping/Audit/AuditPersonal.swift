internal import Kit
internal import Shared

extension AuditFeature {
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let entries = try AuditEntry.all(where: "d.member = \(member)", limit: 100_000, in: turn.store)
        return ["entries": .array(entries.map { $0.page(turn) })]
    }

    /// What names the person goes, with the salt that could prove it; the chain covers only a digest of it and stays whole.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        try turn.store.run("DELETE FROM house_audit_details WHERE member = \(member)")
    }
}
