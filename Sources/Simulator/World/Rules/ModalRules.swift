import Shared

/// The limits of a modal.
enum ModalRules {
    static func check(_ modal: JSON, _ form: inout Form) {
        form.length(modal["title"] ?? "", ["data", "title"], 1...45)
        form.length(modal["custom_id"] ?? "", ["data", "custom_id"], 1...100)
        let children = modal["components"]?.array ?? []
        if !(1...5).contains(children.count) {
            form.note("data", "components", code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
        }
        var ids: Set<String> = []
        for (index, child) in children.enumerated() {
            let at = ["data", "components", String(index)]
            switch child["type"]?.int {
            case 1: field(child["components"]?[0] ?? .null, at + ["components", "0"], labelled: true, &ids, &form)
            case 10: form.length(child["content"] ?? "", at + ["content"], 1...4000)
            case 18:
                form.length(child["label"] ?? "", at + ["label"], 1...45)
                form.length(child["description"], at + ["description"], 0...100)
                field(child["component"] ?? .null, at + ["component"], labelled: false, &ids, &form)
            default: form.note(at + ["type"], code: "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of (1, 10, 18).")
            }
        }
    }

    private static func field(_ field: JSON, _ at: [String], labelled: Bool, _ ids: inout Set<String>, _ form: inout Form) {
        guard let type = field["type"]?.int, labelled ? type == 4 : [3, 4, 5, 6, 7, 8, 19, 21, 22, 23].contains(type) else {
            return form.note(at + ["type"], code: "UNION_TYPE_CHOICES", "This component has no place in a modal.")
        }
        form.length(field["custom_id"] ?? "", at + ["custom_id"], 1...100)
        if let id = field["custom_id"]?.text, !ids.insert(id).inserted {
            form.note(at + ["custom_id"], code: "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        }
        if field["disabled"] != nil {
            form.note(at + ["disabled"], code: "BASE_TYPE_INVALID", "disabled has no place in a modal")
        }
        if type == 3 { choices(field, at, &form) }
        guard type == 4 else { return }
        if labelled { form.length(field["label"] ?? "", at + ["label"], 1...45) }
        form.length(field["placeholder"], at + ["placeholder"], 0...100)
        form.length(field["value"], at + ["value"], 0...4000)
        form.number(field["min_length"], at + ["min_length"], 0...4000)
        form.number(field["max_length"], at + ["max_length"], 1...4000)
        if ![1, 2].contains(field["style"]?.int) {
            form.note(at + ["style"], code: "BASE_TYPE_CHOICES", "Value must be one of (1, 2).")
        }
    }

    /// A list in a window must let something be chosen where it must be answered.
    private static func choices(_ field: JSON, _ at: [String], _ form: inout Form) {
        let options = field["options"]?.array ?? []
        if !(1...25).contains(options.count) {
            form.note(at + ["options"], code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
        }
        for (index, option) in options.enumerated() {
            for key in ["label", "value"] { form.length(option[key] ?? "", at + ["options", String(index), key], 1...100) }
        }
        if Set(options.compactMap { $0["value"]?.text }).count != options.count {
            form.note(at + ["options"], code: "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is used")
        }
        let least: Int64 = field["min_values"]?.int ?? 1
        form.number(field["min_values"], at + ["min_values"], field["required"] == false ? 0...25 : 1...25)
        form.number(
            field["max_values"], at + ["max_values"], max(1, min(least, 25))...max(1, least, Int64(min(25, options.count))))
        let chosen = options.filter { $0["default"] == true }.count
        if chosen > Int(field["max_values"]?.int ?? 1) {
            form.note(at + ["options"], code: "TOO_MANY_DEFAULT_VALUES", "More options are chosen than may be")
        }
    }
}
