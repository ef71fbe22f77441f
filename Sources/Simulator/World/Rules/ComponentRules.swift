import Shared

/// The limits of message components, old rows and new layouts alike.
struct ComponentRules {
    private var ids: Set<String> = []
    private var count = 0
    private var text = 0
    private let isLayout: Bool

    private init(isLayout: Bool) { self.isLayout = isLayout }

    static func check(_ components: [JSON], isLayout: Bool, _ form: inout Form) {
        var rules = ComponentRules(isLayout: isLayout)
        if !isLayout, components.count > 5 {
            form.note("components", code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
        }
        for (index, component) in components.enumerated() {
            let at = ["components", String(index)]
            let allowed: Set<Int64> = isLayout ? [1, 9, 10, 12, 13, 14, 17] : [1]
            rules.visit(component, allowed, at, &form)
        }
        if rules.count > 40 { form.note("components", code: "BASE_TYPE_MAX_LENGTH", "More than 40 components.") }
        if rules.text > 4000 { form.note("components", code: "BASE_TYPE_MAX_LENGTH", "More than 4000 characters of text.") }
    }

    private mutating func visit(_ component: JSON, _ allowed: Set<Int64>, _ at: [String], _ form: inout Form) {
        count += 1
        guard let type = component["type"]?.int, allowed.contains(type) else {
            return form.note(
                at + ["type"], code: "UNION_TYPE_CHOICES", "Value of field \"type\" must be one of \(allowed.sorted()).")
        }
        switch type {
        case 1: row(component, at, &form)
        case 2: button(component, at, &form)
        case 3, 5, 6, 7, 8: select(component, at, &form)
        case 9: section(component, at, &form)
        case 10:
            form.length(component["content"] ?? "", at + ["content"], 1...4000)
            text += component["content"]?.text?.unicodeScalars.count ?? 0
        case 17:
            for (index, child) in (component["components"]?.array ?? []).enumerated() {
                visit(child, [1, 9, 10, 12, 13, 14], at + ["components", String(index)], &form)
            }
        case 12:
            let items = component["items"]?.array ?? []
            if !(1...10).contains(items.count) {
                form.note(at + ["items"], code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 10 in length.")
            }
        default: break
        }
    }

    private mutating func row(_ row: JSON, _ at: [String], _ form: inout Form) {
        let children = row["components"]?.array ?? []
        let selects = children.filter { $0["type"]?.int != 2 }.count
        if children.isEmpty || children.count > 5 {
            form.note(at + ["components"], code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
        } else if selects > 1 || selects == 1 && children.count > 1 {
            form.note(
                at + ["components"], code: "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width")
        }
        for (index, child) in children.enumerated() {
            visit(child, [2, 3, 5, 6, 7, 8], at + ["components", String(index)], &form)
        }
    }

    private mutating func named(_ component: JSON, _ at: [String], _ form: inout Form) {
        form.length(component["custom_id"] ?? "", at + ["custom_id"], 1...100)
        if let id = component["custom_id"]?.text, !ids.insert(id).inserted {
            form.note(at + ["custom_id"], code: "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        }
    }

    private mutating func button(_ button: JSON, _ at: [String], _ form: inout Form) {
        form.length(button["label"], at + ["label"], 0...80)
        guard let style = button["style"]?.int, (1...6).contains(style) else {
            return form.note(at + ["style"], code: "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3, 4, 5, 6).")
        }
        if style == 5 {
            if button["custom_id"]?.text != nil {
                form.note(
                    at, code: "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified")
            }
            form.length(button["url"] ?? "", at + ["url"], 1...512)
        } else if style < 5 {
            named(button, at, &form)
        }
        if style < 6, (button["label"]?.text ?? "").isEmpty, button["emoji"]?.object == nil {
            form.note(at, code: "BUTTON_COMPONENT_INVALID", "A label or an emoji is required")
        }
    }

    private mutating func select(_ select: JSON, _ at: [String], _ form: inout Form) {
        named(select, at, &form)
        form.length(select["placeholder"], at + ["placeholder"], 0...150)
        form.number(select["min_values"], at + ["min_values"], 0...25)
        form.number(select["max_values"], at + ["max_values"], 1...25)
        guard select["type"] == 3 else { return }
        let options = select["options"]?.array ?? []
        if !(1...25).contains(options.count) {
            form.note(at + ["options"], code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
        }
        let (least, most) = (select["min_values"]?.int ?? 1, select["max_values"]?.int ?? 1)
        if least > most {
            form.note(at + ["min_values"], code: "NUMBER_TYPE_MAX", "int value should be less than or equal to \(most).")
        }
        if options.count < max(least, most) {
            form.note(
                at + ["options"], code: "BASE_TYPE_BAD_LENGTH", "Must be between \(max(least, most)) and 25 in length.")
        }
        if options.filter({ $0["default"] == true }).count > most {
            form.note(
                at + ["options"], code: "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "More default values than may be chosen")
        }
        if Set(options.compactMap { $0["value"]?.text }).count != options.count {
            form.note(
                at + ["options"], code: "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used"
            )
        }
        for (index, option) in options.enumerated() {
            form.length(option["label"] ?? "", at + ["options", String(index), "label"], 1...100)
            form.length(option["value"] ?? "", at + ["options", String(index), "value"], 1...100)
            form.length(option["description"], at + ["options", String(index), "description"], 0...100)
        }
    }

    private mutating func section(_ section: JSON, _ at: [String], _ form: inout Form) {
        let texts = section["components"]?.array ?? []
        if !(1...3).contains(texts.count) {
            form.note(at + ["components"], code: "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 3 in length.")
        }
        for (index, child) in texts.enumerated() { visit(child, [10], at + ["components", String(index)], &form) }
        guard let accessory = section["accessory"] else {
            return form.note(at + ["accessory"], code: "BASE_TYPE_REQUIRED", "This field is required")
        }
        visit(accessory, [2, 11], at + ["accessory"], &form)
    }
}
