/// What `meta.describe` says of one parameter: enough for a flag, a form field and its completion.
package struct ControlParameter: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case text, whole, decimal, choice, duration, date, member, role, channel, message, emoji, colour, file, lookup
        case yesNo = "yes_no"
    }

    package struct Choice: Hashable, Sendable {
        package var value: String
        package var label: String

        package init(value: String, label: String) {
            self.value = value
            self.label = label
        }

        package init?(_ json: JSON) {
            guard let value = json["value"]?.plain ?? json.text else { return nil }
            self.init(value: value, label: json["label"]?.text ?? value)
        }
    }

    package var name: String
    package var summary: String
    package var kind: Kind
    package var required: Bool
    package var standard: JSON?
    package var least: JSON?
    package var most: JSON?
    package var unit: String?
    package var choices: [Choice]
    package var completes: Bool
    /// In a shell a file is named, whose text it is.
    package var isDocument: Bool

    /// A kind we do not know yet is read as text: the daemon judges it.
    package init?(_ json: JSON) {
        guard let name = json["name"]?.text else { return nil }
        self.name = name
        summary = json["summary"]?.text ?? ""
        kind = json["kind"]?.text.flatMap(Kind.init) ?? .text
        required = json["required"]?.bool ?? false
        standard = json["default"].flatMap { $0.isNull ? nil : $0 }
        least = json["min"].flatMap { $0.isNull ? nil : $0 }
        most = json["max"].flatMap { $0.isNull ? nil : $0 }
        unit = json["unit"]?.text
        choices = json["choices"]?.array?.compactMap(Choice.init) ?? []
        completes = json["completes"]?.bool ?? false
        isDocument = json["document"]?.bool ?? false
    }

    /// Words as this parameter travels. What does not read as its kind goes as text, so that the daemon refuses it with its reason.
    package func value(reading words: String) -> JSON {
        switch kind {
        case .whole: Int64(words).map(JSON.int) ?? .string(words)
        case .decimal: Int64(words).map(JSON.int) ?? Double(words).map(JSON.double) ?? .string(words)
        case .yesNo:
            switch words.lowercased() {
            case "yes", "y", "true", "on", "1": true
            case "no", "n", "false", "off", "0": false
            default: .string(words)
            }
        default: .string(words)
        }
    }
}

/// What `meta.describe` says of one method.
package struct ControlMethod: Hashable, Sendable {
    package enum Scope: String, Sendable { case guild, house, either }

    package var name: String
    package var summary: String
    package var access: String
    package var scope: Scope
    package var changes: Bool
    package var dryRun: Bool
    package var also: [String]
    package var example: String
    package var parameters: [ControlParameter]
    /// The member of the result that is the text of a file.
    package var document: String?

    /// Something that is given parameters as a method is.
    package init(name: String, summary: String, scope: Scope, parameters: [ControlParameter]) {
        self.name = name
        self.summary = summary
        self.scope = scope
        self.parameters = parameters
        access = ""
        changes = false
        dryRun = false
        also = []
        example = ""
    }

    package init?(_ json: JSON) {
        guard let name = json["method"]?.text else { return nil }
        self.name = name
        summary = json["summary"]?.text ?? ""
        access = json["access"]?.text ?? ""
        scope = json["scope"]?.text.flatMap(Scope.init) ?? .either
        changes = json["changes"]?.bool ?? false
        dryRun = json["dry_run"]?.bool ?? changes
        also = json["also"]?.array?.compactMap(\.text) ?? []
        example = json["example"]?.text ?? ""
        parameters = json["parameters"]?.array?.compactMap(ControlParameter.init) ?? []
        document = json["document"]?.text
    }
}

extension JSON {
    /// A single value as a person would write it; nil for lists and objects.
    package var plain: String? {
        switch self {
        case .null: ""
        case .bool(let flag): flag ? "yes" : "no"
        case .int(let number): String(number)
        case .double(let number): Int64(exactly: number).map { String($0) } ?? "\(number)"
        case .string(let text): text
        case .array, .object: nil
        }
    }
}
