internal import Kit
internal import Shared

/// Members who began anew, and the points that do not count for their level. Few did, so all of them are at hand.
final class FreshStarts: Hot {
    private struct Person: Hashable {
        var guild: Int64
        var member: Int64
    }

    private var points: [Person: Int64] = [:]
    private var isOpen = false

    init() {}

    func open(_ turn: Turn) throws { try read(turn.store) }

    /// What a member's points count from.
    func start(of member: ID<Member>, in guild: ID<Guild>) -> Int64 {
        points.isEmpty ? 0 : points[Person(guild: guild.number, member: member.number)] ?? 0
    }

    func note(_ member: ID<Member>, in guild: ID<Guild>, from start: Int64?) {
        points[Person(guild: guild.number, member: member.number)] = start
    }

    func write(to store: any Connection) {}

    func forget() {
        points = [:]
        isOpen = false
    }

    private func read(_ store: any Connection) throws {
        guard !isOpen else { return }
        isOpen = true
        try store.each("SELECT guild, member, points FROM levels_starts") { row in
            points[Person(guild: row.int(0), member: row.int(1))] = row.int(2)
        }
    }
}
