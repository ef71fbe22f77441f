import Shared

/// What may stand below a message, or in a form.
struct ComponentLimits {
    private var ids: Set<String> = []
    private var count = 0
    private var words = 0

    static func check(_ components: [JSON], isLayout: Bool, _ path: String, _ check: inout BodyCheck) {
        var limits = ComponentLimits()
        if !isLayout { check.count(components.count, path + "components", 0...5) }
        for (index, component) in components.enumerated() {
            let kinds: Set<Int64> = isLayout ? [1, 9, 10, 12, 13, 14, 17] : [1]
            limits.visit(component, kinds, "\(path)components.\(index)", &check)
        }
        if limits.count > 40 { check.note(path + "components", "\(limits.count) of them, at most 40 fit") }
        if limits.words > 4_000 { check.note(path + "components", "\(limits.words) characters together, at most 4000 fit") }
    }

    private mutating func visit(_ component: JSON, _ kinds: Set<Int64>, _ at: String, _ check: inout BodyCheck) {
        count += 1
        guard let kind = component["type"]?.int, kinds.contains(kind) else {
            return check.note(at, "\(component["type"]?.line ?? "nothing") has no place here")
        }
        let children = component["components"]?.array ?? []
        switch kind {
        case 1:
            let isMenu = children.first.map { $0["type"]?.int != 2 } ?? false
            check.count(children.count, at + ".components", 1...(isMenu ? 1 : 5))
            for (index, child) in children.enumerated() {
                visit(child, isMenu ? [3, 5, 6, 7, 8] : [2], "\(at).components.\(index)", &check)
            }
        case 2: button(component, at, &check)
        case 3, 5, 6, 7, 8: menu(component, at, &check)
        case 9:
            check.count(children.count, at + ".components", 1...3)
            for (index, child) in children.enumerated() { visit(child, [10], "\(at).components.\(index)", &check) }
            visit(component["accessory"] ?? .null, [2, 11], at + ".accessory", &check)
        case 10:
            check.needed(component["content"], at + ".content", 1...4_000)
            words += Clipping.count(component["content"]?.text ?? "")
        case 12: check.count(component["items"]?.array?.count ?? 0, at + ".items", 1...10)
        case 17:
            for (index, child) in children.enumerated() {
                visit(child, [1, 9, 10, 12, 13, 14], "\(at).components.\(index)", &check)
            }
        default: break
        }
    }

    private mutating func named(_ component: JSON, _ at: String, _ check: inout BodyCheck) {
        check.needed(component["custom_id"], at + ".custom_id", 1...100)
        if !ids.insert(component["custom_id"]?.text ?? "").inserted { check.note(at + ".custom_id", "stands there twice") }
    }

    private mutating func button(_ button: JSON, _ at: String, _ check: inout BodyCheck) {
        check.one(of: [1, 2, 3, 4, 5, 6], button["style"] ?? 0, at + ".style")
        check.text(button["label"], at + ".label", 0...80)
        if button["style"]?.int == 5 {
            check.needed(button["url"], at + ".url", 1...512)
        } else if button["style"]?.int != 6 {
            named(button, at, &check)
        }
        if (button["label"]?.text ?? "").isEmpty, button["emoji"]?.object == nil, button["style"]?.int != 6 {
            check.note(at, "has neither words nor an emoji")
        }
    }

    private mutating func menu(_ menu: JSON, _ at: String, _ check: inout BodyCheck) {
        named(menu, at, &check)
        check.text(menu["placeholder"], at + ".placeholder", 0...150)
        check.number(menu["min_values"], at + ".min_values", 0...25)
        check.number(menu["max_values"], at + ".max_values", 1...25)
        guard menu["type"]?.int == 3 else { return }
        let options = menu["options"]?.array ?? []
        check.count(options.count, at + ".options", 1...25)
        let (least, most) = (menu["min_values"]?.int ?? 1, menu["max_values"]?.int ?? 1)
        if least > most || most > options.count {
            check.note(at + ".max_values", "from \(least) to \(most) of \(options.count) cannot be chosen")
        }
        if Set(options.compactMap { $0["value"]?.text }).count != options.count {
            check.note(at + ".options", "two have one value")
        }
        for (index, option) in options.enumerated() {
            check.needed(option["label"], "\(at).options.\(index).label", 1...100)
            check.needed(option["value"], "\(at).options.\(index).value", 1...100)
            check.text(option["description"], "\(at).options.\(index).description", 0...100)
        }
    }

    // MARK: - Forms

    static func checkForm(_ form: JSON, _ check: inout BodyCheck) {
        var limits = ComponentLimits()
        check.needed(form["title"], "data.title", 1...45)
        check.needed(form["custom_id"], "data.custom_id", 1...100)
        let fields = form["components"]?.array ?? []
        check.count(fields.count, "data.components", 1...5)
        for (index, field) in fields.enumerated() {
            let at = "data.components.\(index)"
            check.one(of: [10, 18], field["type"] ?? 0, at + ".type")
            guard field["type"]?.int == 18 else { continue }
            check.needed(field["label"], at + ".label", 1...45)
            check.text(field["description"], at + ".description", 0...100)
            let inner = field["component"] ?? .null
            if inner["type"]?.int == 3 {
                limits.menu(inner, at, &check)
                continue
            }
            limits.named(inner, at, &check)
            guard inner["type"]?.int == 4 else { continue }
            check.one(of: [1, 2], inner["style"] ?? 0, at + ".style")
            check.text(inner["value"], at + ".value", 0...4_000)
            check.text(inner["placeholder"], at + ".placeholder", 0...100)
            check.number(inner["max_length"], at + ".max_length", 1...4_000)
        }
    }
}
