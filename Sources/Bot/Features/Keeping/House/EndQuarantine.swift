internal import Kit
internal import Shared

extension HouseFeature {
    static let endQuarantine = Command(
        "house.release", "Lets a restored house send again what was on its way when the backup was restored",
        access: .houseOwner, scope: .house, changes: true, returns: .record(["since_ms": .instant, "held": .whole])
    ) { turn in
        guard let since = try quarantine(turn) else {
            throw Refusal.conflict("Nothing is held back: the house was not restored, or it was released before.")
        }
        let held =
            try turn.store.first(
                "SELECT COUNT(*) FROM house_outbox WHERE state = 'waiting' AND caused <= \(since)"
            ) { $0.int(0) } ?? 0
        try turn.store.run("DELETE FROM house_state WHERE key = 'quarantined_since'")
        turn.change("quarantine", from: .string(since.rfc3339), to: .null)
        return .done(HouseText.released(held), data: ["since_ms": .int(since.milliseconds), "held": .int(held)])
    }

    /// Since when a restored house holds back what is older.
    static func quarantine(_ turn: Turn) throws -> Instant? {
        try turn.store.first("SELECT value FROM house_state WHERE key = 'quarantined_since'") { Int64($0.text(0)) }?
            .map(Instant.init(milliseconds:))
    }
}
