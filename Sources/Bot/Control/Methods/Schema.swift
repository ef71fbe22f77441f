internal import Kit
internal import Shared

/// JSON Schema of parameters and returned records, made of the same descriptions that read them.
enum Schema {
    static func object(_ properties: [(String, JSON)], required: [String]) -> JSON {
        .fields([
            "type": "object", "properties": .object(JSON.Object(properties.map { (key: $0.0, value: $0.1) })),
            "required": required.isEmpty ? JSON?.none : .array(required.map(JSON.string)), "additionalProperties": false,
        ])
    }

    /// What a command takes: its own parameters, then those of the envelope that make sense for it.
    static func parameters(of command: Command) -> JSON {
        let own = command.parameters.map { ($0.name, property($0)) }
        let names = Set(command.parameters.map(\.name))
        let around = envelope(of: command).filter { !names.contains($0.0) }
        let isGuildNeeded = command.scope == .guild && !names.contains("guild")
        return object(
            own + around,
            required: command.parameters.filter(\.isRequired).map(\.name) + (isGuildNeeded ? ["guild"] : []))
    }

    private static func envelope(of command: Command) -> [(String, JSON)] {
        var properties: [(String, JSON)] = []
        if command.scope != .house { properties.append(("guild", id("The guild that is meant"))) }
        properties.append(("as", id("The member on whose behalf; takes the role admin")))
        guard command.changes else { return properties }
        return properties + [
            ("dry_run", ["type": "boolean", "description": "Only say what would change"]),
            ("confirm", ["type": "string", "description": "The token of the dry run that is meant"]),
            ("idem", ["type": "string", "maxLength": 64, "description": "The same key and params get the stored answer"]),
            ("if_version", ["type": "integer", "description": "Only if this is still the version"]),
        ]
    }

    static func property(_ outline: Outline) -> JSON {
        var members = type(of: outline.kind).object ?? JSON.Object()
        members["description"] = .string(outline.summary)
        members["default"] = outline.standard
        return .object(members)
    }

    private static func type(of kind: Outline.Kind) -> JSON {
        switch kind {
        case .text(let longest): ["type": "string", "maxLength": .int(Int64(longest))]
        case .whole(let range):
            ["type": "integer", "minimum": .int(Int64(range.lowerBound)), "maximum": .int(Int64(range.upperBound))]
        case .decimal(let range):
            ["type": "number", "minimum": .double(range.lowerBound), "maximum": .double(range.upperBound)]
        case .yesNo: ["type": "boolean"]
        case .choice(let choices): ["type": "string", "enum": .array(choices.map { .string($0.value) })]
        case .duration: ["type": ["string", "integer"]]
        case .date, .member, .role, .channel, .message, .emoji, .colour, .file, .lookup: ["type": "string"]
        }
    }

    private static func id(_ summary: String) -> JSON {
        ["type": "string", "pattern": "^[0-9]{1,19}$", "description": .string(summary)]
    }

    /// Moments are RFC 3339, and whole numbers where a member's name says `_ms`.
    static func returned(_ shape: Shape, named name: String = "") -> JSON {
        switch shape {
        case .nothing: ["type": "null"]
        case .text: ["type": "string"]
        case .whole, .duration: ["type": "integer"]
        case .decimal: ["type": "number"]
        case .flag: ["type": "boolean"]
        case .id: ["type": "string", "pattern": "^[0-9]{1,19}$"]
        case .instant: name.hasSuffix("_ms") ? ["type": "integer"] : ["type": "string", "format": "date-time"]
        case .anything: [:]
        case .list(let inner): ["type": "array", "items": returned(inner)]
        case .record(let members):
            [
                "type": "object",
                "properties": .object(JSON.Object(members.map { ($0.name, returned($0.shape, named: $0.name)) })),
            ]
        }
    }
}
