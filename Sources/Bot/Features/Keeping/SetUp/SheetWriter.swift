internal import Kit
internal import Shared

/// Writes what is set up as text: always in one order, things of Discord by their names and ids, so that a folder of a version
/// control shows what has changed and a reader knows what is meant.
struct SheetWriter {
    private let turn: Turn
    private let names: GuildNamesByID

    init(_ turn: Turn) {
        self.turn = turn
        names = GuildNamesByID(turn)
    }

    func text(of state: GuildState) -> String {
        var lines = [
            "# \(turn.house.directory.guild(turn.guild ?? turn.noGuild)?.name.inert ?? "A server"): what is set up.",
            "# hearth guild plan FILE says what this text would change, hearth guild apply FILE does it.",
            "# A heading that is here is all there is of its kind; one that is left out stays as it is. Ids win over names.",
            "hearth: 1",
        ]
        for kind in turn.configured {
            guard let section = state.sections.first(where: { $0.heading == kind.heading }) else { continue }
            lines += ["", "# \(kind.summary)"] + self.lines(of: section, kind)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A record's name, that of a thing of Discord with its id.
    func name(of name: String, _ kind: Configured) -> String {
        if case .about(let reference?) = kind.naming { names.spelled(name, reference) } else { name }
    }

    private func lines(of section: GuildState.Section, _ kind: Configured) -> [String] {
        let heading = YAMLText.scalar(kind.heading)
        guard !section.records.isEmpty else { return ["\(heading): " + (kind.isList ? "[]" : "{}")] }
        return ["\(heading):"] + section.records.flatMap { lines(of: $0, kind) }
    }

    private func lines(of record: Configured.Record, _ kind: Configured) -> [String] {
        let title = YAMLText.scalar(name(of: record.name, kind))
        switch kind.form {
        case .name: return ["  - \(title)"]
        case .value:
            let value = record[Configured.Record.value] ?? ""
            return lines(title, value, kind.kind(turn, record.name, Configured.Record.value), indent: 2)
        case .values:
            guard !record.values.isEmpty else { return ["  \(title): {}"] }
            return ["  \(title):"]
                + record.values.members.flatMap { key, value in
                    lines(YAMLText.scalar(key), value, kind.kind(turn, record.name, key), indent: 4)
                }
        }
    }

    private func lines(_ title: String, _ value: JSON, _ kind: Outline.Kind?, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        if let items = value.array {
            guard !items.isEmpty else { return [margin + title + ": []"] }
            return [margin + title + ":"] + items.map { margin + "  - " + YAMLText.scalar(spelled($0, kind)) }
        }
        return YAMLText.lines(title, spelled(value, kind), margin: margin)
    }

    private func spelled(_ value: JSON, _ kind: Outline.Kind?) -> String {
        let text = Self.spelled(value)
        return kind.map { names.spelled(text, $0) } ?? text
    }

    /// As a person writes it, and as the parameters read it.
    static func spelled(_ value: JSON) -> String { value.plain ?? value.line }
}

extension Configured {
    var isList: Bool { if case .name = form { true } else { false } }
}

extension Turn {
    /// The id of no guild, for looking where none is known.
    fileprivate var noGuild: ID<Guild> { ID<Guild>(firstAt: Instant(milliseconds: 0)) }
}

/// What the channels, roles and members of a guild are called, looked up once.
struct GuildNamesByID {
    private let turn: Turn
    private let channels: [String: String]
    private let roles: [String: String]

    init(_ turn: Turn) {
        self.turn = turn
        let directory = turn.house.directory
        channels =
            turn.guild.map { guild in
                Dictionary(directory.channels(in: guild).map { ($0.id.description, $0.name) }) { first, _ in first }
            } ?? [:]
        roles =
            turn.guild.map { guild in
                Dictionary(directory.roles(in: guild).map { ($0.id.description, $0.name) }) { first, _ in first }
            } ?? [:]
    }

    /// "general (1234)"; an id that nobody knows stands alone, and so does a word that is none.
    func spelled(_ id: String, _ kind: Outline.Kind) -> String {
        name(of: id, kind).map { "\($0) (\(id))" } ?? id
    }

    func name(of id: String, _ kind: Outline.Kind) -> String? {
        switch kind {
        case .channel: channels[id]
        case .role: roles[id]
        case .member: ID<Member>(id).flatMap { one in turn.guild.flatMap { turn.house.directory.member(one, in: $0)?.name } }
        default: nil
        }
    }

    /// The ids of those that are called so.
    func ids(called name: String, _ kind: Outline.Kind) -> [String] {
        switch kind {
        case .channel: channels.filter { $0.value == name }.keys.sorted()
        case .role: roles.filter { $0.value == name }.keys.sorted()
        case .member:
            turn.guild.map { guild in
                turn.house.directory.members(named: name, in: guild, limit: 3).filter { $0.name == name }.map(\.id.description)
            } ?? []
        default: []
        }
    }
}
