internal import Kit
internal import Shared

/// A group of faults: what failed, in which way, how often and where. Whoever keeps the house sees all of it; the staff of one
/// server see what failed there, without words that may be of another.
struct FaultRow {
    var reference: String
    var handler: String
    var message: String?
    var times: Int64
    var first: Instant
    var last: Instant
    /// How many servers it happened in; whoever sees one server sees one.
    var places: Int64

    /// Whose faults the asker sees: all of them, or those of one server.
    enum View {
        case house
        case guild(ID<Guild>)

        init(_ turn: Turn) throws(Refusal) {
            if case .member(let member) = turn.asker, !member.ownsHouse {
                self = .guild(try turn.requireGuild())
            } else {
                self = .house
            }
        }
    }

    static func all(_ view: View, _ turn: Turn, only reference: String? = nil) throws -> [FaultRow] {
        let which: SQL = reference.map { "AND f.reference = \($0)" } ?? ""
        switch view {
        case .house:
            return try turn.store.all(
                """
                SELECT f.reference, f.handler, f.times, f.first, f.last,
                    (SELECT COUNT(*) FROM house_fault_places p WHERE p.reference = f.reference AND p.guild <> 0), f.message
                FROM house_faults f WHERE 1 = 1 \(which) ORDER BY f.last DESC, f.reference LIMIT 200
                """
            ) { FaultRow($0, message: $0.text(6)) }
        case .guild(let guild):
            return try turn.store.all(
                """
                SELECT f.reference, f.handler, p.times, p.first, p.last, 1
                FROM house_fault_places p JOIN house_faults f ON f.reference = p.reference
                WHERE p.guild = \(guild) \(which) ORDER BY p.last DESC, f.reference LIMIT 200
                """
            ) { FaultRow($0, message: nil) }
        }
    }

    /// The fault of this reference, as the asker may see it.
    static func require(_ reference: String, _ view: View, _ turn: Turn) throws -> FaultRow {
        if let found = try all(view, turn, only: trimmed(reference).uppercased()).first { return found }
        let near = nearest(to: reference.uppercased(), among: try all(view, turn).map(\.reference))
        throw Refusal(
            .notFound, "There is no fault \"\(reference.prefix(20))\".",
            hint: near.map { "Did you mean \($0)?" } ?? "See them with house faults.", field: "reference")
    }

    private init(_ row: any Row, message: String?) {
        reference = row.text(0)
        handler = row.text(1)
        times = row.int(2)
        first = row.instant(3)
        last = row.instant(4)
        places = row.int(5)
        self.message = message
    }

    var json: JSON {
        .fields([
            "last_ms": .int(last.milliseconds), "times": .int(times), "handler": .string(handler),
            "message": message.map(JSON.string), "first_ms": .int(first.milliseconds), "reference": .string(reference),
            "servers": .int(places),
        ])
    }
}
