import Keeping
import Kit
import Shared
import Workbench

extension Bench {
    /// A server with rules, whose bot may give roles up to the one above its own.
    static func onboarding(rules: [String] = ["Be kind.", "No spoilers."]) throws -> Bench {
        let features = [Privacy.feature, ServerRules.feature, Onboarding.feature]
        let bench = try Bench(features + [Tuning.feature(over: features)])
        var bot = Town.profile(-1, named: "hearth", roles: [Town.role(5)])
        bot.id = Bench.bot
        bot.isBot = true
        let members = (1...5).map { Town.profile(Int64($0), named: "person-\($0)") }
        let roles = [
            Town.everyone([.viewChannel, .sendMessages, .readMessageHistory]), Town.role(1, []), Town.role(2, []),
            Town.role(5, [.manageRoles, .kickMembers]), Town.role(9, []),
        ]
        bench.hear(Town.seen(roles: roles, members: members + [bot]))
        bench.clock.pass(1.seconds)
        for rule in rules { try bench.run("rules.add", ["text": .string(rule)]) }
        try bench.tune("onboarding.log_channel", .id(Town.channel(2)))
        try bench.tune("onboarding.role", .id(Town.role(1)))
        return bench
    }

    /// The message is up, as message 7000.
    @discardableResult
    func putsUpNotice(in channel: Int64 = 1) throws -> JSON {
        let answer = try run("onboarding.post", ["channel": .id(Town.channel(channel))])
        settles()
        return answer
    }

    /// Discord says what became of everything that is on its way, until nothing is; answers all of it.
    @discardableResult
    func settles(
        _ outcome: (Effect) -> Receipt.Outcome = { _ in .done(made: 7000) }, answer: (Effect) -> JSON? = { _ in nil }
    ) -> [Effect] {
        var all: [Effect] = []
        while true {
            var seen: Set<Int64> = []
            let parcels = journal.parcels.filter { seen.insert($0.id).inserted }
            journal.clear()
            if parcels.isEmpty { return all }
            for parcel in parcels {
                all.append(parcel.effect)
                receive(Receipt(parcel: parcel.id, outcome: outcome(parcel.effect), tries: 1, answer: answer(parcel.effect)))
            }
        }
    }

    /// What a member says with a command, in their own name.
    @discardableResult
    func step(_ command: String, _ params: JSON = [:], as member: Int64) throws -> JSON {
        guard let found = catalogue.command(command) else { throw Silence() }
        var person = Self.owner
        person.member = Town.member(member)
        switch try ask(Request(found, params: params.object ?? .init(), guild: Town.guild, person: person)) {
        case .reply(let data, _, _, _), .planned(_, _, let data), .replayed(let data): return data
        case .refused(let refusal): throw refusal
        case .failed(let reference): throw Refusal.unavailable("failed: \(reference)")
        }
    }

    /// A member has come to the first question.
    func begins(_ member: Int64) throws {
        try step("onboarding.start", as: member)
        try step("onboarding.start", ["agree": 1], as: member)
        try step("onboarding.accept", ["version": .int(try run("rules.show")["version"]?.int ?? 0)], as: member)
    }

    func no(_ command: String, _ params: JSON, as member: Int64? = nil) -> Refusal? {
        do {
            if let member { try step(command, params, as: member) } else { try run(command, params) }
        } catch { return error as? Refusal }
        return nil
    }

    func joins(_ number: Int64, pending: Bool = false, bot: Bool = false, at: Instant? = nil) {
        var profile = Town.profile(number, named: "person-\(number)")
        profile.joined = at ?? clock.now
        profile.isPending = pending
        profile.isBot = bot
        hear(.memberSeen(profile, joined: true))
    }

    func stage(_ member: Int64) throws -> String? {
        try texts("SELECT stage FROM onboarding_journeys WHERE member = \(Town.member(member))").first
    }
}

extension Effect {
    /// In a few words, for tests that look at what was done.
    var deed: String {
        func names(_ post: Post) -> String {
            post.mentions.members.isEmpty
                ? "" : " for " + post.mentions.members.map { "\($0.number - 1000)" }.joined(separator: " ")
        }
        return switch self {
        case .post(let channel, let post): "posts in \((channel.known?.number ?? 0) - 200)" + names(post)
        case .edit(_, let message, _): "edits \(message.known?.number ?? 0)"
        case .delete: "deletes"
        case .privately(let member, _): "writes to \(member.number - 1000)"
        case .addRole(_, let member, let role, _): "gives \((role.known?.number ?? 0) - 300) to \(member.number - 1000)"
        case .kick(_, let member, _): "kicks \(member.number - 1000)"
        case .fetch(.messages): "looks through"
        case .fetch(.message): "looks"
        default: "\(self)"
        }
    }
}
