internal import Kit
internal import Shared

extension Reminders {
    static let keeps = [
        Kept("your reminders, and your time zone where you have said it", for: .always),
        Kept("your reminders that are over", for: .setting("reminders.keep")),
        Kept("which reminders of channels you set up", for: .always),
    ]

    /// What is over goes after a while, and so does what is known of when it came.
    static let sweep = Routine("reminders.sweep", every: 1.days) { turn in
        for guild in turn.house.directory.guilds().map(\.id) {
            let old = turn.now - turn.inside(guild)[retention]
            try turn.store.run(
                "DELETE FROM reminders_reminders WHERE guild = \(guild) AND state IN ('over', 'removed') AND changed < \(old)")
        }
        try turn.store.run("DELETE FROM reminders_fires WHERE at < \(turn.now - 90.days)")
        try turn.store.run("DELETE FROM reminders_announcements WHERE at < \(turn.now - 400.days)")
    }

    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let zones = try turn.store.all(
            "SELECT guild, zone FROM reminders_zones WHERE member = \(member) \(place) ORDER BY guild"
        ) {
            JSON.fields(["guild": .string($0.text(0)), "zone": .string($0.text(1))])
        }
        return [
            "reminders": .array(
                try ReminderRows.all(where: "owner = \(member) \(place) ORDER BY id", in: turn.store).map { one in
                    one.settings.joined(with: [
                        "guild": .string(one.guild.description), "way": .string(one.way.rawValue),
                        "state": .string(one.state.rawValue),
                    ])
                }),
            "zones": .array(zones),
        ]
    }

    /// Those of channels are the server's: they stay, and nobody's name is on them.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let place: SQL = turn.guild.map { "AND guild = \($0)" } ?? ""
        let own = try ReminderRows.all(where: "owner = \(member) AND way <> 'channel' \(place)", in: turn.store)
        var gone = 0
        for one in own {
            turn.cancel(fire, key: one.key)
            try turn.store.run("DELETE FROM reminders_fires WHERE reminder = \(one.id)")
            gone += try turn.store.run("DELETE FROM reminders_reminders WHERE id = \(one.id)")
        }
        gone += try turn.store.run("UPDATE reminders_reminders SET owner = NULL WHERE owner = \(member) \(place)")
        gone += try turn.store.run("DELETE FROM reminders_zones WHERE member = \(member) \(place)")
        return gone
    }
}
