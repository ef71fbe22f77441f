internal import Kit
internal import Shared

/// A role that the house has given to somebody, and therefore may take back.
struct Holding: Equatable {
    enum Source: String { case rule, award }

    enum State: String {
        /// On its way to them.
        case giving
        case held
        /// On its way back.
        case taking
        /// Discord did not let it be given.
        case refused
        /// Somebody took it from them by hand, or a reward was revoked: it is not given again.
        case dropped
    }

    var guild: ID<Guild>
    var member: ID<Member>
    var role: ID<Role>
    /// 0 for a role that was awarded by itself.
    var reward: Int64
    var source: Source
    var state: State
    var since: Instant
    var until: Instant?
    /// Since when the rule does not hold any more.
    var failing: Instant?
    var changed: Instant

    var key: String { "\(guild).\(member).\(role)" }

    func isOver(at now: Instant) -> Bool { until.map { $0 <= now } ?? false }
}

/// Holdings as they lie in the store.
enum HoldingRows {
    private static let columns: SQL = "guild, member, role, reward, source, state, since, until, failing, changed"

    static func find(_ member: ID<Member>, _ role: ID<Role>, _ guild: ID<Guild>, in store: any Connection) throws -> Holding? {
        try all(where: "guild = \(guild) AND member = \(member) AND role = \(role)", in: store).first
    }

    static func all(where condition: SQL, in store: any Connection) throws -> [Holding] {
        try store.all("SELECT \(columns) FROM rewards_holdings WHERE \(condition)", read).compactMap(\.self)
    }

    static func write(_ holding: Holding, in store: any Connection) throws {
        try store.run(
            """
            INSERT INTO rewards_holdings (\(columns))
            VALUES (\(holding.guild), \(holding.member), \(holding.role), \(holding.reward), \(holding.source.rawValue),
                \(holding.state.rawValue), \(holding.since), \(holding.until), \(holding.failing), \(holding.changed))
            ON CONFLICT (guild, member, role) DO UPDATE SET reward = excluded.reward, source = excluded.source,
                state = excluded.state, since = excluded.since, until = excluded.until, failing = excluded.failing,
                changed = excluded.changed
            """)
    }

    static func forget(_ holding: Holding, in store: any Connection) throws {
        try store.run(
            """
            DELETE FROM rewards_holdings WHERE guild = \(holding.guild) AND member = \(holding.member)
                AND role = \(holding.role)
            """)
    }

    private static func read(_ row: any Row) -> Holding? {
        guard let guild: ID<Guild> = row.id(0), let member: ID<Member> = row.id(1), let role: ID<Role> = row.id(2) else {
            return nil
        }
        return Holding(
            guild: guild, member: member, role: role, reward: row.int(3), source: .init(rawValue: row.text(4)) ?? .rule,
            state: .init(rawValue: row.text(5)) ?? .held, since: row.instant(6),
            until: row.optionalInt(7).map(Instant.init(milliseconds:)),
            failing: row.optionalInt(8).map(Instant.init(milliseconds:)), changed: row.instant(9))
    }
}
