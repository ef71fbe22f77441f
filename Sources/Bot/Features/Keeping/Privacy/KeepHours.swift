internal import Kit
internal import Shared

extension Privacy {
    /// PRV-01: quiet hours of one's own, beside those of the server.
    static let hours = Command(
        "privacy.hours", "When you want no private messages from me, on the server's clocks", isPrivate: true,
        isForMembers: true, changes: true, returns: .record(["hours": .text]), example: "hours: 22:00-08:00",
        .quietHours("hours", "Such as 22:00-08:00, or none")
    ) { turn, hours in
        let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
        let before = try ownHours(of: member, in: guild, turn.store)?.text ?? "none"
        if hours == "none" {
            try turn.store.run("DELETE FROM privacy_hours WHERE guild = \(guild) AND member = \(member)")
        } else {
            try turn.store.run(
                """
                INSERT INTO privacy_hours (guild, member, hours) VALUES (\(guild), \(member), \(hours))
                ON CONFLICT (guild, member) DO UPDATE SET hours = excluded.hours
                """)
        }
        if before != hours { turn.change("quiet hours of member \(member)", from: .string(before), to: .string(hours)) }
        return .done(
            PrivacyText.hours(hours), data: ["hours": .string(hours)],
            undo: Invocation(command: "privacy.hours", arguments: ["hours": .string(before)]))
    }

    static func ownHours(of member: ID<Member>, in guild: ID<Guild>, _ store: any Connection) throws -> QuietHours? {
        try store.first("SELECT hours FROM privacy_hours WHERE guild = \(guild) AND member = \(member)") {
            QuietHours($0.text(0))
        } ?? nil
    }
}
