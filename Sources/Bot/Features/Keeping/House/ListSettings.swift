internal import Kit
internal import Shared

extension HouseFeature {
    static let settings = Command(
        "house.settings", "What can be set, what it is set to, and where that comes from", access: .manageGuild,
        scope: .either, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "name": .text, "feature": .text, "summary": .text, "value": .anything, "standard": .anything,
                    "origin": .text, "version": .whole, "reach": .text,
                    "nearer": .list(.record(["scope": .text, "target": .id, "value": .anything, "version": .whole])),
                ]))
        ]), example: "activity",
        .optional(.text("name", "A feature, a setting, or a part of its name", longest: 100))
    ) { turn, word in
        let settings = try matching(word, turn)
        let place = turn.guild.map { SettingPlace(scope: .guild, target: $0.number, guild: $0) } ?? .house
        let rows = try settings.map { try row(of: $0, at: place, turn) }
        return .done(HouseText.settings(settings, rows), data: ["rows": .array(rows)])
    }

    static let settingsPanel = Panel(
        "house.settings", "Settings", "What can be set here, what it is set to, and where that comes from",
        access: .manageGuild, tables: ["house_settings"],
        columns: [
            .init("name", "Setting", .text), .init("shown", "Value", .text), .init("origin", "Said by", .text),
            .init("usual", "Usual", .text), .init("reach", "Down to", .text), .init("summary", "What it does", .text),
        ],
        actions: [
            .init("house.set", "Set", ["name": "name", "value": "shown"]), .init("house.unset", "Take back", ["name": "name"]),
        ]
    ) { turn in
        let place = turn.guild.map { SettingPlace(scope: .guild, target: $0.number, guild: $0) } ?? .house
        return try turn.house.catalogue.settings.map { setting in
            let row = try row(of: setting, at: place, turn)
            let shown: JSON = [
                "shown": .string(Difference.spelled(row["value"] ?? .null)),
                "usual": .string(Difference.spelled(row["standard"] ?? .null)),
            ]
            return Panel.Line(setting.name, row.joined(with: shown))
        }
    }

    private static func matching(_ word: String?, _ turn: Turn) throws -> [AnySetting] {
        let all = turn.house.catalogue.settings
        guard let wanted = word?.lowercased() else { return all }
        let exact = all.filter { $0.name == wanted || feature(of: $0) == wanted }
        let found = exact.isEmpty ? all.filter { $0.name.contains(wanted) } : exact
        return found.isEmpty ? [try knownSetting(wanted, turn)] : found
    }

    private static func feature(of setting: AnySetting) -> String { String(setting.name.prefix { $0 != "." }) }

    private static func row(of setting: AnySetting, at place: SettingPlace, _ turn: Turn) throws -> JSON {
        let found = try SettingRows.nearest(setting.name, at: place, in: turn.store)
        // Where nobody has set it, the environment may have.
        let given = found == nil ? turn.house.stored(setting.name, guild: turn.guild, channel: nil, roles: []) : nil
        return .fields([
            "name": .string(setting.name), "feature": .string(feature(of: setting)),
            "summary": .string(setting.outline.summary), "value": found?.value ?? given ?? setting.standard,
            "standard": setting.standard,
            "origin": .string(found?.place.scope.rawValue ?? (given == nil ? "default" : "environment")),
            "version": .int(found?.version ?? 0), "reach": .string(setting.reach),
            "nearer": .array(try nearer(setting, turn)),
        ])
    }

    /// The channels and roles of this server that have a value of their own.
    private static func nearer(_ setting: AnySetting, _ turn: Turn) throws -> [JSON] {
        guard let guild = turn.guild, setting.reach != "guild" else { return [] }
        let directory = turn.house.directory
        let here =
            setting.reach == "channel"
            ? directory.channels(in: guild).map(\.id.number) : directory.roles(in: guild).map(\.id.number)
        let set = Set(here)
        return try turn.store.all(
            """
            SELECT target, value, version FROM house_settings WHERE name = \(setting.name) AND scope = \(setting.reach)
            ORDER BY target
            """
        ) { ($0.int(0), $0.json(1), $0.int(2)) }.filter { set.contains($0.0) }.map { target, value, version in
            .fields([
                "scope": .string(setting.reach), "target": .string(String(target)), "value": value, "version": .int(version),
            ])
        }
    }
}
