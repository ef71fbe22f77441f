package import Kit
package import Shared

/// Commands that a test needs beside those of the features it is about: setting a value, exporting and erasing a member.
package enum Tuning {
    package static func feature(over features: [Feature]) -> Feature {
        Feature(
            "tune", "What a test turns", version: "1", commands: [set, erase(features), export(features)],
            export: { _, _ in .null }, erase: { _, _ in 0 })
    }

    private static let set = Command(
        "tune.set", "Sets a value", access: .houseOwner, scope: .either, changes: true, returns: .nothing,
        .text("name", "The setting"), .text("value", "Its value, as JSON"),
        .choice(
            "scope", "How near", [Choice("house", "house"), Choice("guild", "guild"), Choice("channel", "channel")],
            default: "guild"),
        .optional(.text("target", "The channel"))
    ) { turn, name, value, scope, target in
        let place = scope == "house" ? 0 : target.flatMap { Int64($0) } ?? turn.guild?.number ?? 0
        try turn.store.run(
            """
            INSERT INTO house_settings (scope, target, name, value, version, changed, author)
            VALUES (\(scope), \(place), \(name), \(try JSON(parsing: value)), 1, \(turn.now), 'test')
            ON CONFLICT (scope, target, name) DO UPDATE SET value = excluded.value, version = house_settings.version + 1
            """)
        turn.house.settingsChanged()
        if let guild = turn.guild { turn.announce(SettingChanged(name: name, place: guild, toldIn: guild)) }
        return .done(Card(text: "set"), data: .null)
    }

    private static func erase(_ features: [Feature]) -> Command {
        Command(
            "tune.erase", "Erases a member", access: .houseOwner, scope: .either, changes: true, returns: .whole,
            .member("member", "Whom")
        ) { turn, member in
            let gone = try features.reduce(0) { try $0 + $1.erase(turn, member) }
            return .done(Card(text: "erased"), data: .int(Int64(gone)))
        }
    }

    private static func export(_ features: [Feature]) -> Command {
        Command(
            "tune.export", "Exports a member", access: .houseOwner, scope: .either, changes: true, returns: .anything,
            .member("member", "Whom")
        ) { turn, member in
            let all = try features.map { ($0.name, try $0.export(turn, member)) }
            return .done(Card(text: "exported"), data: .object(JSON.Object(all.map { (key: $0.0, value: $0.1) })))
        }
    }
}

extension Bench {
    /// What a command answers on the control socket; throws what it refuses.
    @discardableResult
    package func run(_ command: String, _ params: JSON = .object(.init()), in guild: ID<Guild>? = Town.guild) throws -> JSON {
        guard let found = catalogue.command(command) else { throw Silence() }
        switch try ask(Request(found, params: params.object ?? .init(), guild: guild, person: Self.owner)) {
        case .reply(let data, _, _, _), .planned(_, _, let data), .replayed(let data): return data
        case .refused(let refusal): throw refusal
        case .failed(let reference): throw Refusal.unavailable("failed: \(reference)")
        }
    }

    package func tune(_ name: String, _ value: JSON, channel: Int64? = nil) throws {
        var params: JSON = ["name": .string(name), "value": .string(value.line)]
        if let channel {
            params = [
                "name": .string(name), "value": .string(value.line), "scope": "channel", "target": .id(Town.channel(channel)),
            ]
        }
        try run("tune.set", params)
    }
}
