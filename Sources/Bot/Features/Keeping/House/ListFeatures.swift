internal import Kit
internal import Shared

extension HouseFeature {
    static let features = Command(
        "house.features", "The features: which are on here, and why", scope: .either, changes: false,
        returns: .record([
            "rows": .list(
                .record([
                    "feature": .text, "summary": .text, "version": .text, "on": .flag, "origin": .text,
                    "needs": .list(.text), "commands": .whole,
                ]))
        ])
    ) { turn in
        let rows = try featureRows(turn)
        return .done(HouseText.features(rows), data: ["rows": .array(rows)])
    }

    /// Every feature, and where it is on: the grid of the house.
    static let featuresPanel = Panel(
        "house.features", "Features", "What is on in this server, and where else", access: .moderate,
        tables: ["house_settings"],
        columns: [
            .init("feature", "Feature", .text), .init("state", "Here", .state), .init("origin", "Said by", .text),
            .init("commands", "Commands", .number), .init("needed", "Needs", .text), .init("version", "Version", .text),
            .init("summary", "What it does", .text),
        ],
        chart: .init("grid", x: "feature", y: "places"),
        actions: [
            .init("house.enable", "Switch on", ["feature": "feature"]),
            .init("house.disable", "Switch off", ["feature": "feature"]),
        ]
    ) { turn in
        let guilds = turn.house.directory.guilds()
        return try zip(turn.house.catalogue.features, featureRows(turn)).map { feature, row in
            let places = guilds.map { (key: $0.name, value: JSON.string(turn.house.isOn(feature, $0.id) ? "on" : "off")) }
            let needs = row["needs"]?.array?.compactMap(\.text).joined(separator: ", ") ?? ""
            return Panel.Line(
                feature.name,
                row.joined(with: [
                    "state": row["on"] == true ? "on" : "off", "needed": .string(needs), "places": .object(JSON.Object(places)),
                ]))
        }
    }

    private static func featureRows(_ turn: Turn) throws -> [JSON] {
        let place = turn.guild.map { SettingPlace(scope: .guild, target: $0.number, guild: $0) } ?? .house
        return try turn.house.catalogue.features.map { feature -> JSON in
            let found = try SettingRows.nearest(switchName(feature), at: place, in: turn.store)
            return .fields([
                "feature": .string(feature.name), "summary": .string(feature.summary), "version": .string(feature.version),
                "on": .bool(turn.house.isOn(feature, turn.guild)),
                "origin": .string(found?.place.scope.rawValue ?? "default"),
                "needs": .array(feature.needs.map(JSON.string)), "commands": .int(Int64(feature.commands.count)),
            ])
        }
    }

    /// How a feature's switch is called among the settings.
    static func switchName(_ feature: Feature) -> String { "feature.\(feature.name)" }
}
