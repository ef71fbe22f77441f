package import Kit
package import Shared

/// The slash commands of the house: a feature is a command, its verbs are subcommands.
package enum SlashCommands {
    /// For every server, or only for those that try things out first; old names where a server wants them, and none of them
    /// where it wants them no longer.
    package static func sets(
        _ catalogue: Catalogue, testGuilds: [ID<Guild>], oldNames: [ID<Guild>: Bool] = [:]
    ) -> [CommandSet] {
        let commands = catalogue.features.compactMap(command)
        let old = catalogue.commands.filter { $0.scope != .house }.flatMap(olden)
        let tried = testGuilds.map { guild in
            CommandSet(guild: guild, commands: commands + (oldNames[guild] == true ? old : []))
        }
        let wished = oldNames.filter { !testGuilds.contains($0.key) }.sorted { $0.key < $1.key }.map { guild, wants in
            CommandSet(guild: guild, commands: wants ? old : [])
        }
        return (testGuilds.isEmpty ? [CommandSet(guild: nil, commands: commands)] : tried) + wished
    }

    /// A command under the names that other bots gave it, which stand alone.
    private static func olden(_ command: Command) -> [JSON] {
        command.also.filter { !$0.contains(".") }.map { name in
            .fields([
                "name": .string(name), "description": clipped(command.summary), "type": 1, "contexts": [0],
                "integration_types": [0], "options": .array(options(of: command)),
            ])
        }
    }

    /// Discord takes 25 subcommands; what only the socket serves is left out.
    static func command(_ feature: Feature) -> JSON? {
        let verbs = feature.commands.filter { $0.scope != .house }
        guard !verbs.isEmpty else { return nil }
        return .fields([
            "name": .string(feature.name), "description": clipped(feature.summary), "type": 1, "contexts": [0],
            "integration_types": [0], "options": .array(verbs.prefix(25).map(subcommand)),
        ])
    }

    private static func subcommand(_ command: Command) -> JSON {
        .fields([
            "name": .string(command.verb), "description": clipped(command.summary), "type": 1,
            "options": .array(options(of: command)),
        ])
    }

    /// What must be said stands first, as Discord wants it.
    private static func options(of command: Command) -> [JSON] {
        (command.parameters.filter(\.isRequired) + command.parameters.filter { !$0.isRequired }).prefix(25).map(option)
    }

    /// Discord's numbers are those of JavaScript: beyond 2^53 it takes none.
    private static let largestWhole: Int64 = 9_007_199_254_740_991

    private static func option(_ outline: Outline) -> JSON {
        var fields = JSON.Object([
            ("name", .string(outline.name)), ("description", clipped(outline.summary)), ("type", .int(type(of: outline.kind))),
            ("required", .bool(outline.isRequired)),
        ])
        switch outline.kind {
        case .text(let longest): fields["max_length"] = .int(Int64(min(longest, 6000)))
        case .whole(let range):
            fields["min_value"] = .int(max(Int64(range.lowerBound), -largestWhole))
            fields["max_value"] = .int(min(Int64(range.upperBound), largestWhole))
        case .decimal(let range):
            fields["min_value"] = .double(range.lowerBound)
            fields["max_value"] = .double(range.upperBound)
        case .choice(let choices) where choices.count <= 25:
            fields["choices"] = .array(choices.map { .fields(["name": clipped($0.label), "value": .string($0.value)]) })
        case .choice, .lookup: fields["autocomplete"] = true
        default: break
        }
        return .object(fields)
    }

    private static func type(of kind: Outline.Kind) -> Int64 {
        switch kind {
        case .text, .choice, .duration, .date, .message, .emoji, .colour, .lookup: 3
        case .whole: 4
        case .yesNo: 5
        case .member: 6
        case .channel: 7
        case .role: 8
        case .decimal: 10
        case .file: 11
        }
    }

    private static func clipped(_ text: String) -> JSON { .string(text.count > 100 ? text.prefix(99) + "…" : text) }
}
