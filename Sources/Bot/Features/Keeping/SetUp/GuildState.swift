internal import Kit
internal import Shared

/// All that is set up in a guild: what each feature declares of it, kind by kind.
struct GuildState: Equatable {
    struct Section: Equatable {
        var heading: String
        var records: [Configured.Record]
    }

    var sections: [Section]

    /// As it is now.
    init(_ turn: Turn) throws {
        sections = try turn.configured.map { kind in
            Section(heading: kind.heading, records: try kind.read(turn).map(\.plainNumbers))
        }
    }

    subscript(heading: String) -> [Configured.Record] { sections.first { $0.heading == heading }?.records ?? [] }
}

extension Turn {
    /// Everything that admins can set up, in the order of the house: what something else needs comes before it.
    var configured: [Configured] { house.catalogue.features.flatMap(\.configures) }
}

extension Configured.Record {
    /// 3 and 3.0 are one number, however it was stored.
    var plainNumbers: Configured.Record {
        func plain(_ value: JSON) -> JSON {
            switch value {
            case .double(let number): Int64(exactly: number).map { .int($0) } ?? value
            case .array(let items): .array(items.map(plain))
            default: value
            }
        }
        return Configured.Record(name, .object(JSON.Object(values.members.map { ($0.key, plain($0.value)) })))
    }
}

// MARK: - At rest

extension GuildState {
    var json: JSON {
        .array(
            sections.map { section in
                [
                    "heading": .string(section.heading),
                    "records": .array(
                        section.records.map { ["name": .string($0.name), "values": .object($0.values)] }),
                ]
            })
    }

    init(_ json: JSON) {
        sections = (json.array ?? []).map { section in
            Section(
                heading: section["heading"]?.text ?? "",
                records: (section["records"]?.array ?? []).map {
                    Configured.Record($0["name"]?.text ?? "", $0["values"] ?? .null)
                })
        }
    }

    /// Without the records that name a member; nil where none does.
    func without(_ member: ID<Member>, _ turn: Turn) -> GuildState? {
        var rest = self
        for (index, section) in sections.enumerated() {
            guard let kind = turn.configured.first(where: { $0.heading == section.heading }) else { continue }
            rest.sections[index].records.removeAll { kind.names(member, in: $0, turn) }
        }
        return rest == self ? nil : rest
    }
}

extension Configured {
    fileprivate func names(_ member: ID<Member>, in record: Record, _ turn: Turn) -> Bool {
        if case .about(.member) = naming, record.name == member.description { return true }
        return record.values.members.contains { name, value in
            guard case .member = kind(turn, record.name, name) else { return false }
            return value == .id(member) || value.array?.contains(.id(member)) == true
        }
    }
}
