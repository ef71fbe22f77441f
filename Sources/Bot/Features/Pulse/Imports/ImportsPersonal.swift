internal import Kit
internal import Shared

extension Imports {
    /// What was imported for a member is exported and erased with activity's corrections; here lies only who imported.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { " AND guild = \($0)" } ?? ""
        return [
            "batches": .array(
                try turn.store.all(
                    "SELECT guild, source, at FROM imports_batches WHERE author = \(member.description)\(place) ORDER BY id"
                ) { ["guild": .string($0.text(0)), "source": .string($0.text(1)), "at_ms": .int($0.int(2))] })
        ]
    }

    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { " AND guild = \($0)" } ?? ""
        return try turn.store.run(
            "UPDATE imports_batches SET author = 'somebody' WHERE author = \(member.description)\(place)")
    }
}
