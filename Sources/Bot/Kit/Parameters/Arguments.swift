package import Shared

/// What was given for one parameter, before anybody has read it.
package enum Raw: Hashable, Sendable {
    /// A word of a prefix command, or a form's field.
    case text(String)
    /// A slash option or a member of the control request's params.
    case json(JSON)

    var isMissing: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .json(let json): json.isNull
        }
    }

    /// As it is quoted in a refusal.
    package var quoted: String {
        switch self {
        case .text(let text): "\"\(text.prefix(60))\""
        case .json(.string(let text)): "\"\(text.prefix(60))\""
        case .json(let json): String(json.line.prefix(60))
        }
    }

    /// The words in it: numbers count as their digits.
    package var text: String? {
        switch self {
        case .text(let text): text
        case .json(.string(let text)): text
        case .json(.int(let number)): String(number)
        case .json(.double(let number)): "\(number)"
        case .json: nil
        }
    }

    var words: String? { text.map(trimmed) }
}

/// What was given for a whole command, and where.
package struct Arguments {
    package var values: [String: Raw]
    package var context: ReadingContext

    package init(_ values: [String: Raw], in context: ReadingContext) {
        self.values = values
        self.context = context
    }

    package func refuseUnknown(beside outlines: [Outline]) throws(Refusal) {
        let known = outlines.map(\.name)
        for name in values.keys.sorted() where !known.contains(name) {
            let near = nearest(to: name, among: known)
            throw Refusal.invalid(
                "There is no parameter \"\(name)\".", field: name,
                hint: near.map { "Did you mean \"\($0)\"?" }
                    ?? (known.isEmpty ? "It takes none." : "It takes: \(known.joined(separator: ", "))."))
        }
    }

    /// As the audit keeps them.
    package var json: JSON {
        .object(
            JSON.Object(
                values.sorted { $0.key < $1.key }.map { name, raw in
                    switch raw {
                    case .text(let text): (name, .string(text))
                    case .json(let json): (name, json)
                    }
                }))
    }
}

/// What a parameter may look at while it reads: the moment, the zone, and who and what there is in the guild.
package struct ReadingContext {
    package var now: Instant
    package var zone: Zone
    package var guild: ID<Guild>?
    /// Who asks, for words such as "me".
    package var member: ID<Member>?
    package var names: GuildNames
    /// What Discord says of the things that slash options name.
    package var resolved: JSON

    package init(
        now: Instant, zone: Zone, guild: ID<Guild>?, member: ID<Member>? = nil, names: GuildNames = .none,
        resolved: JSON = .null
    ) {
        self.now = now
        self.zone = zone
        self.guild = guild
        self.member = member
        self.names = names
        self.resolved = resolved
    }

    /// For values that were checked when they were stored.
    package static var bare: ReadingContext { ReadingContext(now: Instant(milliseconds: 0), zone: .utc, guild: nil) }
}

/// Finds ids by what people call them. Each closure looks when it is asked, so that nothing is copied for a command that
/// names nobody.
package struct GuildNames {
    package var members: (String) -> [(id: ID<Member>, name: String)]
    package var roles: () -> [(id: ID<Role>, name: String)]
    package var channels: () -> [(id: ID<Channel>, name: String)]

    package init(
        members: @escaping (String) -> [(id: ID<Member>, name: String)],
        roles: @escaping () -> [(id: ID<Role>, name: String)],
        channels: @escaping () -> [(id: ID<Channel>, name: String)]
    ) {
        self.members = members
        self.roles = roles
        self.channels = channels
    }

    package init(_ directory: any Directory, _ guild: ID<Guild>?) {
        self.init(
            members: { name in
                guild.map { directory.members(named: name, in: $0, limit: 10).map { ($0.id, $0.name) } } ?? []
            },
            roles: { guild.map { directory.roles(in: $0).map { ($0.id, $0.name) } } ?? [] },
            channels: { guild.map { directory.channels(in: $0).map { ($0.id, $0.name) } } ?? [] })
    }

    package static var none: GuildNames { GuildNames(members: { _ in [] }, roles: { [] }, channels: { [] }) }
}
