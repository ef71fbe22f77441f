package import Shared

/// A registered application command: its scope and what was registered.
package struct CommandRecord: Sendable {
    package let id: ID<Application>
    package let guild: ID<Guild>?
    package var version: ID<Application>
    package var body: JSON

    package var name: String { body["name"]?.text ?? "" }
    package var kind: Int64 { body["type"]?.int ?? 1 }

    func json(_ application: ID<Application>) -> JSON {
        .fields([
            "id": .id(id), "application_id": .id(application), "version": .id(version), "guild_id": guild.map { .id($0) },
            "type": .int(kind), "name": .string(name), "description": body["description"] ?? "",
            "name_localizations": body["name_localizations"] ?? .null,
            "description_localizations": body["description_localizations"] ?? .null,
            "default_member_permissions": body["default_member_permissions"].map { $0.int.map { .string(String($0)) } ?? $0 }
                ?? .null,
            "dm_permission": true, "nsfw": body["nsfw"] ?? false,
            "options": body["options"].flatMap { $0.array.map { .array($0.map(Self.filled)) } } ?? [],
            "contexts": guild == nil ? body["contexts"] ?? .null : nil,
            "integration_types": guild == nil ? body["integration_types"] ?? [0] : nil,
        ])
    }

    /// Discord drops what says nothing: `required: false`, empty lists, nulls.
    private static func filled(_ option: JSON) -> JSON {
        guard case .object(var object) = option else { return option }
        for (key, value) in object.members
        where value.isNull || value == [] || (key == "required" || key == "autocomplete") && value == false {
            object[key] = nil
        }
        if let nested = object["options"]?.array { object["options"] = .array(nested.map(filled)) }
        return .object(object)
    }
}
