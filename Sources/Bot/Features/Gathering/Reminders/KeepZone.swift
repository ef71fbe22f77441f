internal import Kit
internal import Shared

extension Reminders {
    static let keepZone = Command(
        "reminders.zone", "Tells me in which time zone you are, for the times that you write", isPrivate: true,
        isForMembers: true, changes: true, returns: .record(["zone": .text]), example: "zone: Europe/Brussels",
        .optional(.ownZone("zone", "Your time zone, such as Europe/Brussels, or server for the server's"))
    ) { turn, name in
        let (guild, member) = (try turn.requireGuild(), try turn.requireMember())
        let old = try ownZone(of: member, turn)
        guard let name, name != old ?? "" else {
            return .done(ReminderText.zone(old, turn), data: ["zone": .string(old ?? turn.zone.name)])
        }
        if name.isEmpty {
            try turn.store.run("DELETE FROM reminders_zones WHERE guild = \(guild) AND member = \(member)")
        } else {
            try turn.store.run(
                """
                INSERT INTO reminders_zones (guild, member, zone) VALUES (\(guild), \(member), \(name))
                ON CONFLICT (guild, member) DO UPDATE SET zone = excluded.zone
                """)
        }
        turn.change("time zone of \(member)", from: .string(old ?? "server"), to: .string(name.isEmpty ? "server" : name))
        return .done(
            ReminderText.zone(name.isEmpty ? nil : name, turn),
            data: ["zone": .string(name.isEmpty ? turn.zone.name : name)],
            undo: Invocation(command: "reminders.zone", arguments: ["zone": .string(old ?? "server")]))
    }

    /// Nil when they have not said.
    static func ownZone(of member: ID<Member>, _ turn: Turn) throws -> String? {
        let guild = try turn.requireGuild()
        return try turn.store.first("SELECT zone FROM reminders_zones WHERE guild = \(guild) AND member = \(member)") {
            $0.text(0)
        }
    }
}

extension Parameter where Value == String {
    /// A zone, or the word "server", which is read as no zone.
    fileprivate static func ownZone(_ name: String, _ summary: String) -> Parameter {
        let inner = Parameter<String>.zone(name, summary)
        return Parameter(inner.outline) { raw, context throws(Refusal) in
            raw.text.map { trimmed($0).lowercased() } == "server" ? "" : try inner.parse(raw, context)
        }
    }
}
