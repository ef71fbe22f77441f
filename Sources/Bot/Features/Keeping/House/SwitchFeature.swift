internal import Kit
internal import Shared

extension HouseFeature {
    static let enable = switching(
        on: true, "house.enable", "Switches a feature on, for this server or the whole house", example: "activity")
    static let disable = switching(
        on: false, "house.disable", "Switches a feature off, for this server or the whole house", example: "activity")

    /// A feature is switched where it is not needed to switch it back.
    private static let alwaysOn: Set<String> = ["house", "audit"]

    enum SwitchScope: String, CaseIterable, Sendable { case guild, house }

    private static let featureNames = Lookup("features") { turn, text in
        turn.house.catalogue.features.map(\.name).filter { $0.hasPrefix(text.lowercased()) }.prefix(25).map { Choice($0, $0) }
    }

    private static func switching(on: Bool, _ name: String, _ summary: String, example: String) -> Command {
        Command(
            name, summary, access: .manageGuild, scope: .either, changes: true,
            returns: .record(["feature": .text, "on": .flag, "scope": .text, "version": .whole]), example: example,
            .lookup("feature", "Which feature", featureNames),
            .optional(Parameter<SwitchScope>.oneOf("scope", "Where it counts: this server when left out"))
        ) { turn, word, scope in
            let feature = try knownFeature(word, turn)
            let wide = SettingPlace.Scope(rawValue: scope?.rawValue ?? "")
            let place = try SettingPlace(wide, nil, reach: "guild", turn)
            return try turnSwitch(feature, on: on, at: place, turn)
        }
    }

    private static func turnSwitch(_ feature: Feature, on: Bool, at place: SettingPlace, _ turn: Turn) throws -> Reply {
        let name = switchName(feature)
        let seen = try SettingRows.nearest(name, at: place, in: turn.store)
        try turn.require(version: seen?.version ?? 0)
        let own = try SettingRows.own(name, at: place, in: turn.store)
        let was = turn.house.isOn(feature, place.guild)
        try checkNeeds(feature, on: on, place, turn)
        var version = own?.version ?? 0
        if own?.value != .bool(on) {
            version = try SettingRows.write(name, .bool(on), at: place, turn)
            turn.change(HouseText.subject(name, place), from: .bool(was), to: .bool(on))
        }
        guard turn.house.isOn(feature, place.guild) == on else {
            throw Refusal.unavailable(
                "\(feature.name) is switched off by the configuration of the bot.",
                hint: "Take it out of the features that are off there and start the bot again.")
        }
        return .done(
            HouseText.switched(feature, on: on, place),
            data: .fields([
                "feature": .string(feature.name), "on": .bool(on), "scope": .string(place.scope.rawValue),
                "version": .int(version),
            ]),
            undo: Invocation(
                command: was ? "house.enable" : "house.disable",
                arguments: ["feature": .string(feature.name), "scope": .string(place.scope.rawValue)]))
    }

    /// What a feature needs must be on, and stays on as long as it is needed.
    private static func checkNeeds(_ feature: Feature, on: Bool, _ place: SettingPlace, _ turn: Turn) throws(Refusal) {
        let catalogue = turn.house.catalogue
        if on {
            for need in feature.needs {
                guard let needed = catalogue.feature(need), !turn.house.isOn(needed, place.guild) else { continue }
                throw .conflict("\(feature.name) needs \(need), which is off here.", hint: "First: house enable \(need)")
            }
            return
        }
        guard !alwaysOn.contains(feature.name) else {
            throw .conflict("\(feature.name) stays on: without it nobody could switch anything on again.")
        }
        let leaning = catalogue.features.filter { $0.needs.contains(feature.name) && turn.house.isOn($0, place.guild) }
        if let first = leaning.first {
            throw .conflict(
                "\(leaning.map(\.name).joined(separator: ", ")) needs \(feature.name).",
                hint: "First: house disable \(first.name)")
        }
    }

    static func knownFeature(_ name: String, _ turn: Turn) throws(Refusal) -> Feature {
        if let feature = turn.house.catalogue.feature(name.lowercased()) { return feature }
        let near = nearest(to: name, among: turn.house.catalogue.features.map(\.name))
        throw Refusal(
            .notFound, "There is no feature \"\(name.prefix(60))\".",
            hint: near.map { "Did you mean \($0)?" } ?? "See them all with house features.", field: "feature")
    }
}
