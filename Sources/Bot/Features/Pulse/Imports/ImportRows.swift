internal import Kit
internal import Shared

/// A file that was taken over, as a whole.
struct ImportBatch {
    var id: Int64
    var source: String
    var day: Day
    var members: Int
    var points: Int64
    var author: String
    var at: Instant
    var isStanding: Bool
}

enum ImportRows {
    static func insert(_ plan: ImportPlan, _ turn: Turn) throws -> Int64 {
        let points = plan.taken.reduce(0) { $0 + $1.gain }
        return try turn.store.first(
            """
            INSERT INTO imports_batches (guild, source, day, members, points, author, at, state)
            VALUES (\(try turn.requireGuild()), \(plan.file.source), \(plan.day), \(plan.taken.count), \(points),
                \(author(of: turn)), \(turn.now), 'standing') RETURNING id
            """
        ) { $0.int(0) } ?? 0
    }

    private static func author(of turn: Turn) -> String {
        switch turn.asker {
        case .member(let member): member.id.description
        case .unix(let person): person.name
        case .job(let name): name
        }
    }

    static func all(_ turn: Turn) throws -> [ImportBatch] {
        try read("guild = \(try turn.requireGuild()) ORDER BY id DESC LIMIT 200", turn.store)
    }

    static func find(_ id: Int64, _ turn: Turn) throws -> ImportBatch? {
        try read("guild = \(try turn.requireGuild()) AND id = \(id)", turn.store).first
    }

    static func withdraw(_ id: Int64, in store: any Connection) throws {
        try store.run("UPDATE imports_batches SET state = 'withdrawn' WHERE id = \(id)")
    }

    private static func read(_ which: SQL, _ store: any Connection) throws -> [ImportBatch] {
        try store.all("SELECT id, source, day, members, points, author, at, state FROM imports_batches WHERE \(which)") { row in
            ImportBatch(
                id: row.int(0), source: row.text(1), day: Day(number: Int32(truncatingIfNeeded: row.int(2))),
                members: Int(row.int(3)), points: row.int(4), author: row.text(5), at: row.instant(6),
                isStanding: row.text(7) == "standing")
        }
    }
}
