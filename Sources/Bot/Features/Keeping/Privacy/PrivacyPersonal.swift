internal import Kit
internal import Shared

extension Privacy {
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { " AND guild = \($0)" } ?? ""
        let wishes = try turn.store.all(
            "SELECT guild, wish, at FROM privacy_wishes WHERE member = \(member)\(place) ORDER BY at"
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "declines": .string(row.text(1)), "since_ms": .int(row.int(2)),
            ])
        }
        let letters = try turn.store.all(
            "SELECT guild, day, sent FROM privacy_letters WHERE member = \(member)\(place) ORDER BY guild"
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "day": .string(Day(number: Int32(truncatingIfNeeded: row.int(1))).description),
                "sent": .int(row.int(2)),
            ])
        }
        let consents = try turn.store.all(
            "SELECT guild, version, at, via, withdrawn FROM privacy_consents WHERE member = \(member)\(place) ORDER BY at"
        ) { row in
            JSON.fields([
                "guild": .string(row.text(0)), "agreed_to_version": .int(row.int(1)), "at_ms": .int(row.int(2)),
                "via": .string(row.text(3)), "withdrawn_ms": row.optionalInt(4).map { .int($0) },
            ])
        }
        let hours = try turn.store.all("SELECT guild, hours FROM privacy_hours WHERE member = \(member)\(place) ORDER BY guild")
        {
            JSON.fields(["guild": .string($0.text(0)), "hours": .string($0.text(1))])
        }
        let notices = try NoticeRow.all(of: member, place, limit: 10_000, turn.store).map { $0.json(turn) }
        return [
            "wishes": .array(wishes), "private_messages": .array(letters), "quiet_hours": .array(hours),
            "notices": .array(notices), "consents": .array(consents),
        ]
    }

    /// A wish not to be bothered, and when not, stays: forgetting it would bother who asked to be forgotten.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { " AND guild = \($0)" } ?? ""
        return try turn.store.run("DELETE FROM privacy_consents WHERE member = \(member)\(place)")
            + turn.store.run("DELETE FROM privacy_letters WHERE member = \(member)\(place)")
            + turn.store.run("DELETE FROM privacy_notices WHERE member = \(member)\(place)")
    }
}
