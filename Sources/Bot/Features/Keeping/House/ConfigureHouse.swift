internal import Kit
internal import Shared

extension HouseFeature {
    static let configured = [switches, settingsHere, settingsNearer(.channel, .channel), settingsNearer(.role, .role)]

    // MARK: - Features

    private static let onOff: Parameter<Bool> = .yesNo("value", "Whether it is on")

    private static let switches = Configured(
        "features", "Which features are on", .about(nil), .value, kind: { _, _, _ in .yesNo },
        read: { turn in
            turn.house.catalogue.features.map { .one($0.name, .bool(turn.house.isOn($0, turn.guild))) }
        },
        settle: { turn, record, _ in
            let feature = try knownFeature(record.name, turn)
            let isOn = try onOff.parse(.json(record[Configured.Record.value] ?? .null), turn.reading())
            return .one(feature.name, .bool(isOn))
        },
        make: { _, record in .leave(because: "There is no feature \(record.name).") },
        change: { _, _, new in
            .run(
                new[Configured.Record.value] == true ? "house.enable" : "house.disable",
                ["feature": .string(new.name), "scope": "guild"])
        },
        remove: { _, _ in .leave(because: "A feature is on or off: say which.") },
        order: { turn, record in
            // What others need is on before them and off after them.
            let place = turn.house.catalogue.features.firstIndex { $0.name == record.name } ?? 0
            return record[Configured.Record.value] == true ? place : -place
        })

    // MARK: - Settings

    private static let settingsHere = Configured(
        "settings", "What this server has set for itself; anything else is as the house has it", .about(nil), .value,
        kind: { turn, name, _ in turn.house.catalogue.setting(name)?.outline.kind },
        read: { turn in
            let guild = try turn.requireGuild()
            return try rows(.guild, of: guild.number, turn).map { .one($0.name, $0.value) }
        },
        settle: { turn, record, _ in
            let setting = try knownSetting(record.name, turn)
            return .one(
                setting.name, try checked(record[Configured.Record.value] ?? .null, setting, Configured.Record.value, turn))
        },
        make: { _, record in set(record.name, record[Configured.Record.value] ?? .null, []) },
        change: { _, _, new in set(new.name, new[Configured.Record.value] ?? .null, []) },
        remove: { _, record in unset(record.name, []) })

    /// The settings of channels or of roles: a record for each of them, with the settings as its values.
    private static func settingsNearer(_ scope: SettingPlace.Scope, _ reference: Outline.Kind) -> Configured {
        Configured(
            "\(scope.rawValue) settings", "What is set for single \(scope.rawValue)s", .about(reference), isWhole: true,
            kind: { turn, _, name in
                turn.house.catalogue.setting(name).flatMap { $0.reach == scope.rawValue ? $0.outline.kind : nil }
            },
            read: { turn in
                try targets(scope, turn).compactMap { target in
                    let found = try rows(scope, of: target, turn)
                    guard !found.isEmpty else { return nil }
                    return Configured.Record(String(target), .object(JSON.Object(found.map { ($0.name, $0.value) })))
                }
            },
            settle: { turn, record, _ in
                var settled = Configured.Record(record.name, .object(.init()))
                for (name, value) in record.values.members {
                    let setting = try knownSetting(name, turn)
                    guard setting.reach == scope.rawValue else {
                        throw Refusal.invalid("\(setting.name) cannot be set for a \(scope.rawValue).", field: name)
                    }
                    settled.values[setting.name] = try checked(value, setting, name, turn)
                }
                return settled
            },
            make: { _, record in steps(from: nil, to: record, scope) },
            change: { _, old, new in steps(from: old, to: new, scope) },
            remove: { _, record in steps(from: record, to: Configured.Record(record.name, .object(.init())), scope) })
    }

    /// A record is all that is set there: what it leaves out is taken back.
    private static func steps(
        from old: Configured.Record?, to new: Configured.Record, _ scope: SettingPlace.Scope
    ) -> Configured.Steps {
        let place: [(key: String, value: JSON)] = [("scope", .string(scope.rawValue)), ("target", .string(new.name))]
        var steps = Configured.Steps([])
        for (name, value) in new.values.members where old?[name] != value { steps = steps + set(name, value, place) }
        for name in old?.values.keys ?? [] where new[name] == nil { steps = steps + unset(name, place) }
        return steps
    }

    private static func set(_ name: String, _ value: JSON, _ place: [(key: String, value: JSON)]) -> Configured.Steps {
        .run("house.set", .object(JSON.Object([("name", .string(name)), ("value", value)] + place)))
    }

    private static func unset(_ name: String, _ place: [(key: String, value: JSON)]) -> Configured.Steps {
        .run("house.unset", .object(JSON.Object([("name", .string(name))] + place)))
    }

    private static func checked(_ value: JSON, _ setting: AnySetting, _ field: String, _ turn: Turn) throws -> JSON {
        do { return try setting.check(.json(value), turn.reading()) } catch {
            var refusal = error
            refusal.field = field
            throw refusal
        }
    }

    /// What somebody set there, of the settings that there are.
    private static func rows(
        _ scope: SettingPlace.Scope, of target: Int64, _ turn: Turn
    ) throws -> [(name: String, value: JSON)] {
        try turn.store.all(
            "SELECT name, value FROM house_settings WHERE scope = \(scope.rawValue) AND target = \(target) ORDER BY name"
        ) { (name: $0.text(0), value: $0.json(1)) }.filter { turn.house.catalogue.setting($0.name) != nil }
    }

    private static func targets(_ scope: SettingPlace.Scope, _ turn: Turn) throws -> [Int64] {
        let guild = try turn.requireGuild()
        let directory = turn.house.directory
        let here = Set(
            scope == .channel ? directory.channels(in: guild).map(\.id.number) : directory.roles(in: guild).map(\.id.number))
        return try turn.store.all(
            "SELECT DISTINCT target FROM house_settings WHERE scope = \(scope.rawValue) ORDER BY target"
        ) { $0.int(0) }.filter(here.contains)
    }
}
