internal import Kit
internal import Shared

/// A text that is being applied in slices. Each slice compares anew, so that one which was cut short by whatever is simply done
/// again, and none is done twice.
struct Work {
    var begun: Instant
    var wanted: GuildState
    /// What whoever asked for it was found to have the rights for.
    var commands: Set<String>
    var steps: Int

    static func standing(in guild: ID<Guild>, _ store: any Connection) throws -> Work? {
        try store.first("SELECT begun, wanted, commands, steps FROM guild_works WHERE guild = \(guild)") { row in
            Work(
                begun: row.instant(0), wanted: GuildState(row.json(1)),
                commands: Set((row.json(2).array ?? []).compactMap(\.text)), steps: Int(row.int(3)))
        }
    }

    /// The plan's aim is written down, and slices begin.
    static func begin(_ plan: GuildPlan, _ names: [String], _ turn: Turn) throws {
        let guild = try turn.requireGuild()
        let wanted = plan.aim(from: try GuildState(turn))
        let commands = JSON.array(Set(names).sorted().map { .string($0) })
        try turn.store.run(
            """
            INSERT INTO guild_works (guild, begun, wanted, commands, steps)
            VALUES (\(guild), \(turn.now), \(wanted.json), \(commands), \(plan.differences.count))
            """)
        try turn.start(GuildFeature.applying, key: guild.description, guild)
    }

    static func end(in guild: ID<Guild>, _ store: any Connection) throws {
        try store.run("DELETE FROM guild_works WHERE guild = \(guild)")
    }
}

extension GuildFeature {
    static let applying: LongJob<ID<Guild>> = LongJob("guild.applying", "Has a server set up as a text says") { turn, guild in
        guard let work = try Work.standing(in: guild, turn.store) else { return .finished("nothing is left to do") }
        let left = GuildPlan(from: try GuildState(turn), to: work.wanted, turn).differences.filter { one in
            (try? one.steps(turn).invocations.isEmpty) != true
        }
        guard !left.isEmpty else { return try finish("all \(work.steps) changes are made", guild, turn) }
        for one in left.prefix(mostAtOnce / 2) {
            do {
                let steps = try one.steps(turn).invocations
                guard steps.allSatisfy({ work.commands.contains($0.command) }) else {
                    return try finish("somebody changed something meanwhile; plan it again", guild, turn)
                }
                try carryOut(one, turn)
            } catch let refusal as Refusal {
                return try finish("stopped at \(refusal.sentence)", guild, turn)
            }
        }
        return .more(guild, done: max(0, work.steps - left.count), of: work.steps)
    }

    private static func finish(_ outcome: String, _ guild: ID<Guild>, _ turn: Turn) throws -> LongJob<ID<Guild>>.Slice {
        try Work.end(in: guild, turn.store)
        try StateRows.keep("guild.apply", turn, in: guild)
        return .finished(outcome)
    }
}
