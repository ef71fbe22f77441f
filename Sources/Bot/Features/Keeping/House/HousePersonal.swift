internal import Kit
internal import Shared

extension HouseFeature {
    /// What the house itself keeps about a member: their profiles as Discord tells us, the settings they set, the commands
    /// they used in the last hours, the accounts they linked themselves with, and answers kept for a repeated request that name them.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { turn, member in
        let store = turn.store
        let profiles = turn.house.directory.profiles(of: member).map { profile in
            JSON.fields([
                "guild": .id(profile.guild), "username": .string(profile.username),
                "global_name": profile.globalName.map(JSON.string), "nick": profile.nick.map(JSON.string),
                "roles": .array(profile.roles.map { .id($0) }), "joined_ms": profile.joined.map { .int($0.milliseconds) },
            ])
        }
        let settings = try store.all(
            """
            SELECT scope, target, name, value, changed FROM house_settings WHERE author = \(SettingRows.author(member: member))
            ORDER BY name, scope, target
            """
        ) { row in
            JSON.fields([
                "scope": .string(row.text(0)), "target": .string(String(row.int(1))), "name": .string(row.text(2)),
                "value": row.json(3), "changed_ms": .int(row.int(4)),
            ])
        }
        let uses = try store.all("SELECT command, at FROM house_uses WHERE member = \(member) ORDER BY at") { row in
            JSON.fields(["command": .string(row.text(0)), "at_ms": .int(row.int(1))])
        }
        let answers = try store.all(
            "SELECT reply, at FROM house_replies WHERE reply LIKE \(mention(of: member)) ORDER BY at"
        ) { JSON.fields(["reply": $0.json(0), "at_ms": .int($0.int(1))]) }
        let oldNames = try store.all("SELECT name FROM house_hints WHERE member = \(member) ORDER BY name") {
            JSON.string($0.text(0))
        }
        let erasures = try store.all("SELECT receipt, guild, at FROM house_erasures WHERE member = \(member) ORDER BY at") {
            JSON.fields(["receipt": .string($0.text(0)), "guild": .string($0.text(1)), "at_ms": .int($0.int(2))])
        }
        let links = try store.all("SELECT name, alias, at FROM house_links WHERE member = \(member) ORDER BY at") { row in
            JSON.fields(["account": .string(row.text(0)), "name": .string(row.text(1)), "at_ms": .int(row.int(2))])
        }
        return [
            "profiles": .array(profiles), "settings": .array(settings), "uses": .array(uses), "answers": .array(answers),
            "erasures": .array(erasures), "old_names": .array(oldNames), "links": .array(links),
        ]
    }

    /// What was said before a member was forgotten is not counted when it is fetched back.
    static let forgotten = CourtesyReading(spans: { turn, wish, only in
        guard wish == .counting else { return [] }
        let guild = try turn.requireGuild()
        let which: SQL = only.map { "AND member = \($0)" } ?? ""
        return try turn.store.all("SELECT member, at FROM house_erasures WHERE guild = \(guild) \(which)") {
            Peace(target: $0.int(0), from: Instant(milliseconds: 0), until: $0.instant(1))
        }
    })

    /// The profile goes when Discord says that the member has left: until then it decides what they may do.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        var gone = try turn.store.run("DELETE FROM house_uses WHERE member = \(member)")
        gone += try turn.store.run("DELETE FROM house_hints WHERE member = \(member)")
        gone += try turn.store.run("DELETE FROM house_replies WHERE reply LIKE \(mention(of: member))")
        gone += try turn.store.run("DELETE FROM house_links WHERE member = \(member)")
        gone += try turn.store.run(
            "UPDATE house_settings SET author = 'somebody' WHERE author = \(SettingRows.author(member: member))")
        return gone
    }

    /// Ids are texts in answers, so they stand in quotes.
    private static func mention(of member: ID<Member>) -> String { "%\"\(member)\"%" }
}
