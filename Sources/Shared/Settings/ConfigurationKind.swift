internal import Machine
internal import Shared

/// Why a value cannot be used, and in which line it stands.
struct Unfit: Error {
    let reason: String
    let line: Int
}

/// How a value is read from YAML, written as YAML and named to a person. Reading throws a sentence about what was given.
struct ConfigurationKind<Value: Sendable>: Sendable {
    /// "a whole number from 1 to 9", as in "expected …".
    let noun: String
    /// Environment variables hold lists as words between commas.
    var isList = false
    let read: @Sendable (YAMLNode) throws(Unfit) -> Value
    let write: @Sendable (Value) -> String
}

extension ConfigurationKind {
    /// A scalar that the given closure understands; nil means that it does not fit.
    static func scalar(
        _ noun: String, write: @escaping @Sendable (Value) -> String, read: @escaping @Sendable (String) -> Value?
    ) -> Self {
        ConfigurationKind(
            noun: noun,
            read: { node throws(Unfit) in
                guard case .scalar(let text, _) = node.content, let value = read(text) else {
                    throw Unfit(reason: "\(node.quoted) is not \(noun)", line: node.line)
                }
                return value
            }, write: write)
    }

    /// A list of such values; one alone needs no brackets.
    static func list<Item>(of item: ConfigurationKind<Item>, _ noun: String) -> Self where Value == [Item] {
        ConfigurationKind(
            noun: noun, isList: true,
            read: { node throws(Unfit) in
                let nodes = if case .sequence(let nodes) = node.content { nodes } else { [node] }
                var items: [Item] = []
                for node in nodes {
                    items.append(try item.read(node))
                }
                return items
            }, write: { "[" + $0.map(item.write).joined(separator: ", ") + "]" })
    }

    /// One of the words of an enumeration.
    static func choice() -> Self where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
        let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return scalar("one of \(words)", write: \.rawValue) { Value(rawValue: $0) }
    }
}

extension ConfigurationKind<String> {
    static let text = scalar("a text on one line", write: quote) { $0.unicodeScalars.allSatisfy(isPrintable) ? $0 : nil }
    static let word = scalar("a text that is not empty", write: quote) {
        $0.isEmpty || !$0.unicodeScalars.allSatisfy(isPrintable) ? nil : $0
    }
    static let path = scalar("a path that begins with /", write: quote) {
        $0.isEmpty || ($0.hasPrefix("/") && $0.unicodeScalars.allSatisfy(isPrintable)) ? $0 : nil
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x20 && scalar.value != 0x7F }

    private static func quote(_ text: String) -> String { JSON.string(text).line }
}

extension ConfigurationKind {
    static func id<Kind>() -> Self where Value == ID<Kind> { scalar("an id of Discord", write: \.description) { ID<Kind>($0) } }
}

extension ConfigurationKind<Bool> {
    static let yesNo = scalar("yes or no", write: { $0 ? "yes" : "no" }) { text in
        switch text.lowercased() {
        case "yes", "true", "on": true
        case "no", "false", "off": false
        default: nil
        }
    }
}

extension ConfigurationKind<Int> {
    static func whole(_ range: ClosedRange<Int>) -> Self {
        scalar("a whole number from \(range.lowerBound) to \(range.upperBound)", write: { "\($0)" }) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ConfigurationKind<Configuration.Shards> {
    static let shards = scalar(
        "auto or a whole number from 1 to 10000",
        write: {
            switch $0 {
            case .auto: "auto"
            case .count(let count): "\(count)"
            }
        },
        read: { text in
            if text == "auto" { return .auto }
            return Int(text).flatMap { (1...10_000).contains($0) ? .count($0) : nil }
        })
}

extension ConfigurationKind<Configuration.Account> {
    static let account = scalar(
        "a name or a number",
        write: {
            switch $0 {
            case .number(let number): "\(number)"
            case .name(let name): name
            }
        },
        read: { text in
            if let number = UInt32(text) { return .number(number) }
            let isName = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x3A && $0 != 0x2F && $0 != 0x7F }
            let isNumber = text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 || $0 == 45 }
            return isName && !isNumber && !text.isEmpty ? .name(text) : nil
        })
}

extension ConfigurationKind<RemoteAddress?> {
    /// Empty is none.
    static let addressOrNone = ConfigurationKind(
        noun: "an address",
        read: { node throws(Unfit) in
            if case .scalar("", _) = node.content { return nil }
            return try ConfigurationKind<RemoteAddress>.address.read(node)
        }, write: { $0.map { "\($0)" } ?? "\"\"" })
}

extension ConfigurationKind<WebPlace?> {
    /// Empty is none.
    static let webPlace = ConfigurationKind(
        noun: "a port, or an address in digits with one, such as 127.0.0.1:9190",
        read: { node throws(Unfit) in
            guard case .scalar(let text, _) = node.content, text.isEmpty || WebPlace(text) != nil else {
                throw Unfit(
                    reason: "\(node.quoted) is not a port, or an address in digits with one, such as 127.0.0.1:9190",
                    line: node.line)
            }
            return WebPlace(text)
        }, write: { $0.map { "\"\($0)\"" } ?? "\"\"" })
}

extension ConfigurationKind<RemoteAddress> {
    static let address = ConfigurationKind(
        noun: "an address",
        read: { node throws(Unfit) in
            guard case .scalar(let text, _) = node.content else {
                throw Unfit(reason: "\(node.quoted) is not an address", line: node.line)
            }
            do throws(RemoteAddress.Refused) { return try RemoteAddress(parsing: text) } catch {
                throw Unfit(reason: error.description, line: node.line)
            }
        }, write: { "\($0)" })
}
