package import Shared

/// The slash commands of one scope, as Discord is to know them: of all servers, or of one.
package struct CommandSet: Sendable {
    package var guild: ID<Guild>?
    package var commands: [JSON]

    package init(guild: ID<Guild>?, commands: [JSON]) {
        self.guild = guild
        self.commands = commands
    }

    /// Whether Discord knows just these already; what it adds by itself makes no difference.
    package func matches(_ present: [JSON]) -> Bool {
        let wanted = commands.map(Self.essence)
        var told = present
        // What we say nothing about, Discord fills in.
        for index in told.indices {
            let twin = commands.first { $0["name"] == told[index]["name"] && Self.type($0) == Self.type(told[index]) }
            for key in ["contexts", "integration_types"] where twin?[key] == nil { told[index] = told[index].without(key) }
        }
        let known = told.map(Self.essence)
        return wanted.count == known.count && wanted.allSatisfy(known.contains)
    }

    private static func type(_ command: JSON) -> Int64 { command["type"]?.int ?? 1 }

    private static func essence(_ command: JSON) -> JSON {
        .fields([
            "type": .int(type(command)), "name": command["name"], "description": command["description"] ?? "",
            "options": .array((command["options"]?.array ?? []).map(option)),
            "permissions": filled(command["default_member_permissions"]), "nsfw": flag(command["nsfw"]),
            "names": filled(command["name_localizations"]), "descriptions": filled(command["description_localizations"]),
            "contexts": filled(command["contexts"]), "integrations": filled(command["integration_types"]),
        ])
    }

    private static func option(_ option: JSON) -> JSON {
        .fields([
            "type": option["type"], "name": option["name"], "description": option["description"] ?? "",
            "required": flag(option["required"]), "autocomplete": flag(option["autocomplete"]),
            "options": .array((option["options"]?.array ?? []).map(Self.option)),
            "choices": .array((option["choices"]?.array ?? []).map(choice)), "channels": filled(option["channel_types"]),
            "least": number(option["min_value"]), "most": number(option["max_value"]),
            "shortest": number(option["min_length"]), "longest": number(option["max_length"]),
            "names": filled(option["name_localizations"]), "descriptions": filled(option["description_localizations"]),
        ])
    }

    private static func choice(_ choice: JSON) -> JSON {
        .fields([
            "name": choice["name"], "value": number(choice["value"]) ?? choice["value"],
            "names": filled(choice["name_localizations"]),
        ])
    }

    private static func flag(_ json: JSON?) -> JSON { .bool(json?.bool ?? false) }

    /// Nothing, null and empty are one.
    private static func filled(_ json: JSON?) -> JSON? {
        guard let json, !json.isNull, json.array?.isEmpty != true, json.object?.isEmpty != true else { return nil }
        return json
    }

    /// 5 and 5.0 are one number.
    private static func number(_ json: JSON?) -> JSON? { json?.int.map(JSON.int) ?? json?.double.map(JSON.double) }
}

extension JSON {
    fileprivate func without(_ key: String) -> JSON {
        guard case .object(var object) = self else { return self }
        object[key] = nil
        return .object(object)
    }
}
