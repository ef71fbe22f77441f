package import Shared

/// The people of a guild as rules look at them: in the order of their ids, bots left out.
package struct RuleRoll: Sendable {
    package private(set) var members: [Int64] = []
    /// When each joined; nil where nobody has told.
    package private(set) var joined: [Instant?] = []
    package private(set) var roles: [ID<Role>: [Bool]] = [:]

    /// Everybody, or one; which of these roles each has is noted.
    package init(of guild: ID<Guild>, only: ID<Member>? = nil, roles wanted: Set<ID<Role>>, _ directory: any Directory) {
        var held = wanted.map { (role: $0, has: [Bool]()) }
        func take(_ id: ID<Member>, _ since: Instant?, _ has: (ID<Role>) -> Bool) {
            members.append(id.number)
            joined.append(since)
            for index in held.indices { held[index].has.append(has(held[index].role)) }
        }
        if let only {
            if let profile = directory.member(only, in: guild), !profile.isBot {
                take(only, profile.joined) { profile.roles.contains($0) }
            }
        } else {
            directory.each(in: guild) { member in
                guard !member.isBot else { return }
                let standing = member.standing
                take(member.id, standing.joined) { standing.roles.contains($0.number) }
            }
        }
        roles = Dictionary(uniqueKeysWithValues: held.map { ($0.role, $0.has) })
    }

    package var count: Int { members.count }

    /// Where somebody stands in it.
    package func index(of member: ID<Member>) -> Int? {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if members[middle] < member.number { low = middle + 1 } else { high = middle }
        }
        return low < members.count && members[low] == member.number ? low : nil
    }
}

extension Turn {
    /// What these rules ask of everybody on the roll, at the turn's own moment. `others` knows the figures and traits that are no
    /// member's of the directory or of a reading.
    package func columns(
        for rules: [Rule], _ roll: RuleRoll, only: ID<Member>? = nil, instead: [String: Measure] = [:],
        traits: [Trait: [Bool]] = [:]
    ) throws -> RuleColumns {
        var columns = RuleColumns(count: roll.count)
        let measures = measures.merging(instead) { $1 }
        let terms = rules.reduce(into: Set<Term>()) { $0.formUnion($1.terms) }
        for reading in measuring {
            let names = Set(reading.measures.map(\.name)).subtracting(instead.keys)
            let own = terms.filter { names.contains($0.name) }
            guard let together = reading.together, !own.isEmpty else { continue }
            for (term, column) in try together(self, Array(own), only) {
                columns.figures[term] = column.figures(of: roll.members)
            }
        }
        for term in terms where columns.figures[term] == nil {
            columns.figures[term] = try column(term, roll, only, measures)
        }
        for trait in rules.reduce(into: Set<Trait>(), { $0.formUnion($1.traits) }) {
            switch trait {
            case .role(let id): columns.traits[trait] = roll.roles[id]
            case .badge(let name):
                let holders = try badgeReading?.holders(self, name) ?? []
                columns.traits[trait] = roll.members.map { holders.contains($0) }
            case .top(let count):
                let ranked = try house.catalogue.reading(RankingReading.self)?.page(self, .all, 0, count) ?? []
                let first = Set(ranked.map(\.member.number))
                columns.traits[trait] = roll.members.map { first.contains($0) }
            case .reward: columns.traits[trait] = traits[trait]
            }
        }
        return columns
    }

    private func column(_ term: Term, _ roll: RuleRoll, _ only: ID<Member>?, _ measures: [String: Measure]) throws -> [Double] {
        switch term.name {
        case "server_age": return roll.joined.map { $0.map { Self.days(from: $0, to: now) } ?? 0 }
        case "account_age":
            return roll.members.map { ID<Member>($0).map { Self.days(from: $0.created, to: now) } ?? 0 }
        default:
            guard let measure = measures[term.name] else { return [Double](repeating: 0, count: roll.count) }
            return try measure.column(self, term.days, only).figures(of: roll.members)
        }
    }

    private static func days(from start: Instant, to end: Instant) -> Double {
        Double(max(0, (end - start).milliseconds / 86_400_000))
    }
}

extension Column {
    /// In the order of these members, who come in the order of their ids as those of the column do.
    package func figures(of wanted: [Int64]) -> [Double] {
        var at = 0
        return wanted.map { member in
            while at < members.count, members[at] < member { at += 1 }
            return at < members.count && members[at] == member ? figures[at] : 0
        }
    }
}
