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
        let place = turn.guild.map { SettingPlace(scope: .guild, target: $0.number, guild: $0) } ?? .house
        let rows = try turn.house.catalogue.features.map { feature -> JSON in
            let found = try SettingRows.nearest(switchName(feature), at: place, in: turn.store)
            return .fields([
                "feature": .string(feature.name), "summary": .string(feature.summary), "version": .string(feature.version),
                "on": .bool(turn.house.isOn(feature, turn.guild)),
                "origin": .string(found?.place.scope.rawValue ?? "default"),
                "needs": .array(feature.needs.map(JSON.string)), "commands": .int(Int64(feature.commands.count)),
            ])
        }
        return .done(HouseText.features(rows), data: ["rows": .array(rows)])
    }

    /// How a feature's switch is called among the settings.
    static func switchName(_ feature: Feature) -> String { "feature.\(feature.name)" }
}
