package import Shared

extension Parameter where Value == ID<Member> {
    /// A mention, an id, "me", or a name that only one member has.
    package static func member(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .member)) { raw, context throws(Refusal) in
            let words = raw.words ?? ""
            if let id: ID<Member> = mentioned(words, marks: ["<@!", "<@"]) { return id }
            if words.lowercased() == "me", let member = context.member { return member }
            return try theOne(words, raw, "member", among: context.names.members(withoutAt(words, "@")))
        }
    }

    /// As `member`; whoever asks when nobody is named.
    package static func memberOrSelf(_ name: String, _ summary: String) -> Parameter {
        var parameter = member(name, summary)
        parameter.outline.isRequired = false
        parameter.missing = { context throws(Refusal) in
            guard let member = context.member else {
                throw .invalid("Say which member you mean.", field: name, hint: "An operator can also name one with `as`.")
            }
            return member
        }
        return parameter
    }
}

extension Parameter where Value == ID<Role> {
    /// A mention, an id or a name. The roles of a server are known, so that another server's are not found; of a server that nobody
    /// has seen yet any id is taken.
    package static func role(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .role)) { raw, context throws(Refusal) in
            let words = raw.words ?? ""
            let known = context.names.roles()
            if let id: ID<Role> = mentioned(words, marks: ["<@&"]), known.isEmpty || known.contains(where: { $0.id == id }) {
                return id
            }
            return try theOne(words, raw, "role", among: matching(withoutAt(words, "@"), known), of: known)
        }
    }
}

extension Parameter where Value == ID<Role> {
    /// As `role`, and also the id of one that is gone: for taking back what was set up about it.
    package static func formerRole(_ name: String, _ summary: String) -> Parameter {
        let present = role(name, summary)
        return Parameter(present.outline) { raw, context throws(Refusal) in
            if let id: ID<Role> = mentioned(raw.words ?? "", marks: ["<@&"]) { return id }
            return try present.parse(raw, context)
        }
    }
}

extension Parameter where Value == ID<Channel> {
    package static func channel(_ name: String, _ summary: String) -> Parameter {
        Parameter(Outline(name, summary, .channel)) { raw, context throws(Refusal) in
            let words = raw.words ?? ""
            if let id: ID<Channel> = mentioned(words, marks: ["<#"]) { return id }
            let known = context.names.channels()
            return try theOne(words, raw, "channel", among: matching(withoutAt(words, "#"), known), of: known)
        }
    }
}

/// An id by itself or inside a mention.
package func mentioned<Kind>(_ words: String, marks: [String]) -> ID<Kind>? {
    if let id = ID<Kind>(words) { return id }
    guard words.hasSuffix(">"), let mark = marks.first(where: words.hasPrefix) else { return nil }
    return ID<Kind>(words.dropFirst(mark.count).dropLast())
}

private func withoutAt(_ words: String, _ mark: Character) -> String { words.first == mark ? String(words.dropFirst()) : words }

private func matching<Kind>(_ words: String, _ all: [(id: ID<Kind>, name: String)]) -> [(id: ID<Kind>, name: String)] {
    let wanted = words.lowercased()
    let exact = all.filter { $0.name.lowercased() == wanted }
    return exact.isEmpty ? all.filter { !wanted.isEmpty && $0.name.lowercased().hasPrefix(wanted) } : exact
}

private func theOne<Kind>(
    _ words: String, _ raw: Raw, _ kind: String, among found: [(id: ID<Kind>, name: String)],
    of known: [(id: ID<Kind>, name: String)] = []
) throws(Refusal) -> ID<Kind> {
    let wanted = words.lowercased()
    let exact = found.filter { $0.name.lowercased() == wanted || "@\($0.name.lowercased())" == wanted }
    if let only = exact.count == 1 ? exact.first : (found.count == 1 ? found.first : nil) { return only.id }
    guard let example = found.first else {
        let near = nearest(to: words, among: known.map(\.name)).map { "Did you mean \"\($0)\"? " } ?? ""
        throw .notFound("There is no \(kind) \(raw.quoted) here.", hint: near + "A mention, an id or the exact name works.")
    }
    throw .invalid(
        "\(raw.quoted) could be several \(kind)s: \(found.prefix(5).map(\.name).joined(separator: ", ")).",
        hint: "Use a mention or an id, such as \(example.id).")
}
