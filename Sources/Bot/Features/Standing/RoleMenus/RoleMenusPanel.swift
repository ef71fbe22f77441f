internal import Kit
internal import Shared

extension RoleMenus {
    static let panel = Panel(
        "rolemenus.list", "Role menus", "With which messages members give themselves roles, and what stands in their way",
        tables: ["rolemenus_menus", "rolemenus_choices", "house_roles", "house_channels"],
        columns: [
            .init("id", "#", .number), .init("title", "Menu", .text), .init("where", "Channel", .text),
            .init("style", "Style", .text), .init("names", "Roles", .text), .init("state", "State", .state),
            .init("trouble", "Trouble", .text),
        ],
        actions: [
            .init("rolemenus.show", "Show", ["id": "id"]), .init("rolemenus.preview", "Preview", ["id": "id"]),
            .init("rolemenus.edit", "Edit", ["id": "id"]), .init("rolemenus.role", "Add a role", ["id": "id"]),
            .init("rolemenus.drop", "Drop a role", ["id": "id"]), .init("rolemenus.post", "Post again", ["id": "id"]),
            .init("rolemenus.sync", "Read reactions", ["id": "id"]), .init("rolemenus.remove", "Remove", ["id": "id"]),
        ],
        empty: "No role menu yet. rolemenus add posts one."
    ) { turn in
        let guild = try turn.requireGuild()
        let rights = RoleRights(guild, turn)
        return try RoleMenuRows.all(of: guild, in: turn.store).map { menu in
            let place = turn.house.directory.name(of: menu.channel).map { "#" + $0 } ?? "gone"
            let names = menu.choices.map { rights.name(of: $0.role) ?? "gone" }.joined(separator: ", ")
            return Panel.Line(
                menu.key,
                row(of: menu, turn).joined(
                    with: .fields([
                        "where": .string(place), "names": .string(names),
                        "trouble": trouble(of: menu, rights, turn).map { .string($0) },
                    ])))
        }
    }

    static let holdersPanel = Panel(
        "rolemenus.holders", "Roles from menus", "Who gave themselves what, since when and until when", access: .moderate,
        tables: ["rolemenus_holdings"],
        columns: [
            .init("member", "Member", .member), .init("role_name", "Role", .text), .init("menu", "Menu", .number),
            .init("via", "By", .text), .init("since_ms", "Since", .time), .init("until_ms", "Until", .time),
        ],
        empty: "Nobody has chosen a role yet."
    ) { turn in
        try holderRows(nil, from: 0, limit: 500, turn).map { row in
            Panel.Line(
                "\(row["member"]?["id"]?.text ?? "").\(row["role"]?["id"]?.text ?? "")",
                row.joined(with: ["role_name": row["role"]?["name"] ?? ""]))
        }
    }
}
