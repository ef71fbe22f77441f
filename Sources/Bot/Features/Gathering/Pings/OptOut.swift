internal import Kit
internal import Shared

extension Pings {
    /// PNG-04 and PRV-01: nobody has to be mentioned who does not want it.
    static let optOut = wish("pings.optout", "No ping of this server mentions you any more", mentions: false)
    static let optIn = wish("pings.optin", "Pings of this server may mention you again", mentions: true)

    private static func wish(_ name: String, _ summary: String, mentions: Bool) -> Command {
        Command(
            name, summary, isPrivate: true, isForMembers: true, changes: true, returns: .record(["mentioned": .flag])
        ) { turn in
            let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
            let changed =
                mentions
                ? try turn.store.run("DELETE FROM pings_optouts WHERE guild = \(guild) AND member = \(member)")
                : try turn.store.run(
                    """
                    INSERT INTO pings_optouts (guild, member, at) VALUES (\(guild), \(member), \(turn.now))
                    ON CONFLICT DO NOTHING
                    """)
            if changed > 0 { turn.change("pings of member \(member)", from: .bool(!mentions), to: .bool(mentions)) }
            return .done(
                PingText.wished(mentions), data: ["mentioned": .bool(mentions)],
                undo: Invocation(command: mentions ? "pings.optout" : "pings.optin", arguments: [:]))
        }
    }

    static func hasOptedOut(_ member: ID<Member>, in guild: ID<Guild>, _ turn: Turn) throws -> Bool {
        try turn.store.first("SELECT 1 FROM pings_optouts WHERE guild = \(guild) AND member = \(member)") { $0.int(0) } != nil
    }
}
