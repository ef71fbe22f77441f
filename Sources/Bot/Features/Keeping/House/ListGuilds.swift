internal import Kit
internal import Shared

extension HouseFeature {
    static let guilds = Command(
        "house.guilds", "The servers that the bot is in", also: ["servers"], scope: .house, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "guild": .id, "name": .text, "members": .whole, "messages_today": .whole, "points_today": .decimal,
                    "state": .text,
                    "joined_ms": .instant,
                ]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = try guildRows(turn)
        return .done(HouseText.guilds(rows), data: ["rows": .array(rows)])
    }

    static let guildsPanel = Panel(
        "house.guilds", "Servers", "The servers that the bot is in", scope: .house, tables: ["house_guilds"],
        columns: [
            .init("name", "Server", .text), .init("members", "Members", .number),
            .init("messages_today", "Today", .number), .init("points_today", "Points", .points),
            .init("state", "State", .state),
            .init("guild", "Id", .id),
        ], refresh: 5.seconds
    ) { turn in lines(try guildRows(turn), by: "guild") }

    private static func guildRows(_ turn: Turn) throws -> [JSON] {
        let activity = turn.house.catalogue.reading(ActivityReading.self)
        return try rows(
            "SELECT guild, name, members, state, joined FROM house_guilds WHERE state <> 'left' ORDER BY name, guild", turn
        ) { row in
            let today = try row.id(0, Guild.self).flatMap { try activity?.today(turn, $0) }
            return .fields([
                "guild": row.id(0, Guild.self).map { .id($0) }, "name": .string(row.text(1)), "members": .int(row.int(2)),
                "messages_today": today.map { .int($0.messages) },
                "points_today": today.map { .double(Double($0.points) / 1000) },
                "state": .string(row.text(3) == "here" ? "ok" : "warn"), "joined_ms": row.optionalInt(4).map(JSON.int),
            ])
        }
    }
}
