internal import Kit
internal import Shared

extension Doctor {
    /// What is set for this server: things of Discord that are gone or closed to the bot, and values that nobody can read.
    static let places = CheckupReading { turn in
        let guild = try turn.requireGuild()
        return try turn.store.all(
            "SELECT name, value FROM house_settings WHERE scope = 'guild' AND target = \(guild) ORDER BY name"
        ) { (name: $0.text(0), value: $0.json(1)) }.compactMap { name, value in
            turn.house.catalogue.setting(name).flatMap { trouble(of: $0, value, turn) }
        }
    }

    private static func trouble(of setting: AnySetting, _ value: JSON, _ turn: Turn) -> Symptom? {
        let unset = Invocation(command: "house.unset", arguments: ["name": .string(setting.name)])
        func symptom(_ what: String) -> Symptom {
            Symptom(
                "setting.\(setting.name)", .bad, "\(setting.name) \(what)", fix: "Choose another one with house set, or run:",
                run: unset)
        }
        let names = ThingNames(turn)
        switch setting.outline.kind {
        case .channel:
            guard let channel = value.id(Channel.self), names.has(channel) else {
                return symptom("names a channel that is gone.")
            }
            guard names.holdsMessages(channel) else { return symptom("names a channel that nobody can write in.") }
            return turn.whyNotPost(in: channel, needing: .embedLinks).map { refusal in
                Symptom("setting.\(setting.name)", .bad, "\(setting.name): \(refusal.sentence)", fix: refusal.hint ?? "")
            }
        case .role:
            return value.id(Role.self).map(names.has) == true ? nil : symptom("names a role that is gone.")
        default:
            do throws(Refusal) { _ = try setting.check(.json(value), turn.reading()) } catch {
                return symptom("is set to what cannot be read any more, so its standard counts: \(error.sentence)")
            }
            return nil
        }
    }

    /// What features have set up that names a thing of Discord which is gone. Those that look after theirs themselves say more of it.
    static let things = CheckupReading { turn in
        let names = ThingNames(turn)
        return try turn.house.catalogue.features.filter { feature in
            feature.name != "house" && !feature.readings.contains { $0 is CheckupReading }
        }.flatMap(\.configures).flatMap { kind in
            try kind.read(turn).compactMap { try gone(in: $0, kind, names, turn) }
        }
    }

    private static func gone(
        in record: Configured.Record, _ kind: Configured, _ names: ThingNames, _ turn: Turn
    ) throws -> Symptom? {
        var things: [(String, Outline.Kind)] = []
        if case .about(let reference?) = kind.naming { things.append((record.name, reference)) }
        for (name, value) in record.values.members {
            guard let reference = kind.kind(turn, record.name, name) else { continue }
            things += (value.array ?? [value]).compactMap(\.text).map { ($0, reference) }
        }
        for (id, reference) in things {
            guard let what = names.gone(id, reference) else { continue }
            return Symptom(
                "\(kind.heading).\(record.name)", .bad, "\(kind.heading), \(record.name): the \(what) \(id) is gone.",
                fix: "Choose another one, or run:", run: try kind.remove(turn, record).invocations.first)
        }
        return nil
    }

    /// Switches that stand in each other's way.
    static let switches = CheckupReading { turn in
        let catalogue = turn.house.catalogue
        return catalogue.features.filter { turn.house.isOn($0, turn.guild) }.flatMap { feature in
            feature.needs.compactMap { need -> Symptom? in
                guard let needed = catalogue.feature(need), !turn.house.isOn(needed, turn.guild) else { return nil }
                return Symptom(
                    "feature.\(feature.name)", .bad, "\(feature.name) is on, and \(need), which it needs, is off.",
                    fix: "Switch \(need) on with house enable, or run:",
                    run: Invocation(command: "house.disable", arguments: ["feature": .string(feature.name), "scope": "guild"]))
            }
        }
    }
}

/// Which things of Discord there are.
private struct ThingNames {
    private let channels: [ID<Channel>: ChannelProfile]
    private let roles: Set<ID<Role>>

    init(_ turn: Turn) {
        let directory = turn.house.directory
        channels =
            turn.guild.map { guild in
                Dictionary(directory.channels(in: guild).map { ($0.id, $0) }) { first, _ in first }
            } ?? [:]
        roles = Set(turn.guild.map { directory.roles(in: $0).map(\.id) } ?? [])
    }

    func has(_ channel: ID<Channel>) -> Bool { channels[channel] != nil }
    func has(_ role: ID<Role>) -> Bool { roles.contains(role) }
    func holdsMessages(_ channel: ID<Channel>) -> Bool { channels[channel]?.holdsMessages == true }

    /// What kind of thing an id names that is not there. Members come and go, and are no trouble.
    func gone(_ id: String, _ kind: Outline.Kind) -> String? {
        switch kind {
        case .channel: ID<Channel>(id).flatMap { has($0) ? nil : "channel" }
        case .role: ID<Role>(id).flatMap { has($0) ? nil : "role" }
        default: nil
        }
    }
}
