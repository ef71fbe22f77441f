import Kit
import Shared

/// Interactions are rare and deep, so they are read from a tree.
enum InteractionReader {
    static func read(_ json: JSON) -> InteractionSeen? {
        guard let id = json["id"]?.id(Interaction.self), let token = json["token"]?.text,
            let application = json["application_id"]?.id(Application.self), let kind = kind(json)
        else { return nil }
        let guild = json["guild_id"]?.id(Guild.self)
        let person = json["member"]?["user"] ?? json["user"]
        guard let user = person?["id"]?.id(Member.self) else { return nil }
        return InteractionSeen(
            id: id, token: token, application: application, kind: kind, guild: guild,
            channel: json["channel_id"]?.id() ?? json["channel"]?["id"]?.id(),
            member: guild.flatMap { member(json["member"], in: $0) }, user: user,
            permissions: permissions(json["member"]?["permissions"]), botPermissions: permissions(json["app_permissions"]),
            locale: json["locale"]?.text ?? json["guild_locale"]?.text ?? "en-US", message: json["message"]?["id"]?.id(),
            resolved: resolved(json))
    }

    private static func permissions(_ json: JSON?) -> Permissions {
        Permissions(rawValue: json?.text.flatMap { UInt64($0) } ?? 0)
    }

    private static func member(_ json: JSON?, in guild: ID<Guild>) -> MemberProfile? {
        guard let json, let id = json["user"]?["id"]?.id(Member.self) else { return nil }
        return MemberProfile(
            id: id, guild: guild, username: json["user"]?["username"]?.text ?? "",
            globalName: json["user"]?["global_name"]?.text, nick: json["nick"]?.text,
            roles: json["roles"]?.array?.compactMap { $0.id(Role.self) } ?? [], isBot: json["user"]?["bot"]?.bool ?? false,
            joined: json["joined_at"]?.text.flatMap { Instant(rfc3339: $0) }, isPending: json["pending"]?.bool ?? false)
    }

    private static func kind(_ json: JSON) -> InteractionSeen.Kind? {
        guard let data = json["data"] else { return nil }
        switch json["type"]?.int {
        case 2:
            let (path, leaves) = command(data)
            return .command(path: path, options: options(leaves))
        case 3:
            let values = data["values"]?.array?.compactMap(\.text) ?? []
            return data["custom_id"]?.text.map { .component(customID: $0, values: values) }
        case 4:
            let (path, leaves) = command(data)
            let focused = leaves.first { $0["focused"]?.bool == true }?["name"]?.text
            return .completion(path: path, options: options(leaves), focused: focused ?? "")
        case 5: return data["custom_id"]?.text.map { .form(customID: $0, fields: fields(data["components"])) }
        default: return nil
        }
    }

    /// The command's name and those of its group and sub-command, and the options below them.
    private static func command(_ data: JSON) -> (path: String, leaves: [JSON]) {
        var path = [data["name"]?.text ?? ""]
        var leaves = data["options"]?.array ?? []
        while let only = leaves.first, [1, 2].contains(only["type"]?.int) {
            path.append(only["name"]?.text ?? "")
            leaves = only["options"]?.array ?? []
        }
        return (path.joined(separator: " "), leaves)
    }

    private static func options(_ leaves: [JSON]) -> JSON.Object {
        JSON.Object(leaves.compactMap { leaf in leaf["name"]?.text.map { ($0, leaf["value"] ?? .null) } })
    }

    /// What was typed or chosen, also where it sits in a label or in an old-style row.
    private static func fields(_ components: JSON?) -> [(name: String, value: JSON)] {
        (components?.array ?? []).flatMap { component -> [(name: String, value: JSON)] in
            if let inner = component["component"] { return fields(.array([inner])) }
            if let inner = component["components"] { return fields(inner) }
            guard let name = component["custom_id"]?.text else { return [] }
            return [(name, component["value"] ?? component["values"] ?? .null)]
        }
    }

    /// What the options name, and for a command on a message or member, which one it was used on.
    private static func resolved(_ json: JSON) -> JSON {
        var found = json["data"]?["resolved"]?.object ?? JSON.Object()
        if let target = json["data"]?["target_id"] { found["target_id"] = target }
        return .object(found)
    }
}
