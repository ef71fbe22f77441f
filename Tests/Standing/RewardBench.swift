import Keeping
import Kit
import Machine
import Pulse
import Shared
import Standing
import Workbench

/// Who took part in how many events, as a test says.
enum Attendance {
    static func feature(_ counts: [Int64: Double]) -> Feature {
        Feature(
            "gatherings", "Made-up events", version: "1",
            readings: [
                MeasureReading(
                    Measure("attended", "Events attended", unit: "events", takesDays: true) { _, _, only in
                        var column = Column()
                        for (member, figure) in counts.sorted(by: { $0.key < $1.key })
                        where only == nil || only == Town.member(member) {
                            column.append(Town.member(member).number, figure)
                        }
                        return column
                    })
            ], export: { _, _ in .null }, erase: { _, _ in 0 })
    }
}

extension Bench {
    /// Bronze, Silver, Gold and Muted, below the bot's own role and the one above it.
    static let bronze = Town.role(1), silver = Town.role(2), gold = Town.role(3), muted = Town.role(4)
    static let own = Town.role(10), above = Town.role(11), managed = Town.role(5)

    static var roles: [RoleProfile] {
        var roles =
            [Town.everyone()] + [1, 2, 3, 4, 5, 11].map { Town.role($0, []) } + [Town.role(10, [.manageRoles, .viewChannel])]
        for (number, name) in [(1, "Bronze"), (2, "Silver"), (3, "Gold"), (4, "Muted"), (5, "Booster"), (6, "Above")] {
            roles[number].name = name
        }
        roles[5].isManaged = true
        return roles
    }

    /// Ten people, of whom each has said as many messages as their number says, and the bot.
    static func rewards(
        _ roles: [RoleProfile] = Bench.roles, people: [MemberProfile] = (1...10).map { Bench.person($0) },
        attended: [Int64: Double] = [:], words: Bool = true, undoing: Bool = false
    ) throws -> Bench {
        let features =
            [Privacy.feature, Activity.feature, Attendance.feature(attended), Rewards.feature]
            + (undoing ? [HouseFeature.feature, AuditFeature.feature] : [])
        let bench = try Bench(features + [Tuning.feature(over: features)])
        var machine = Town.profile(0, named: "hearth", roles: [own])
        machine.id = Bench.bot
        machine.isBot = true
        bench.hear(Town.seen(roles: roles, members: people + [machine]))
        if words {
            for member in Int64(1)...10 {
                for number in 0..<member {
                    bench.hear(Said(member, at: Bench.start - 2.hours + Int(number).minutes, extra: member).event)
                }
            }
        }
        bench.journal.clear()
        return bench
    }

    static func person(_ number: Int64, roles: [ID<Role>] = [], joined: Instant? = Bench.start - 100.days) -> MemberProfile {
        var profile = Town.profile(number, named: "person-\(number)", roles: roles)
        profile.joined = joined
        return profile
    }

    @discardableResult
    func reward(_ role: ID<Role>, _ tier: Int, _ criteria: String, _ more: JSON = [:]) throws -> JSON {
        let base: [(String, JSON)] = [("role", .id(role)), ("tier", .int(Int64(tier))), ("criteria", .string(criteria))]
        return try run("rewards.add", .object(JSON.Object(base + (more.object?.members ?? []).map { ($0.key, $0.value) })))
    }

    /// What Discord would do with what it is sent: it happens, is told, and the receipt comes. Answers what was done.
    @discardableResult
    func arrive(refusing refused: Set<ID<Role>> = []) -> [String] {
        var done: [String] = []
        var seen = Set<Int64>()
        while true {
            let waiting = journal.parcels.filter { seen.insert($0.id).inserted }
            journal.clear()
            guard !waiting.isEmpty else { return done }
            for parcel in waiting { done += settle(parcel, refused) }
        }
    }

    private func settle(_ parcel: Parcel, _ refused: Set<ID<Role>>) -> [String] {
        switch parcel.effect {
        case .addRole(_, let member, .known(let role), _), .removeRole(_, let member, .known(let role), _):
            let adds = if case .addRole = parcel.effect { true } else { false }
            let words = (adds ? "+" : "-") + "\(member.number - 1000)" + (directory.name(of: role) ?? "?")
            if refused.contains(role) {
                receive(Receipt(parcel: parcel.id, outcome: .refused(code: 50013, message: "Missing Permissions"), tries: 1))
                return ["!" + words]
            }
            guard var profile = directory.member(member, in: Town.guild) else {
                receive(Receipt(parcel: parcel.id, outcome: .refused(code: 10007, message: "Unknown Member"), tries: 1))
                return ["?" + words]
            }
            profile.roles.removeAll { $0 == role }
            if adds { profile.roles.append(role) }
            hear(.memberSeen(profile, joined: false))
            receive(Receipt(parcel: parcel.id, outcome: .done(made: nil), tries: 1))
            return [words]
        default:
            receive(Receipt(parcel: parcel.id, outcome: .done(made: 1), tries: 1))
            return []
        }
    }

    /// Applies the plan and lets everything arrive.
    @discardableResult
    func apply(refusing refused: Set<ID<Role>> = []) throws -> [String] {
        try run("rewards.apply")
        return arrive(refusing: refused)
    }

    /// Somebody's roles are changed by hand.
    func hand(_ number: Int64, gives: ID<Role>? = nil, takes: ID<Role>? = nil) {
        guard var profile = directory.member(Town.member(number), in: Town.guild) else { return }
        profile.roles.removeAll { $0 == takes || $0 == gives }
        if let gives { profile.roles.append(gives) }
        hear(.memberSeen(profile, joined: false))
    }

    func holders(of role: ID<Role>) -> [Int64] {
        var found: [Int64] = []
        directory.each(in: Town.guild) { if $0.standing.roles.contains(role.number) { found.append($0.id.number - 1000) } }
        return found
    }

    /// What a person sees in a terminal.
    func card(_ command: String, _ params: JSON) throws -> [String] {
        guard let found = catalogue.command(command) else { throw Silence() }
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: Self.owner)
        request.wantsCard = true
        guard case .reply(_, _, let lines, _) = try ask(request) else { throw Silence() }
        return lines
    }

    func refusal(_ command: String, _ params: JSON, in guild: ID<Guild>? = Town.guild) -> Refusal? {
        do { try run(command, params, in: guild) } catch { return error as? Refusal }
        return nil
    }
}
