internal import Kit
internal import Shared

/// Who is mentioned and who is passed over, in the order of the board.
struct MentionChoice {
    struct Passed {
        var member: ID<Member>
        var reason: String
    }

    var mentioned: [ID<Member>] = []
    var passed: [Passed] = []

    /// Places of the board that are looked at: a server of people who all want no ping is left alone.
    private static let furthest = 500
    private static let page = 50

    init(for ping: Ping, _ turn: Turn) throws {
        guard let ranking = turn.house.catalogue.reading(RankingReading.self) else { return }
        let decliners = try turn.inside(ping.guild).decliners(of: .pings)
        let spared = Set(try Pings.sparedRoles(of: ping.guild, turn).map(\.number))
        var offset = 0
        while mentioned.count < ping.top, offset < Self.furthest {
            let page = try ranking.page(turn, ping.period, offset, Self.page)
            for ranked in page where mentioned.count < ping.top {
                if let reason = try Self.reason(against: ranked.member, spared, decliners, ping, turn) {
                    passed.append(Passed(member: ranked.member, reason: reason))
                } else {
                    mentioned.append(ranked.member)
                }
            }
            offset += Self.page
            if page.count < Self.page { break }
        }
    }

    private static func reason(
        against member: ID<Member>, _ spared: Set<Int64>, _ decliners: Set<Int64>, _ ping: Ping, _ turn: Turn
    ) throws -> String? {
        guard let profile = turn.house.directory.member(member, in: ping.guild) else { return "is not here any more" }
        if profile.isBot { return "is a bot" }
        if let role = profile.roles.first(where: { spared.contains($0.number) }) {
            return "has the role \(turn.house.directory.name(of: role) ?? "that is spared")"
        }
        if decliners.contains(member.number) { return "wants no pings" }
        let since = turn.now + turn.late - turn[Pings.cooldown]
        let last = try turn.store.first(
            "SELECT MAX(at) FROM pings_mentions WHERE guild = \(ping.guild) AND member = \(member) AND at > \(since)"
        ) { $0.optionalInt(0) }
        return last.flatMap(\.self) == nil ? nil : "was mentioned less than \(turn[Pings.cooldown].spelled) ago"
    }
}
