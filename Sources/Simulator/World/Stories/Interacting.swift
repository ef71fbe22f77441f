package import Shared

/// What an interaction speaks of besides its options.
struct Resolved {
    var members: [ID<Member>] = []
    var roles: [ID<Role>] = []
    var channels: [ID<Channel>] = []

    mutating func add(_ value: OptionValue) {
        switch value {
        case .member(let id): members.append(id)
        case .role(let id): roles.append(id)
        case .channel(let id): channels.append(id)
        default: break
        }
    }
}

extension World {
    func json(_ resolved: Resolved, in place: ChannelRecord) -> JSON? {
        var object = JSON.Object()
        func map<Kind>(_ ids: [ID<Kind>], _ body: (ID<Kind>) -> JSON?) -> JSON? {
            let found = ids.compactMap { id in body(id).map { (key: id.description, value: $0) } }
            return found.isEmpty ? JSON?.none : .object(JSON.Object(found))
        }
        let guild = place.guild.flatMap { guilds[$0] }
        object["users"] = map(resolved.members) { users[$0]?.json }
        object["members"] = map(resolved.members) { id in
            guard let member = guild?.members[id], case .object(var json) = member.json(user: nil) else { return nil }
            for key in ["deaf", "mute"] { json[key] = nil }
            json["permissions"] = .string(String(permissions(of: id, in: place).rawValue))
            return .object(json)
        }
        object["roles"] = map(resolved.roles) { guild?.roles[$0]?.json }
        object["channels"] = map(resolved.channels) { id in
            guard let channel = channels[id] else { return nil }
            return [
                "id": .id(id), "name": .string(channel.name), "type": .int(channel.kind.rawValue),
                "permissions": .string(String(permissions(of: bot.user, in: channel).rawValue)),
            ]
        }
        return object.isEmpty ? JSON?.none : .object(object)
    }

    /// Hands an interaction to the bot; the three seconds begin.
    mutating func start(
        _ kind: InteractionRecord.Kind, _ data: JSON, by user: ID<Member>, in place: ChannelRecord, source: Said? = nil
    ) -> ID<Interaction> {
        var record = InteractionRecord(
            id: mint(Interaction.self), token: dice.secret(120), kind: kind, user: user, channel: place.id, guild: place.guild,
            created: now)
        record.source = source
        interactions[record.id] = record
        interactionTokens[record.token] = record.id
        waiting.append((record.id, now))
        departing?.append(record.id)
        var event = JSON.Object([
            ("id", .id(record.id)), ("application_id", .id(bot.application)), ("type", .int(kind.rawValue)), ("data", data),
            ("token", .string(record.token)), ("version", 1), ("channel_id", .id(place.id)), ("channel", json(place)),
            ("app_permissions", .string(String(permissions(of: bot.user, in: place).rawValue))), ("locale", "en-US"),
            ("entitlements", []), ("attachment_size_limit", 10_485_760), ("context", .int(place.guild == nil ? 1 : 0)),
            ("authorizing_integration_owners", ["0": place.guild.map { .id($0) } ?? "0"]),
        ])
        if let guild = place.guild.flatMap({ guilds[$0] }),
            case .object(var member)? = guild.members[user]?.json(user: users[user]?.json)
        {
            member["permissions"] = .string(String(permissions(of: user, in: place).rawValue))
            event["member"] = .object(member)
            event["guild_id"] = .id(guild.id)
            event["guild"] = ["id": .id(guild.id), "locale": "en-US", "features": []]
            event["guild_locale"] = "en-US"
        } else {
            event["user"] = users[user]?.json ?? .null
        }
        if let message = source.flatMap({ find($0) }) { event["message"] = json(message) }
        dispatch("INTERACTION_CREATE", .object(event), guild: place.guild)
        return record.id
    }

    /// The component that somebody means by its custom id or its label.
    private static func component(_ name: String, in components: [JSON]) -> JSON? {
        for component in components {
            if component["custom_id"]?.text == name || component["label"]?.text == name { return component }
            let inner = (component["components"]?.array ?? []) + [component["accessory"]].compactMap { $0 }
            if let found = Self.component(name, in: inner) { return found }
        }
        return nil
    }

    private func touch(_ user: ID<Member>, _ name: String, on said: Said) throws(Refusal) -> (ChannelRecord, JSON) {
        guard let message = find(said), message.onlyFor == nil || message.onlyFor == user else { throw Refusal.unknownMessage }
        guard let place = channels[said.channel], canSee(user, place) else { throw Refusal.missingAccess }
        if isPending(user, in: place.guild) { throw Refusal.missingAccess }
        guard let component = Self.component(name, in: message.components) else {
            throw Refusal(400, 50035, "the message has no \(name)")
        }
        if component["disabled"] == true { throw Refusal(400, 50035, "\(name) is disabled") }
        return (place, component)
    }

    /// Who has not passed the server's screening can do nothing yet.
    func isPending(_ user: ID<Member>, in guild: ID<Guild>?) -> Bool {
        guild.flatMap { guilds[$0]?.members[user]?.isPending } ?? false
    }

    package mutating func click(_ user: ID<Member>, _ name: String, on said: Said) throws(Refusal) -> ID<Interaction> {
        let (place, component) = try touch(user, name, on: said)
        guard component["type"] == 2, let id = component["custom_id"] else {
            throw Refusal(400, 50035, "\(name) sends nothing")
        }
        return start(.component, ["custom_id": id, "component_type": 2, "id": 1], by: user, in: place, source: said)
    }

    package mutating func select(_ user: ID<Member>, _ values: [String], in name: String, on said: Said) throws(Refusal) -> ID<
        Interaction
    > {
        let (place, component) = try touch(user, name, on: said)
        guard let type = component["type"]?.int, [3, 5, 6, 7, 8].contains(type), let id = component["custom_id"] else {
            throw Refusal(400, 50035, "\(name) is no choice")
        }
        let range = (component["min_values"]?.int ?? 1)...(component["max_values"]?.int ?? 1)
        guard range.contains(Int64(values.count)) else {
            throw Refusal(400, 50035, "\(values.count) values, \(range) are allowed")
        }
        if type == 3 {
            let known = (component["options"]?.array ?? []).compactMap { $0["value"]?.text }
            guard values.allSatisfy(known.contains) else { throw Refusal(400, 50035, "\(name) has no such option") }
        }
        var resolved = Resolved()
        for value in values {
            switch type {
            case 5: if let id = ID<Member>(value) { resolved.add(.member(id)) }
            case 6: if let id = ID<Role>(value) { resolved.add(.role(id)) }
            case 8: if let id = ID<Channel>(value) { resolved.add(.channel(id)) }
            default: break
            }
        }
        let data = JSON.fields([
            "custom_id": id, "component_type": .int(type), "id": 1, "values": .array(values.map { .string($0) }),
            "resolved": json(resolved, in: place),
        ])
        return start(.component, data, by: user, in: place, source: said)
    }

    /// Fills the form that an interaction opened; fields go by custom id or label.
    package mutating func submit(_ user: ID<Member>, _ opener: ID<Interaction>, _ values: [String: String]) throws(Refusal)
        -> ID<Interaction>
    {
        guard let record = interactions[opener], let form = record.form, record.user == user,
            let place = channels[record.channel]
        else {
            throw Refusal(400, 50035, "no form is open")
        }
        var rest = values
        var filled: [JSON] = []
        for (index, child) in (form["components"]?.array ?? []).enumerated() where child["type"] != 10 {
            let isRow = child["type"] == 1
            guard let field = isRow ? child["components"]?[0] : child["component"], let id = field["custom_id"]?.text else {
                continue
            }
            let label = (isRow ? field["label"] : child["label"])?.text ?? id
            let value = rest.removeValue(forKey: id) ?? rest.removeValue(forKey: label) ?? field["value"]?.text ?? ""
            let least = max(field["required"] == false ? 0 : 1, Int(field["min_length"]?.int ?? 0))
            let most = Int(field["max_length"]?.int ?? 4000)
            let isLeftOut = value.isEmpty && field["required"] == false
            guard isLeftOut || (least...max(least, most)).contains(value.unicodeScalars.count) else {
                throw Refusal(400, 50035, "\(label) takes \(least) to \(most) characters")
            }
            let type = field["type"]?.int ?? 4
            if type == 3 { try check(value.split(separator: ",").map(String.init), of: field, label) }
            let answer: JSON =
                type == 4
                ? ["type": 4, "id": .int(Int64(index * 2 + 2)), "custom_id": .string(id), "value": .string(value)]
                : [
                    "type": .int(type), "id": .int(Int64(index * 2 + 2)), "custom_id": .string(id),
                    "values": .array(value.split(separator: ",").map { .string(String($0)) }),
                ]
            let number = JSON.int(Int64(index * 2 + 1))
            filled.append(
                isRow ? ["type": 1, "id": number, "components": [answer]] : ["type": 18, "id": number, "component": answer])
        }
        if let stranger = rest.keys.sorted().first { throw Refusal(400, 50035, "the form has no field \(stranger)") }
        let data: JSON = ["custom_id": form["custom_id"] ?? .null, "components": .array(filled)]
        return start(.modal, data, by: user, in: place, source: record.source)
    }

    /// Only what a list offers can be chosen, and as much of it as it lets.
    private func check(_ chosen: [String], of list: JSON, _ label: String) throws(Refusal) {
        let known = (list["options"]?.array ?? []).compactMap { $0["value"]?.text }
        let range = (list["min_values"]?.int ?? 1)...(list["max_values"]?.int ?? 1)
        guard range.contains(Int64(chosen.count)), chosen.allSatisfy(known.contains) else {
            throw Refusal(400, 50035, "\(label) lets one choose among \(known.joined(separator: ", "))")
        }
    }
}

extension Simulation {
    @discardableResult
    package func uses(
        _ user: ID<Member>, _ command: String, _ options: KeyValuePairs<String, OptionValue> = [:], in channel: ID<Channel>
    ) throws(Refusal) -> ID<Interaction> {
        try act { (world) throws(Refusal) in try world.use(user, command, options.map { ($0, $1) }, in: channel) }
    }

    /// Types into an option that completes; the other options stand as given.
    package func autocompletes(
        _ user: ID<Member>, _ command: String, _ option: String, typing text: String,
        with others: KeyValuePairs<String, OptionValue> = [:], in channel: ID<Channel>
    ) throws(Refusal) -> ID<Interaction> {
        let all = others.map { ($0, $1) } + [(option, OptionValue.text(text))]
        return try act { (world) throws(Refusal) in try world.use(user, command, all, in: channel, completing: option) }
    }

    package func usesMenu(
        _ user: ID<Member>, _ name: String, on target: ID<Member>, in channel: ID<Channel>
    ) throws(Refusal) -> ID<Interaction> {
        try act { (world) throws(Refusal) in try world.useMenu(user, name, on: target, in: channel) }
    }

    @discardableResult
    package func clicks(_ user: ID<Member>, _ button: String, on said: Said) throws(Refusal) -> ID<Interaction> {
        try act { (world) throws(Refusal) in try world.click(user, button, on: said) }
    }

    @discardableResult
    package func selects(_ user: ID<Member>, _ values: [String], in menu: String, on said: Said) throws(Refusal) -> ID<
        Interaction
    > {
        try act { (world) throws(Refusal) in try world.select(user, values, in: menu, on: said) }
    }

    @discardableResult
    package func submitsModal(
        _ user: ID<Member>, _ opener: ID<Interaction>, _ values: [String: String]
    ) throws(Refusal) -> ID<Interaction> {
        try act { (world) throws(Refusal) in try world.submit(user, opener, values) }
    }
}
