internal import Kit
internal import Shared

/// Who is in which guild, packed into rows of up to a page of the database. The members of a guild lie in the order of their
/// ids; a row holds those from its first id up to the next row's, and the lowest row of a guild holds all before it too.
struct Rosters {
    let store: any Connection

    /// With its keys such a row fills a page of 4 KiB.
    private static let fullRow = 3900

    private struct Part {
        var first: Int64
        var members: MemberList
    }

    // MARK: - Reading

    func member(_ id: ID<Member>, in guild: ID<Guild>) throws -> PackedMember? {
        try part(with: id, of: guild)?.members.member(id)
    }

    func each(in guild: ID<Guild>, _ body: (PackedMember) throws -> Void) throws {
        try store.each("SELECT members FROM house_rosters WHERE guild = \(guild) ORDER BY first") { row in
            for member in MemberList(bytes: row.bytes(0)) { try body(member) }
        }
    }

    /// The member as each guild knows them.
    func everywhere(_ id: ID<Member>) throws -> [MemberProfile] {
        let guilds = try store.all("SELECT guild FROM house_guilds ORDER BY guild") { $0.id(0, Guild.self) }
        return try guilds.compactMap { guild in
            guard let guild else { return nil }
            return try member(id, in: guild)?.profile(in: guild)
        }
    }

    private func part(with id: ID<Member>, of guild: ID<Guild>) throws -> Part? {
        try store.first(
            """
            SELECT first, members FROM house_rosters WHERE guild = \(guild) AND first <= \(id) ORDER BY first DESC LIMIT 1
            """
        ) { Part(first: $0.int(0), members: MemberList(bytes: $0.bytes(1))) }
    }

    // MARK: - Writing

    /// Adds members, and replaces those that are known. A row that stays as it was is not written.
    func write(_ members: MemberList, in guild: ID<Guild>) throws {
        var rest = members.inOrder()[...]
        while let next = rest.first {
            let part = try part(with: next.id, of: guild) ?? Part(first: 0, members: MemberList())
            let end = rest.count == 1 ? nil : try start(after: part, of: guild)
            let own = rest.prefix { member in end.map { member.id.number < $0 } ?? true }
            let merged = part.members.merged(with: own)
            if merged != part.members { try write(merged, from: part.first, in: guild) }
            rest = rest.dropFirst(own.count)
        }
    }

    /// Changes one member, or adds them; a row that stays as it was is not written.
    func change(_ id: ID<Member>, in guild: ID<Guild>, _ body: (inout MemberProfile) -> Void) throws {
        let part = try part(with: id, of: guild) ?? Part(first: 0, members: MemberList())
        let known = part.members.member(id)?.profile(in: guild)
        var profile =
            known
            ?? MemberProfile(
                id: id, guild: guild, username: "", globalName: nil, nick: nil, roles: [], isBot: false, joined: nil)
        body(&profile)
        if profile == known { return }
        try write(part.members.merged(with: Array(MemberList([profile]))[...]), from: part.first, in: guild)
    }

    func remove(_ id: ID<Member>, from guild: ID<Guild>) throws {
        guard let part = try part(with: id, of: guild) else { return }
        var left = MemberList()
        for member in part.members where member.id != id { left.append(member) }
        if left.isEmpty {
            try store.run("DELETE FROM house_rosters WHERE guild = \(guild) AND first = \(part.first)")
        } else if left.count < part.members.count {
            try write(left, from: part.first, in: guild)
        }
    }

    private func start(after part: Part, of guild: ID<Guild>) throws -> Int64? {
        try store.first(
            "SELECT first FROM house_rosters WHERE guild = \(guild) AND first > \(part.first) ORDER BY first LIMIT 1"
        ) {
            $0.int(0)
        }
    }

    /// One row, or as many equal ones as it takes.
    private func write(_ members: MemberList, from first: Int64, in guild: ID<Guild>) throws {
        let rows = max(1, (members.bytes.count + Self.fullRow - 1) / Self.fullRow)
        let share = members.bytes.count / rows
        var parts = [Part(first: first, members: MemberList())]
        for member in members {
            let filled = parts[parts.count - 1].members.bytes.count
            if filled > 0, filled + member.size / 2 > share, parts.count < rows || filled + member.size > Self.fullRow {
                parts.append(Part(first: member.id.number, members: MemberList()))
            }
            parts[parts.count - 1].members.append(member)
        }
        try store.repeated(
            """
            INSERT INTO house_rosters (guild, first, members) VALUES ($1, $2, $3)
            ON CONFLICT (guild, first) DO UPDATE SET members = excluded.members
            """, count: parts.count
        ) { index, row in
            row.bind(1, guild.number)
            row.bind(2, parts[index].first)
            row.bind(3, parts[index].members.bytes)
        }
    }
}

extension MemberList {
    /// By id; of two with one id the later counts.
    fileprivate func inOrder() -> [PackedMember] {
        var members = Array(self)
        let isOrdered = zip(members, members.dropFirst()).allSatisfy { $0.id < $1.id }
        if isOrdered { return members }
        let newest = Dictionary(members.map { ($0.id, $0) }) { _, later in later }
        members = newest.values.sorted { $0.id < $1.id }
        return members
    }

    /// Both lists in one, each being in order; where both have a member, the other list's counts.
    fileprivate func merged(with others: ArraySlice<PackedMember>) -> MemberList {
        var merged = MemberList()
        var rest = others
        for member in self {
            while let next = rest.first, next.id < member.id {
                merged.append(next)
                rest = rest.dropFirst()
            }
            if let next = rest.first, next.id == member.id {
                merged.append(next)
                rest = rest.dropFirst()
            } else {
                merged.append(member)
            }
        }
        for member in rest { merged.append(member) }
        return merged
    }
}
