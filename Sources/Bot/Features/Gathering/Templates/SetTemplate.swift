internal import Kit
internal import Shared

extension Templates {
    static let name: Parameter<String> = .lookup("name", "What it is called", names)
    static let body: Parameter<Template> = .template(
        "text", "What it says; {title}, {when} and other places are filled in later", places: TemplateReading.places,
        longest: 1500)

    private static let names = Lookup("templates") { turn, typed in
        let all = try TemplateRows.all(of: try turn.requireGuild(), in: turn.store)
        return all.filter { $0.name.hasPrefix(typed.lowercased()) }.prefix(25).map { Choice($0.name, $0.name) }
    }

    /// So many names are still found by eye.
    private static let most = 100

    static let set = Command(
        "templates.set", "Writes a text, or changes it", access: .manageGuild, changes: true, returns: rowShape,
        example: "name: party text: Come to {title}, {relative}!",
        name, body
    ) { turn, name, body in
        let guild = try turn.requireGuild()
        let name = try checked(name)
        let old = try TemplateRows.find(name, of: guild, in: turn.store)
        if let old { try turn.require(version: old.version) }
        guard try old != nil || TemplateRows.all(of: guild, in: turn.store).count < most else {
            throw Refusal.conflict("There are \(most) texts already.", hint: "Remove one with templates remove.")
        }
        guard !trimmed(body.text).isEmpty else { throw Refusal.invalid("text has nothing in it.", field: "text") }
        try TemplateRows.write(
            NamedText(name: name, body: body.text, author: turn.asker.member, changed: turn.now, version: 1), of: guild,
            in: turn.store)
        turn.change("text \(name)", from: old.map { .string($0.body) } ?? .null, to: .string(body.text))
        let written = try TemplateRows.require(name, turn)
        let undo = old.map {
            Invocation(command: "templates.set", arguments: ["name": .string(name), "text": .string($0.body)])
        }
        return .done(
            TemplateText.written(written, isNew: old == nil, sample(body, turn)), data: row(of: written),
            undo: undo ?? Invocation(command: "templates.remove", arguments: ["name": .string(name)]))
    }

    static let remove = Command(
        "templates.remove", "Removes a text", access: .manageGuild, changes: true, returns: rowShape, example: "party",
        name
    ) { turn, name in
        let old = try TemplateRows.require(name, turn)
        try turn.require(version: old.version)
        let guild = try turn.requireGuild()
        try turn.store.run("DELETE FROM templates_texts WHERE guild = \(guild) AND name = \(old.name)")
        turn.change("text \(old.name)", from: .string(old.body), to: .null)
        return .done(
            TemplateText.removed(old), data: row(of: old),
            undo: Invocation(command: "templates.set", arguments: ["name": .string(old.name), "text": .string(old.body)]))
    }

    static func checked(_ name: String) throws(Refusal) -> String {
        let name = name.lowercased()
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains($0)
        }
        guard (1...32).contains(name.count), isPlain, name != "none" else {
            throw .invalid("A name is up to 32 letters, digits, - and _.", field: "name")
        }
        return name
    }
}
