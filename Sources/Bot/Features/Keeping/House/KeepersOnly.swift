internal import Kit
internal import Shared

extension HouseFeature {
    /// What concerns the whole process is for operators and for its owners: the admin of one server learns nothing of another.
    static func keepersOnly(_ turn: Turn) throws(Refusal) {
        if case .member(let member) = turn.asker, !member.ownsHouse {
            throw .forbidden("This is for the owners of this bot.", hint: "It concerns every server that I am in.")
        }
    }

    /// Rows of a query, each as a record; lists and panels share them.
    static func rows(_ sql: SQL, _ turn: Turn, _ read: (any Row) throws -> JSON) throws -> [JSON] {
        try turn.store.all(sql, read)
    }

    /// The same rows as a panel shows them, by the column that names each.
    static func lines(_ rows: [JSON], by key: String) -> [Panel.Line] {
        rows.map { row in Panel.Line(row[key]?.text ?? row[key]?.line ?? "", row) }
    }

    static func name(_ guild: ID<Guild>?, _ turn: Turn) -> JSON? {
        guild.map { .fields(["id": .id($0), "name": .string(turn.house.directory.guild($0)?.name ?? $0.description)]) }
    }
}
