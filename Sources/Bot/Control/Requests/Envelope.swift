package import Kit
package import Shared

/// What every command understands beside its own parameters. A command's own parameter of the same name wins.
package struct Envelope: Hashable {
    package var guild: ID<Guild>?
    package var member: ID<Member>?
    package var isDryRun = false
    package var confirm: String?
    package var idem: String?
    package var ifVersion: Int64?
    /// The command's own.
    package var own = JSON.Object()

    /// Those of the names that a command without parameters of these names takes.
    package static let names = ["guild", "as", "dry_run", "confirm", "idem", "if_version"]
    package static let paging = ["cursor", "limit"]
    private static let longestKey = 64
    private static let longestToken = 256

    package init() {}

    package init(splitting params: JSON.Object, beside outlines: [Outline]) throws(Failure) {
        for (name, value) in params.members {
            if let outline = outlines.first(where: { $0.name == name }) {
                try Self.checkDigits(value, outline)
                own[name] = value
            } else if Self.paging.contains(name) {
                throw .invalid(
                    "This method has no pages, so it takes no \(name).", field: name, hint: "Leave it out.")
            } else if Self.names.contains(name) {
                if !value.isNull { try take(name, value) }
            } else {
                throw Self.unknown(name, among: outlines.map(\.name) + Self.names)
            }
        }
    }

    private mutating func take(_ name: String, _ value: JSON) throws(Failure) {
        switch name {
        case "guild": guild = try Self.id(value, name)
        case "as": member = try Self.id(value, name)
        case "dry_run":
            guard let flag = value.bool else { throw .invalid("dry_run is true or false.", field: name) }
            isDryRun = flag
        case "confirm": confirm = try Self.words(value, name, Self.longestToken)
        case "idem": idem = try Self.words(value, name, Self.longestKey)
        default:
            guard let version = value.int else { throw .invalid("if_version is a whole number.", field: name) }
            ifVersion = version
        }
    }

    package static func id<Kind>(_ value: JSON, _ field: String, _: Kind.Type = Kind.self) throws(Failure) -> ID<Kind> {
        if value.double != nil { throw digitsLost(field) }
        guard let id = value.id(Kind.self) else {
            throw .invalid("\(field) is an id: a text of digits, not \(Raw.json(value).quoted).", field: field)
        }
        return id
    }

    package static func words(_ value: JSON, _ field: String, _ longest: Int) throws(Failure) -> String {
        guard let text = value.text, !text.isEmpty, text.utf8.count <= longest else {
            throw .invalid("\(field) is a text of 1 to \(longest) bytes.", field: field)
        }
        return text
    }

    /// Many programs keep numbers as doubles, which cannot hold an id.
    private static func checkDigits(_ value: JSON, _ outline: Outline) throws(Failure) {
        switch outline.kind {
        case .member, .role, .channel, .message: if value.double != nil { throw digitsLost(outline.name) }
        default: return
        }
    }

    private static func digitsLost(_ field: String) -> Failure {
        .invalid(
            "\(field) is a number, and programs lose the last digits of such numbers.", field: field,
            hint: "Write ids as texts, in quotation marks.")
    }

    package static func unknown(_ name: String, among known: [String]) -> Failure {
        let shown = String(name.prefix(60))
        return .invalid(
            "There is no parameter \"\(shown)\".", field: shown,
            hint: nearest(to: name, among: known).map { "Did you mean \"\($0)\"?" }
                ?? "It takes: \(known.joined(separator: ", ")).")
    }
}
