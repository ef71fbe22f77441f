package import Shared

/// Ids for programs with names for people, as replies carry them.
extension Turn {
    package func named(_ member: ID<Member>) -> JSON {
        pair(.id(member), house.directory.name(of: member, in: guild) ?? member.description)
    }

    /// In a list where some are not to be named.
    package func named(_ member: ID<Member>, butFor hidden: Set<ID<Member>>) -> JSON {
        hidden.contains(member) ? pair("0", "somebody") : named(member)
    }

    package func named(_ channel: ID<Channel>) -> JSON {
        pair(.id(channel), house.directory.name(of: channel) ?? channel.description)
    }

    package func named(_ role: ID<Role>) -> JSON { pair(.id(role), house.directory.name(of: role) ?? role.description) }

    private func pair(_ id: JSON, _ name: String) -> JSON { ["id": id, "name": .string(name)] }
}

extension Shape {
    /// What `named` answers.
    package static let named = Shape.record(["id": .id, "name": .text])
}

extension Phrase {
    /// A member in a list where some are not to be named.
    package static func member(_ member: ID<Member>, butFor hidden: Set<ID<Member>>) -> Phrase {
        hidden.contains(member) ? "somebody" : "\(member)"
    }
}
