import Engine
import Kit
import Machine
import Shared
import Workbench
import hearthd

/// The whole house on a bench in a server where the examples that commands declare have something to be about.
extension Bench {
    static let machineRole = Town.role(10)

    static func furnished(_ features: [Feature] = hearthd.House.features, setUp: Bool = true) throws -> Bench {
        let bench = try Bench(features)
        bench.hear(Town.seen(channels: channels, roles: roles, members: people))
        for line in 0..<3 { bench.hear(Said(2, "line \(line)", at: Bench.start - 1.hours, extra: Int64(line)).event) }
        if setUp { for line in furniture { try bench.carriesOut(line) } }
        bench.journal.clear()
        return bench
    }

    static var channels: [ChannelProfile] {
        ["general", "lounge", "archive", "stage"].enumerated().map { index, name in
            var place = Town.place(Int64(index + 1), type: name == "stage" ? 2 : 0)
            place.name = name
            return place
        }
    }

    static var roles: [RoleProfile] {
        let names = ["Regular", "Moderator", "Gold", "Champion", "Silver"]
        let earned = names.enumerated().map { index, name in
            var role = Town.role(Int64(index + 1), [])
            role.name = name
            return role
        }
        return [Town.everyone([.viewChannel, .sendMessages, .embedLinks, .readMessageHistory, .attachFiles])] + earned
            + [Town.role(10, .all)]
    }

    static var people: [MemberProfile] {
        var machine = Town.profile(0, named: "hearth", roles: [machineRole])
        machine.id = Bench.bot
        machine.isBot = true
        return [
            Town.profile(1, named: "owner"), Town.profile(2, named: "somebody"), Town.profile(3, named: "ann"),
            Town.profile(4, named: "ben"), machine,
        ]
    }

    /// Something of each kind that can be set up, mostly by the examples themselves.
    static let furniture = [
        "house.set events.channel general", "templates.set", "badges.add", "seasons.start", "rewards.add", "pings.add",
        "events.create", "topics.add",
        "topics.schedule", "pings.spare", "rewards.add role: Gold tier: 2 criteria: points(30d) >= 900",
        "house.set name: activity.counts value: no scope: channel target: archive", "house.set name: rewards.run value: weekly",
    ]

    /// A command's name, and the words after it; its own example where there are none.
    @discardableResult
    func carriesOut(_ line: String) throws -> JSON {
        let name = String(line.prefix { $0 != " " })
        guard let command = catalogue.command(name) else { throw Silence() }
        let words = line.dropFirst(name.count)
        let values = try Line.values(words.isEmpty ? command.example : String(words), for: command.parameters)
        let params = values.compactMap { key, raw in raw.text.map { (key: key, value: JSON.string($0)) } }
        return try confirmed(command, .object(JSON.Object(params.sorted { $0.key < $1.key })))
    }

    /// Whoever is asked to look at the plan first has looked.
    @discardableResult
    func confirmed(_ command: Command, _ params: JSON) throws -> JSON {
        var person = Self.owner
        if command.isForMembers { person.member = Town.member(2) }
        var request = Request(command, params: params.object ?? .init(), guild: Town.guild, person: person)
        for _ in 0..<2 {
            switch try ask(request) {
            case .reply(let data, _, _, _), .replayed(let data), .planned(_, _, let data): return data
            case .refused(let refusal):
                guard let token = refusal.confirmation?.token, request.confirm == nil else { throw refusal }
                request.confirm = token
            case .failed(let reference):
                throw Refusal.unavailable("failed: \(reference), \(notes.locked { $0.last?.message ?? "" })")
            }
        }
        throw Silence()
    }

    @discardableResult
    func confirmed(_ name: String, _ params: JSON) throws -> JSON {
        guard let command = catalogue.command(name) else { throw Silence() }
        return try confirmed(command, params)
    }

    /// Everything that is set up, as `guild export` writes it.
    func exported() throws -> String { try confirmed("guild.export", [:])["text"]?.text ?? "" }
}

/// Every feature of the daemon.
let houseFeatures = hearthd.House.features
