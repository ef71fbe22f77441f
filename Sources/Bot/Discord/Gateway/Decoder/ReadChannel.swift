import Kit
import Shared

extension JSONScanner {
    /// A channel or thread. Inside a guild it does not name its guild, so that is handed in.
    mutating func channel(in guild: ID<Guild>?) throws(Malformed) -> ChannelProfile? {
        var (id, home): (ID<Channel>?, ID<Guild>?) = (nil, guild)
        var (name, type, position): (String, Int, Int) = ("", 0, 0)
        var parent: ID<Channel>?
        var overwrites: [Overwrite] = []
        var last: ID<Message>?
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "id": id = try scanner.anID()
            case "guild_id": home = try scanner.anID() ?? guild
            case "name": name = try scanner.aText() ?? ""
            case "type": type = try scanner.anInt() ?? 0
            case "parent_id": parent = try scanner.anID()
            case "position": position = try scanner.anInt() ?? 0
            case "last_message_id": last = try scanner.anID()
            case "permission_overwrites":
                overwrites = try scanner.list { (scanner: inout JSONScanner) throws(Malformed) in try scanner.overwrite() }
            default: try scanner.skip()
            }
        }
        guard let id, let home else { return nil }
        return ChannelProfile(
            id: id, guild: home, name: name, type: type, parent: parent, position: position, overwrites: overwrites,
            lastMessage: last)
    }

    /// Losing a channel from sight and seeing it again tells of its threads only in this way.
    mutating func threadsListed() throws(Malformed) -> Event? {
        var home: ID<Guild>?
        var parents: [ID<Channel>]?
        var threads: [ChannelProfile] = []
        let unknown = ID<Guild>(firstAt: Instant(milliseconds: 0))
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": home = try scanner.anID()
            case "channel_ids":
                guard scanner.peek() == UInt8(ascii: "[") else { return try scanner.skip() }
                parents = try scanner.list { (scanner: inout JSONScanner) throws(Malformed) in try scanner.anID() }
            case "threads":
                threads = try scanner.list { (scanner: inout JSONScanner) throws(Malformed) in
                    try scanner.channel(in: unknown)
                }
            default: try scanner.skip()
            }
        }
        guard let home else { return nil }
        for index in threads.indices { threads[index].guild = home }
        return .threadsListed(threads, in: parents, guild: home)
    }

    private mutating func overwrite() throws(Malformed) -> Overwrite? {
        var target: ID<Member>?
        var isMember = false
        var (allow, deny): (UInt64, UInt64) = (0, 0)
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "id": target = try scanner.anID()
            case "type": isMember = try scanner.anInt() == 1
            case "allow": allow = try scanner.bits()
            case "deny": deny = try scanner.bits()
            default: try scanner.skip()
            }
        }
        return target.map {
            Overwrite(
                target: $0.number, isMember: isMember, allow: Permissions(rawValue: allow), deny: Permissions(rawValue: deny))
        }
    }

    mutating func channelDeleted() throws(Malformed) -> Event? {
        try channel(in: nil).map { .channelDeleted($0.id, guild: $0.guild) }
    }

    mutating func role(in guild: ID<Guild>) throws(Malformed) -> RoleProfile? {
        var id: ID<Role>?
        var (name, position, isManaged): (String, Int, Bool) = ("", 0, false)
        var permissions: UInt64 = 0
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "id": id = try scanner.anID()
            case "name": name = try scanner.aText() ?? ""
            case "position": position = try scanner.anInt() ?? 0
            case "permissions": permissions = try scanner.bits()
            case "managed": isManaged = try scanner.aFlag()
            default: try scanner.skip()
            }
        }
        return id.map {
            RoleProfile(
                id: $0, guild: guild, name: name, position: position, permissions: Permissions(rawValue: permissions),
                isManaged: isManaged)
        }
    }

    mutating func roleChanged() throws(Malformed) -> Event? {
        var home: ID<Guild>?
        var found: RoleProfile?
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": home = try scanner.anID()
            case "role": found = try scanner.role(in: home ?? ID(firstAt: Instant(milliseconds: 0)))
            default: try scanner.skip()
            }
        }
        guard let home, var role = found else { return nil }
        role.guild = home
        return .roleSeen(role)
    }

    mutating func roleDeleted() throws(Malformed) -> Event? {
        var (home, role): (ID<Guild>?, ID<Role>?) = (nil, nil)
        try members { (scanner: inout JSONScanner, key: JSONText) throws(Malformed) in
            switch key {
            case "guild_id": home = try scanner.anID()
            case "role_id": role = try scanner.anID()
            default: try scanner.skip()
            }
        }
        guard let home, let role else { return nil }
        return .roleDeleted(role, guild: home)
    }
}
