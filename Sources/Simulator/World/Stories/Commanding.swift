package import Shared

extension World {
    /// Somebody types a slash command; what Discord's own client would refuse is refused here.
    package mutating func use(
        _ user: ID<Member>, _ command: String, _ given: [(String, OptionValue)], in channel: ID<Channel>,
        completing focused: String? = nil
    ) throws(Refusal) -> ID<Interaction> {
        var words = command.split(separator: " ").map(String.init)
        if words.first?.hasPrefix("/") == true { words[0].removeFirst() }
        let place = try mayUse(user, in: channel)
        guard let first = words.first, let record = registered(first, kind: 1, in: place.guild) else {
            throw Refusal(404, 10063, "no command \(command) is registered here")
        }
        try mayUse(record, user, place)
        var level = record.body
        var path: [(name: String, type: Int64)] = []
        for word in words.dropFirst() {
            guard let inner = level["options"]?.array?.first(where: { $0["name"]?.text == word && ($0["type"]?.int ?? 3) <= 2 })
            else { throw Refusal(404, 10063, "/\(first) has no \(word)") }
            path.append((word, inner["type"]?.int ?? 1))
            level = inner
        }
        let known = level["options"]?.array ?? []
        if known.contains(where: { ($0["type"]?.int ?? 3) <= 2 }) {
            throw Refusal(400, 50035, "/\(command) needs a sub-command")
        }
        var resolved = Resolved()
        var options: [JSON] = []
        for (name, value) in given {
            guard let option = known.first(where: { $0["name"]?.text == name }) else {
                throw Refusal(400, 50035, "/\(command) has no option \(name)")
            }
            options.append(try Self.filled(option, value, isFocused: name == focused))
            resolved.add(value)
        }
        if focused == nil,
            let missing = known.first(where: { option in
                option["required"] == true && !given.contains { $0.0 == option["name"]?.text }
            })
        {
            throw Refusal(400, 50035, "/\(command) needs \(missing["name"]?.text ?? "an option")")
        }
        for step in path.reversed() {
            options = [["name": .string(step.name), "type": .int(step.type), "options": .array(options)]]
        }
        let data = JSON.fields([
            "id": .id(record.id), "name": .string(record.name), "type": 1, "guild_id": record.guild.map { .id($0) },
            "options": options.isEmpty ? JSON?.none : .array(options), "resolved": json(resolved, in: place),
        ])
        return start(focused == nil ? .command : .autocomplete, data, by: user, in: place)
    }

    /// Somebody uses a command from the menu of a member or of a message.
    package mutating func useMenu(
        _ user: ID<Member>, _ name: String, on target: ID<Member>? = nil, message: Said? = nil, in channel: ID<Channel>
    ) throws(Refusal) -> ID<Interaction> {
        let place = try mayUse(user, in: channel)
        let kind: Int64 = message == nil ? 2 : 3
        guard let record = registered(name, kind: kind, in: place.guild) else {
            throw Refusal(404, 10063, "no menu command \(name)")
        }
        try mayUse(record, user, place)
        var resolved = Resolved()
        if let target { resolved.add(.member(target)) }
        guard case .object(var object) = json(resolved, in: place) ?? [:] else { throw Refusal.badJSON }
        if let found = message.flatMap({ find($0) }) {
            object["messages"] = .object(JSON.Object([(found.id.description, json(found))]))
        }
        let id: JSON = target.map { .id($0) } ?? message.map { .id($0.id) } ?? .null
        let data: JSON = [
            "id": .id(record.id), "name": .string(name), "type": .int(kind), "target_id": id, "resolved": .object(object),
        ]
        return start(.command, data, by: user, in: place)
    }

    private func registered(_ name: String, kind: Int64, in guild: ID<Guild>?) -> CommandRecord? {
        commands.first { $0.guild == guild && guild != nil && $0.name == name && $0.kind == kind }
            ?? commands.first { $0.guild == nil && $0.name == name && $0.kind == kind }
    }

    private func mayUse(_ user: ID<Member>, in channel: ID<Channel>) throws(Refusal) -> ChannelRecord {
        guard let place = channels[channel] else { throw Refusal.unknownChannel }
        let mine = permissions(of: user, in: place)
        guard mine.contains(.viewChannel) else { throw Refusal.missingAccess }
        guard mine.contains(.useCommands) else { throw Refusal.missingPermissions }
        return place
    }

    private func mayUse(_ command: CommandRecord, _ user: ID<Member>, _ place: ChannelRecord) throws(Refusal) {
        if let contexts = command.body["contexts"]?.array?.compactMap(\.int), command.guild == nil {
            let here: Int64 = place.guild == nil ? 1 : 0
            guard contexts.contains(here) else { throw Refusal(404, 10063, "/\(command.name) is not offered here") }
        }
        guard place.guild != nil, let bits = command.body["default_member_permissions"], !bits.isNull else { return }
        let needed = Permissions(rawValue: bits.text.flatMap { UInt64($0) } ?? bits.int.flatMap { UInt64(exactly: $0) } ?? 0)
        let mine = permissions(of: user, in: place)
        if mine.contains(.administrator) { return }
        guard needed != [], mine.isSuperset(of: needed) else { throw Refusal.missingPermissions }
    }

    private static func filled(_ option: JSON, _ value: OptionValue, isFocused: Bool) throws(Refusal) -> JSON {
        let name = option["name"]?.text ?? ""
        let type = option["type"]?.int ?? 3
        if isFocused {
            guard option["autocomplete"] == true else { throw Refusal(400, 50035, "\(name) does not complete") }
            guard case .text(let text) = value else { throw Refusal(400, 50035, "what is typed is text") }
            return ["name": .string(name), "type": .int(type), "value": .string(text), "focused": true]
        }
        guard let json = value.json(for: type) else { throw Refusal(400, 50035, "\(name) does not take \(value)") }
        if let choices = option["choices"]?.array, !choices.isEmpty,
            !choices.contains(where: { $0["value"] == json || $0["value"]?.double != nil && $0["value"]?.double == json.double }
            )
        {
            throw Refusal(400, 50035, "\(name) has no choice \(json.line)")
        }
        var form = Form()
        if let text = json.text, type == 3 {
            form.length(.string(text), [name], Int(option["min_length"]?.int ?? 0)...Int(option["max_length"]?.int ?? 6000))
        }
        if let number = json.double,
            number < option["min_value"]?.double ?? -0x1p53 || number > option["max_value"]?.double ?? 0x1p53
        {
            form.note(name, code: "NUMBER_TYPE_MAX", "\(json.line) is out of range")
        }
        try form.refuse()
        return ["name": .string(name), "type": .int(type), "value": json]
    }
}
