import Shared

/// What a command may look like before Discord registers it.
enum CommandRules {
    static func check(_ command: JSON, at path: [String], _ form: inout Form) {
        let kind = command["type"]?.int ?? 1
        guard (1...4).contains(kind) else {
            return form.note(path + ["type"], code: "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4).")
        }
        if kind == 1 {
            name(command["name"], path + ["name"], &form)
            form.length(command["description"] ?? "", path + ["description"], 1...100)
        } else {
            form.length(command["name"] ?? "", path + ["name"], 1...32)
            if let text = command["description"]?.text, !text.isEmpty {
                form.note(
                    path + ["description"], code: "APPLICATION_COMMANDS_DESCRIPTION_FORBIDDEN",
                    "Context menu commands cannot have a description")
            }
            if command["options"]?.array?.isEmpty == false {
                form.note(
                    path + ["options"], code: "APPLICATION_COMMANDS_OPTIONS_FORBIDDEN",
                    "Context menu commands cannot have options")
            }
        }
        options(command["options"]?.array ?? [], depth: 0, path + ["options"], &form)
        if size(of: command) > 8000 {
            form.note(path, code: "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
        }
    }

    /// Counts by type, and one name once.
    static func checkScope(_ commands: [JSON], _ form: inout Form) {
        for (kind, most) in [(1, 100), (2, 15), (3, 15), (4, 1)] as [(Int64, Int)] {
            if commands.filter({ $0["type"]?.int ?? 1 == kind }).count > most {
                form.note(code: "BASE_TYPE_MAX_LENGTH", "Must be \(most) or fewer of type \(kind).")
            }
        }
        var seen: Set<[String]> = []
        for (index, command) in commands.enumerated() {
            let key = [String(command["type"]?.int ?? 1), command["name"]?.text ?? ""]
            if !seen.insert(key).inserted {
                form.note(
                    String(index), "name", code: "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique")
            }
        }
    }

    private static func name(_ value: JSON?, _ path: [String], _ form: inout Form) {
        form.length(value ?? "", path, 1...32)
        guard let text = value?.text else { return }
        let isWell = text.unicodeScalars.allSatisfy { scalar in
            scalar == "-" || scalar == "_" || scalar == "'" || scalar.properties.isAlphabetic
                || scalar.properties.numericType != nil
        }
        if !isWell || text != text.lowercased() {
            form.note(path, code: "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
        }
    }

    private static func options(_ list: [JSON], depth: Int, _ path: [String], _ form: inout Form) {
        if list.count > 25 { form.note(path, code: "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.") }
        let groups = list.filter { [1, 2].contains($0["type"]?.int) }.count
        if groups > 0, groups < list.count {
            form.note(
                path, code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are mutually exclusive to all other types")
        }
        if Set(list.compactMap { $0["name"]?.text }).count != list.count {
            form.note(path, code: "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option names must be unique")
        }
        var sawOptional = false
        for (index, option) in list.enumerated() {
            let at = path + [String(index)]
            if option["required"] == true, sawOptional {
                form.note(
                    at, code: "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options")
            }
            sawOptional = sawOptional || option["required"] != true
            one(option, depth: depth, at, &form)
        }
    }

    private static func one(_ option: JSON, depth: Int, _ at: [String], _ form: inout Form) {
        name(option["name"], at + ["name"], &form)
        form.length(option["description"] ?? "", at + ["description"], 1...100)
        guard let type = option["type"]?.int, (1...11).contains(type) else {
            return form.note(at + ["type"], code: "BASE_TYPE_CHOICES", "no such option type")
        }
        if type == 2, depth > 0 || type == 1 && depth > 1 {
            form.note(at + ["type"], code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "nested too deep")
        }
        if type <= 2 { options(option["options"]?.array ?? [], depth: depth + 1, at + ["options"], &form) }
        if type == 2, option["options"]?.array?.contains(where: { $0["type"] != 1 }) ?? true {
            form.note(at + ["options"], code: "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "a group holds sub-commands only")
        }
        let choices = option["choices"]?.array ?? []
        if choices.count > 25 { form.note(at + ["choices"], code: "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.") }
        if !choices.isEmpty, option["autocomplete"] == true {
            form.note(
                at + ["autocomplete"], code: "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
                "choices and autocomplete are mutually exclusive")
        }
        if !choices.isEmpty || option["autocomplete"] == true, ![3, 4, 10].contains(type) {
            form.note(at + ["choices"], code: "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "this type has no choices")
        }
        for (index, choice) in choices.enumerated() {
            form.length(choice["name"] ?? "", at + ["choices", String(index), "name"], 1...100)
            if type == 3 { form.length(choice["value"] ?? "", at + ["choices", String(index), "value"], 0...100) }
        }
        for key in ["min_value", "max_value"] where option[key].map({ !$0.isNull }) ?? false && ![4, 10].contains(type) {
            form.note(at + [key], code: "BASE_TYPE_INVALID", "only numbers have bounds")
        }
        for key in ["min_length", "max_length"] where option[key].map({ !$0.isNull }) ?? false && type != 3 {
            form.note(at + [key], code: "BASE_TYPE_INVALID", "only text has a length")
        }
    }

    /// Names, descriptions and values, each by its longest language.
    static func size(of item: JSON) -> Int {
        func longest(_ key: String) -> Int {
            let own = item[key]?.text?.unicodeScalars.count ?? 0
            let others = item[key + "_localizations"]?.object?.members.map { $0.value.text?.unicodeScalars.count ?? 0 } ?? []
            return max(own, others.max() ?? 0)
        }
        let value = item["value"]?.text?.unicodeScalars.count ?? 0
        let inner = ((item["options"]?.array ?? []) + (item["choices"]?.array ?? [])).map(size).reduce(0, +)
        return longest("name") + longest("description") + value + inner
    }
}
