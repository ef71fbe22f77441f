internal import Kit
internal import Shared

extension HouseFeature {
    static let setSetting = Command(
        "house.set", "Sets a value for a server, a channel, a role or the whole house", access: .manageGuild, scope: .either,
        changes: true,
        returns: .record(["name": .text, "value": .anything, "before": .anything, "scope": .text, "version": .whole]),
        example: "activity.reply 3",
        .lookup("name", "Which setting", settingNames), newValue, .optional(scopeWords), .optional(targetWord)
    ) { turn, name, given, scope, target in
        let setting = try knownSetting(name, turn)
        let place = try SettingPlace(scope, target, reach: setting.reach, turn)
        let seen = try SettingRows.nearest(setting.name, at: place, in: turn.store)
        try turn.require(version: seen?.version ?? 0)
        let value = try checked(given, setting, turn)
        try checkIsHere(value, setting, turn)
        if setting.name == HouseSettings.cooldowns.name { try checkCommands(value, turn) }
        let own = try SettingRows.own(setting.name, at: place, in: turn.store)
        let before = seen?.value ?? setting.standard
        let version =
            if let own, own.value == value {
                own.version
            } else {
                try SettingRows.write(setting.name, value, at: place, turn)
            }
        if own?.value != value { turn.change(HouseText.subject(setting.name, place), from: before, to: value) }
        return .done(
            HouseText.wasSet(setting, place, from: before, to: value),
            data: .fields([
                "name": .string(setting.name), "value": value, "before": before, "scope": .string(place.scope.rawValue),
                "version": .int(version),
            ]), undo: restoring(own, setting.name, at: place))
    }

    static let unsetSetting = Command(
        "house.unset", "Takes a value back, so that the inherited one counts again", access: .manageGuild, scope: .either,
        changes: true,
        returns: .record(["name": .text, "value": .anything, "before": .anything, "scope": .text, "version": .whole]),
        example: "activity.reply",
        .lookup("name", "Which setting", settingNames), .optional(scopeWords), .optional(targetWord)
    ) { turn, name, scope, target in
        let setting = try knownSetting(name, turn)
        let place = try SettingPlace(scope, target, reach: setting.reach, turn)
        let seen = try SettingRows.nearest(setting.name, at: place, in: turn.store)
        try turn.require(version: seen?.version ?? 0)
        let own = try SettingRows.own(setting.name, at: place, in: turn.store)
        if own != nil { try SettingRows.remove(setting.name, at: place, turn) }
        let inherited = try SettingRows.nearest(setting.name, at: place, in: turn.store)
        let before = seen?.value ?? setting.standard
        let value = inherited?.value ?? setting.standard
        if own != nil { turn.change(HouseText.subject(setting.name, place), from: before, to: value) }
        return .done(
            HouseText.wasUnset(setting, place, wasSet: own != nil, value),
            data: .fields([
                "name": .string(setting.name), "value": value, "before": before, "scope": .string(place.scope.rawValue),
                "version": .int(inherited?.version ?? 0),
            ]), undo: own.map { restoring($0, setting.name, at: place) })
    }

    /// The command that puts back what was there before.
    private static func restoring(_ own: SettingRows.Found?, _ name: String, at place: SettingPlace) -> Invocation {
        let which: [(key: String, value: JSON)] = [("name", .string(name))]
        guard let own else {
            return Invocation(command: "house.unset", arguments: .object(JSON.Object(which + place.arguments)))
        }
        return Invocation(
            command: "house.set", arguments: .object(JSON.Object(which + [("value", own.value)] + place.arguments)))
    }

    /// An id of another server's channel names nothing here. The channels of a server that nobody has seen yet are not known.
    private static func checkIsHere(_ value: JSON, _ setting: AnySetting, _ turn: Turn) throws(Refusal) {
        guard case .channel = setting.outline.kind, let guild = turn.guild, let channel = value.id(Channel.self) else { return }
        let channels = turn.house.directory.channels(in: guild)
        guard channels.isEmpty || channels.contains(where: { $0.id == channel }) else {
            throw Refusal(
                .notFound, "There is no channel \(channel) in this server.", hint: "A mention, an id or the exact name works.",
                field: "value")
        }
    }

    private static func checkCommands(_ value: JSON, _ turn: Turn) throws(Refusal) {
        let catalogue = turn.house.catalogue
        for name in (Cooldowns(value.text ?? "")?.times.keys.sorted() ?? []) where catalogue.command(name)?.name != name {
            throw Refusal(
                .notFound, "There is no command \"\(name.prefix(60))\".",
                hint: catalogue.nearestCommand(to: name).map { "Did you mean \(catalogue.command($0)?.name ?? $0)?" },
                field: "value")
        }
    }

    private static func checked(_ given: Raw, _ setting: AnySetting, _ turn: Turn) throws(Refusal) -> JSON {
        do { return try setting.check(given, turn.reading()) } catch {
            var refusal = error
            refusal.field = "value"
            throw refusal
        }
    }
}
