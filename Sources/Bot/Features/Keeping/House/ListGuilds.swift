internal import Kit
internal import Shared

extension HouseFeature {
    static let guilds = Command(
        "house.guilds", "The servers that the bot is in", also: ["servers"], scope: .house, changes: false,
        returns: .record([
            "rows": .list(
                .record(["guild": .id, "name": .text, "members": .whole, "state": .text, "joined_ms": .instant]))
        ])
    ) { turn in
        try keepersOnly(turn)
        let rows = try guildRows(turn)
        return .done(HouseText.guilds(rows), data: ["rows": .array(rows)])
    }

    static let guildsPanel = Panel(
        "house.guilds", "Servers", "The servers that the bot is in", scope: .house, tables: ["house_guilds"],
        columns: [
            .init("name", "Server", .text), .init("members", "Members", .number), .init("state", "State", .state),
            .init("guild", "Id", .id),
        ]
    ) { turn in lines(try guildRows(turn), by: "guild") }

    private static func guildRows(_ turn: Turn) throws -> [JSON] {
        try rows(
            "SELECT guild, name, members, state, joined FROM house_guilds WHERE state <> 'left' ORDER BY name, guild", turn
        ) { row in
            .fields([
                "guild": row.id(0, Guild.self).map { .id($0) }, "name": .string(row.text(1)), "members": .int(row.int(2)),
                "state": .string(row.text(3) == "here" ? "ok" : "warn"), "joined_ms": row.optionalInt(4).map(JSON.int),
            ])
        }
    }
}
