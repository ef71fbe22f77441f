internal import Kit
internal import Shared

/// Which guilds' member lists are asked for: one at a time on each shard, since the answer to one may be a hundred frames
/// long. That a list is wanted is a row until the whole of it has come.
struct MemberRolls {
    struct Call {
        var guild: ID<Guild>
        var askedNanoseconds: Int64
        /// Who has been named so far, and in which parts of the list.
        var named: Set<Int64> = []
        var parts: Set<Int> = []
    }

    /// Discord takes one such question for a guild in thirty seconds; what has not been answered by then is asked again.
    private static let patience: Int64 = 60_000_000_000

    var calls: [Int: Call] = [:]
    /// Whether a look at the rows may find something to ask.
    var hasRows = false

    mutating func forget() {
        calls = [:]
        hasRows = true
    }

    /// Gives up waiting for those that were asked long ago; answers whether somebody may be asked on this shard.
    mutating func isFree(_ shard: Int, at now: Int64) -> Bool {
        guard let call = calls[shard] else { return true }
        guard now - call.askedNanoseconds > Self.patience else { return false }
        calls[shard] = nil
        return true
    }

    /// Everybody who was named, once all parts of the list have come.
    mutating func name(_ members: MemberList, _ part: ListPart, on shard: Int) -> Set<Int64>? {
        for member in members { calls[shard]?.named.insert(member.id.number) }
        calls[shard]?.parts.insert(part.index)
        guard let call = calls[shard], call.parts.count >= part.count else { return nil }
        return call.named
    }
}

extension Engine {
    /// Has the next lists asked for. Called whenever something was handled.
    func callRolls() {
        guard rolls.hasRows || !rolls.calls.isEmpty, houseVitals.degraded == nil else { return }
        let now = clocks.steadyNanoseconds()
        let wanted =
            (try? store.all("SELECT shard, MIN(guild) FROM house_rolls GROUP BY shard") {
                (shard: Int($0.int(0)), guild: $0.id(1, Guild.self))
            }) ?? []
        for case (let shard, let guild?) in wanted where rolls.isFree(shard, at: now) {
            rolls.calls[shard] = MemberRolls.Call(guild: guild, askedNanoseconds: now)
            courier.requestMembers(guild, shard: shard)
        }
        rolls.hasRows = false
    }

    /// A guild has come into view. After a gap nobody knows who has left it; and some features want to know everybody.
    func wantRoll(_ seen: GuildSeen, afterGap: Bool, on shard: Int) throws {
        let guild = seen.profile.id
        guard seen.memberCount > seen.members.count else { return }
        guard afterGap || catalogue.features.contains(where: { $0.wantsMembers && isOn($0, guild) }) else { return }
        try store.run("INSERT INTO house_rolls (guild, shard) VALUES (\(guild), \(shard)) ON CONFLICT DO NOTHING")
        rolls.hasRows = true
    }

    /// A feature wants to know everybody of a guild, who are not all known yet.
    func wantRoll(of guild: ID<Guild>) throws {
        let whole = try store.first("SELECT members FROM house_guilds WHERE guild = \(guild)") { Int($0.int(0)) } ?? 0
        var known = 0
        directory.each(in: guild) { _ in known += 1 }
        if whole > known { try callRoll(of: guild) }
    }

    /// Asks for the list of a guild's members, whoever is known.
    func callRoll(of guild: ID<Guild>) throws {
        let shards = try store.first("SELECT MAX(shards) FROM house_sessions") { $0.int(0) } ?? 1
        let shard = (guild.number >> 22) % max(1, shards)
        try store.run("INSERT INTO house_rolls (guild, shard) VALUES (\(guild), \(shard)) ON CONFLICT DO NOTHING")
        rolls.hasRows = true
    }

    /// Part of a list has come. When none is missing any more, whoever was not named has left.
    func hearRoll(
        _ members: MemberList, in guild: ID<Guild>, _ part: ListPart, on shard: Int, _ attempt: inout Attempt
    ) throws {
        guard rolls.calls[shard]?.guild == guild else { return }
        guard let named = rolls.name(members, part, on: shard) else { return }
        let rosters = Rosters(store: store)
        var gone: [ID<Member>] = []
        try rosters.each(in: guild) { if !named.contains($0.id.number) { gone.append($0.id) } }
        for member in gone { try rosters.remove(member, from: guild) }
        try store.run("DELETE FROM house_rolls WHERE guild = \(guild)")
        attempt.releases.append { [self] in
            rolls.calls[shard] = nil
            rolls.hasRows = true
        }
    }
}
