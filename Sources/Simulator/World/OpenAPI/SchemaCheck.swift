import Shared

/// Holds a value against a schema. Fields that the schema does not name are refused.
struct SchemaCheck {
    typealias Complaint = Description.Complaint

    let schemas: [String: JSON]
    /// Permission sets are numbers in the document and strings in the world.
    private static let bitFields: Set = ["permissions", "allow", "deny", "default_member_permissions"]

    func check(_ value: JSON, against schema: JSON, at path: [String]) -> [Complaint] {
        let schema = resolved(schema)
        if let choices = (schema["oneOf"] ?? schema["anyOf"])?.array, choices.first?["const"] == nil {
            return closest(value, choices, path)
        }
        var complaints = kind(value, schema, path)
        if !complaints.isEmpty { return complaints }
        if let choices = schema["oneOf"]?.array, !choices.contains(where: { same($0["const"], value) }) {
            complaints.append(Complaint(path: path, reason: "\(value.line) is none of the known values"))
        }
        if let choices = schema["enum"]?.array, !choices.contains(where: { same($0, value) }) {
            complaints.append(Complaint(path: path, reason: "\(value.line) is not one of \(JSON.array(choices).line)"))
        }
        for part in schema["allOf"]?.array ?? [] where schema["properties"] == nil {
            complaints += check(value, against: part, at: path)
        }
        switch value {
        case .object(let object): complaints += members(object, schema, path)
        case .array(let items): complaints += list(items, schema, path)
        case .string(let text): complaints += words(text, schema, path)
        case .int, .double: complaints += range(value, schema, path)
        default: break
        }
        return complaints
    }

    private func resolved(_ schema: JSON) -> JSON {
        guard let name = schema["$ref"]?.text?.split(separator: "/").last else { return schema }
        return schemas[String(name)] ?? schema
    }

    private func same(_ a: JSON?, _ b: JSON) -> Bool { a == b || a?.int != nil && a?.int == b.int }

    /// The branch that complains least is the one that was meant.
    private func closest(_ value: JSON, _ choices: [JSON], _ path: [String]) -> [Complaint] {
        var best: [Complaint]?
        for choice in choices {
            let complaints = check(value, against: choice, at: path)
            if complaints.isEmpty { return [] }
            let isTyped = !complaints.contains { $0.path == path + ["type"] || $0.path == path }
            let bestIsTyped = best.map { !$0.contains { $0.path == path + ["type"] || $0.path == path } } ?? false
            if best == nil || isTyped && !bestIsTyped || isTyped == bestIsTyped && complaints.count < best?.count ?? 0 {
                best = complaints
            }
        }
        return best ?? []
    }

    private func kind(_ value: JSON, _ schema: JSON, _ path: [String]) -> [Complaint] {
        guard let types = schema["type"]?.array?.compactMap(\.text) ?? schema["type"]?.text.map({ [$0] }) else { return [] }
        let fits = types.contains { type in
            switch (type, value) {
            case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object),
                ("number", .int), ("number", .double):
                true
            case ("integer", _):
                value.int != nil || Self.bitFields.contains(path.last ?? "") && value.text.flatMap { UInt64($0) } != nil
            default: false
            }
        }
        return fits ? [] : [Complaint(path: path, reason: "\(value.line.prefix(60)) is no \(types.joined(separator: " or "))")]
    }

    private func members(_ object: JSON.Object, _ schema: JSON, _ path: [String]) -> [Complaint] {
        var complaints: [Complaint] = []
        var named = schema["properties"]?.object?.members ?? []
        var required = schema["required"]?.array ?? []
        for part in schema["allOf"]?.array ?? [] {
            named += resolved(part)["properties"]?.object?.members ?? []
            required += resolved(part)["required"]?.array ?? []
        }
        for name in required.compactMap(\.text) where object[name] == nil {
            complaints.append(Complaint(path: path + [name], reason: "This field is required"))
        }
        if let most = schema["maxProperties"]?.int, object.members.count > most {
            complaints.append(Complaint(path: path, reason: "more than \(most) members"))
        }
        for (key, value) in object.members {
            if let inner = named.first(where: { $0.key == key })?.value {
                complaints += check(value, against: inner, at: path + [key])
            } else if let inner = schema["additionalProperties"], inner.object != nil {
                complaints += check(value, against: inner, at: path + [key])
            } else if !named.isEmpty {
                complaints.append(Complaint(path: path + [key], reason: "unknown field", isUnknownField: true))
            }
        }
        return complaints
    }

    private func list(_ items: [JSON], _ schema: JSON, _ path: [String]) -> [Complaint] {
        var complaints: [Complaint] = []
        let most = schema["maxItems"]?.int ?? .max
        let least = schema["minItems"]?.int ?? 0
        if items.count > most || items.count < least {
            complaints.append(Complaint(path: path, reason: "\(items.count) items, \(least) to \(most) are allowed"))
        }
        if schema["uniqueItems"]?.bool == true, Set(items).count != items.count {
            complaints.append(Complaint(path: path, reason: "an item is repeated"))
        }
        guard let inner = schema["items"] else { return complaints }
        for (index, item) in items.enumerated() { complaints += check(item, against: inner, at: path + [String(index)]) }
        return complaints
    }

    private func words(_ text: String, _ schema: JSON, _ path: [String]) -> [Complaint] {
        let count = Int64(text.unicodeScalars.count)
        if count > schema["maxLength"]?.int ?? .max || count < schema["minLength"]?.int ?? 0 {
            return [Complaint(path: path, reason: "a text of \(count) characters")]
        }
        let isSnowflake = schema["format"]?.text == "snowflake"
        if isSnowflake, UInt64(text) == nil { return [Complaint(path: path, reason: "\(text) is no snowflake")] }
        return []
    }

    private func range(_ value: JSON, _ schema: JSON, _ path: [String]) -> [Complaint] {
        guard let number = value.double else { return [] }
        if number > schema["maximum"]?.double ?? .infinity || number < schema["minimum"]?.double ?? -.infinity {
            return [Complaint(path: path, reason: "\(value.line) is out of range")]
        }
        return []
    }
}
