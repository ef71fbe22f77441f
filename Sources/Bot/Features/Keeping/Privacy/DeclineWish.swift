internal import Kit
internal import Shared

extension Privacy {
    static let decline = wish(
        "privacy.decline", "Says that you do not want to be mentioned, written to or counted here", also: ["optout"],
        back: "privacy.allow",
        declines: true)
    static let allow = wish(
        "privacy.allow", "Takes back what you declined", also: ["optin"], back: "privacy.decline", declines: false)

    private static func wish(
        _ name: String, _ summary: String, also: [String], back: String, declines: Bool
    ) -> Command {
        Command(
            name, summary, also: also, isPrivate: true, isForMembers: true, changes: true, returns: wishesShape,
            example: "what: pings",
            .oneOf(
                "what", "pings (being mentioned), messages (private ones), counting (your activity) or showing (it to others)",
                default: Wish.pings)
        ) { turn, wish in
            let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
            let changed =
                declines
                ? try turn.store.run(
                    """
                    INSERT INTO privacy_wishes (guild, member, wish, at)
                    VALUES (\(guild), \(member), \(wish.rawValue), \(turn.now)) ON CONFLICT DO NOTHING
                    """)
                : try turn.store.run(
                    "DELETE FROM privacy_wishes WHERE guild = \(guild) AND member = \(member) AND wish = \(wish.rawValue)")
            if changed > 0 {
                turn.change("wish of member \(member): \(wish.rawValue)", from: .bool(declines), to: .bool(!declines))
                turn.house.settingsChanged()
            }
            return .done(
                PrivacyText.wished(wish, declines), data: try row(of: member, turn),
                undo: changed > 0 ? Invocation(command: back, arguments: ["what": .string(wish.rawValue)]) : nil)
        }
    }

    static let wishes = Command(
        "privacy.wishes", "What you want and do not want from me in this server", isPrivate: true, isForMembers: true,
        changes: false, returns: wishesShape
    ) { turn in
        let row = try row(of: try turn.requireMember(), turn)
        return .done(PrivacyText.wishes(row), data: row)
    }

    private static let wishesShape = Shape.record([
        "pings": .flag, "messages": .flag, "counting": .flag, "showing": .flag,
    ])

    /// True is what is wanted.
    private static func row(of member: ID<Member>, _ turn: Turn) throws -> JSON {
        .object(JSON.Object(try Wish.allCases.map { (key: $0.rawValue, value: .bool(!(try turn.declines(member, $0)))) }))
    }
}
