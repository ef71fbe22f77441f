import Shared

/// What slash commands may be called and hold.
enum CommandLimits {
    private static let size = 8_000

    static func check(_ commands: [JSON], _ check: inout BodyCheck) {
        for (kind, most) in [(1, 100), (2, 15), (3, 15)] as [(Int64, Int)] {
            check.count(commands.filter { ($0["type"]?.int ?? 1) == kind }.count, "commands", 0...most)
        }
        let names = commands.map { "\($0["type"]?.int ?? 1) \($0["name"]?.text ?? "")" }
        if Set(names).count != names.count { check.note("commands", "two have one name") }
        for command in commands {
            let at = command["name"]?.text ?? "?"
            if (command["type"]?.int ?? 1) == 1 {
                named(command, at, &check)
            } else {
                check.needed(command["name"], at, 1...32)
            }
            nesting(command["options"]?.array ?? [], below: 0, at, &check)
            options(command["options"]?.array ?? [], at, &check)
            let whole = characters(command)
            if whole > size { check.note(at, "\(whole) characters in all, at most \(size) fit") }
        }
    }

    private static func named(_ item: JSON, _ at: String, _ check: inout BodyCheck) {
        check.needed(item["name"], at + ".name", 1...32)
        check.needed(item["description"], at + ".description", 1...100)
        let name = item["name"]?.text ?? ""
        let isPlain = name.unicodeScalars.allSatisfy {
            "-_'".unicodeScalars.contains($0) || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        if !isPlain || name != name.lowercased() { check.note(at, "\"\(name)\" is no name for a command") }
    }

    private static func options(_ options: [JSON], _ at: String, _ check: inout BodyCheck) {
        check.count(options.count, at + ".options", 0...25)
        if Set(options.map { $0["name"] }).count != options.count { check.note(at + ".options", "two have one name") }
        let isOptional = options.map { $0["required"]?.bool != true }
        if let first = isOptional.firstIndex(of: true), isOptional[first...].contains(false) {
            check.note(at + ".options", "what is required comes first")
        }
        for option in options {
            let place = "\(at) \(option["name"]?.text ?? "?")"
            named(option, place, &check)
            check.number(option["min_length"], place + ".min_length", 0...6_000)
            check.number(option["max_length"], place + ".max_length", 1...6_000)
            let choices = option["choices"]?.array ?? []
            if !choices.isEmpty, option["autocomplete"]?.bool == true {
                check.note(place + ".choices", "they are given or completed, not both")
            }
            check.count(choices.count, place + ".choices", 0...25)
            for choice in choices {
                check.needed(choice["name"], place + ".choices.name", 1...100)
                if choice["value"]?.text != nil { check.text(choice["value"], place + ".choices.value", 1...100) }
            }
            if let nested = option["options"]?.array { self.options(nested, place, &check) }
        }
    }

    /// A command holds sub-commands and groups of them, or what it asks for; never both, and nothing deeper.
    private static func nesting(_ options: [JSON], below depth: Int, _ at: String, _ check: inout BodyCheck) {
        let kinds = options.map { $0["type"]?.int ?? 0 }
        guard kinds.contains(where: { $0 < 3 }) else { return }
        let isAllowed = kinds.allSatisfy { $0 == 1 || $0 == 2 && depth == 0 }
        if depth > 1 || !isAllowed { check.note(at + ".options", "sub-commands have no place here") }
        for option in options {
            nesting(option["options"]?.array ?? [], below: option["type"]?.int == 1 ? 2 : 1, at, &check)
        }
    }

    /// Names, descriptions and values.
    private static func characters(_ item: JSON) -> Int {
        let own = ["name", "description", "value"].reduce(0) { $0 + Clipping.count(item[$1]?.text ?? "") }
        let inner = (item["options"]?.array ?? []) + (item["choices"]?.array ?? [])
        return own + inner.reduce(0) { $0 + characters($1) }
    }
}
