import Kit
import Shared
import Testing
import Workbench

@Suite("Channels, hints and simulations")
struct ChannelTests {
    @Test func `RWD-08 a reward opens a private channel, mends it at a run, and closes it when it is removed`() throws {
        let bench = try Bench.lounge()
        try bench.reward(Bench.gold, 1, "messages >= 10")
        let row = try bench.run("rewards.unlock", ["reward": "Gold", "channel": .id(Town.channel(2))])
        #expect(row["channels"]?.array?.map { $0["id"] } == [.id(Town.channel(2))])
        #expect(bench.permits() == [Permit(Bench.gold, allow: .viewChannel)])
        try bench.run("rewards.apply")
        #expect(bench.permits() == [Permit(Bench.gold, allow: .viewChannel)], "nobody said that it had come")
        bench.see(Overwrite(target: Bench.gold.number, isMember: false, allow: .viewChannel, deny: []))
        try bench.run("rewards.apply")
        #expect(bench.permits() == [])
        bench.see()
        bench.pass(16.hours)
        #expect(bench.permits() == [Permit(Bench.gold, allow: .viewChannel)])
        try bench.run("rewards.remove", ["reward": "Gold"])
        #expect(bench.permits() == [Permit(Bench.gold, allow: nil)])
        try bench.run("rewards.restore", ["reward": "1"])
        #expect(bench.permits() == [Permit(Bench.gold, allow: .viewChannel)])
        try bench.run("rewards.lock", ["reward": "Gold", "channel": .id(Town.channel(2))])
        #expect(bench.permits() == [Permit(Bench.gold, allow: nil)])
    }

    @Test func `RWD-08 what the channel said of the role before is what it says again`() throws {
        let bench = try Bench.lounge(
            Overwrite(target: Bench.gold.number, isMember: false, allow: .attachFiles, deny: [.viewChannel, .sendMessages]))
        try bench.reward(Bench.gold, 1, "messages >= 10")
        try bench.run("rewards.unlock", ["reward": "Gold", "channel": .id(Town.channel(2))])
        #expect(bench.permits() == [Permit(Bench.gold, allow: [.viewChannel, .attachFiles], deny: .sendMessages)])
        try bench.run("rewards.lock", ["reward": "Gold", "channel": .id(Town.channel(2))])
        #expect(bench.permits() == [Permit(Bench.gold, allow: .attachFiles, deny: [.viewChannel, .sendMessages])])
    }

    @Test func `RWD-08 a channel that is gone or refused is told, and what is missing is said before`() throws {
        let bench = try Bench.lounge()
        try bench.reward(Bench.gold, 1, "messages >= 10")
        try bench.run("rewards.unlock", ["reward": "Gold", "channel": .id(Town.channel(2))])
        bench.receive(
            Receipt(
                parcel: bench.journal.parcels[0].id, outcome: .refused(code: 50013, message: "Missing Permissions"), tries: 1))
        #expect(
            try bench.run("rewards.show", ["reward": "1"])["trouble"]
                == "Discord did not let me open a channel (50013): Missing Permissions")
        bench.hear(.channelDeleted(Town.channel(2), guild: Town.guild))
        bench.journal.clear()
        try bench.apply()
        #expect(
            try bench.run("rewards.show", ["reward": "1"])["trouble"]
                == "A channel that it opened is gone: lock it with rewards lock.")
        let denied = Overwrite(target: Bench.own.number, isMember: false, allow: [], deny: .manageRoles)
        bench.hear(.channelSeen(Town.place(3, [denied])))
        #expect(bench.refusal("rewards.unlock", ["reward": "Gold", "channel": .id(Town.channel(3))])?.kind == .forbidden)
    }

    @Test func `who wants it is told once a week that they are almost there, and nobody else`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.gold, 1, "messages >= 11 and not role(\"Muted\")")
        try bench.reward(Bench.silver, 2, "messages >= 1000", ["ladder": "far"])
        for member in [10, 9, 8] { try bench.asks(member, "rewards.almost", ["switch": "on"]) }
        try bench.asks(9, "privacy.decline", ["what": "messages"])
        bench.pass(16.hours)
        #expect(bench.letters == ["1010: Almost there: Gold / messages is 10, needs 11: 1 to go"])
        bench.pass(6.days, by: 1.days)
        #expect(bench.letters.isEmpty)
        bench.pass(1.days)
        #expect(bench.letters.count == 1)
        try bench.asks(10, "rewards.almost", ["switch": "off"])
        bench.pass(8.days, by: 1.days)
        #expect(bench.letters.isEmpty)
    }

    @Test func `another rule is simulated: who would gain and lose it, a page at a time, and nothing is changed`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "messages >= 8")
        let result = try bench.run(
            "rewards.simulate", ["reward": "Bronze", "criteria": "messages >= 6 and messages != 9", "limit": 2])
        #expect(result["rewards"]?[0]?["before"] == 3 && result["rewards"]?[0]?["after"] == 4)
        #expect(result["rewards"]?[0]?["gains"] == 2 && result["rewards"]?[0]?["losses"] == 1)
        #expect(result["rows"]?.array?.count == 2)
        let rest = try bench.run(
            "rewards.simulate",
            .fields(["reward": "Bronze", "criteria": "messages >= 6 and messages != 9", "limit": 2, "cursor": result["next"]]))
        #expect(rest["rows"]?.array?.map { $0["deed"] } == ["loses"])
        #expect(try bench.texts("SELECT rule FROM rewards_rewards") == ["messages >= 8"])
    }

    @Test func `other weights are simulated over the recorded past: boards and roles before and after`() throws {
        let bench = try Bench.rewards()
        try bench.reward(Bench.bronze, 1, "points(30d) >= 20")
        let first = Said(1, at: Bench.start + 1.minutes)
        bench.hear(first.event)
        for number in 0..<5 {
            bench.hear(Said(2, at: Bench.start + 2.minutes, extra: Int64(number), replyTo: (first.id, 1)).event)
        }
        bench.clock.pass(5.minutes)
        let same = try bench.run("rewards.simulate", ["reply": 2])
        #expect(same["rows"] == [])
        #expect(same["board"]?.array?.allSatisfy { $0["rank"] == $0["before"] } == true)
        let other = try bench.run("rewards.simulate", ["reply": 50, "message": 0, "starter": 0])
        #expect(other["board"]?[0]?["member"]?["id"] == .id(Town.member(2)) && other["board"]?[0]?["score"] == 250)
        #expect(other["rows"]?.array?.map { $0["deed"] } == ["gains"])
        #expect(other["rewards"]?[0]?["after"] == 1)
    }
}

/// What a channel is told of a role; nothing at all where it is to forget it.
private struct Permit: Equatable {
    var role: Int64
    var allow: Permissions?
    var deny: Permissions = []
    init(_ role: ID<Role>, allow: Permissions?, deny: Permissions = []) {
        (self.role, self.allow, self.deny) = (role.number, allow, deny)
    }
}

extension Bench {
    fileprivate static func lounge(_ more: Overwrite...) throws -> Bench {
        let bench = try Bench.rewards()
        bench.see(more)
        return bench
    }

    /// The lounge is closed to everybody, and says this of roles.
    fileprivate func see(_ more: [Overwrite]) {
        hear(
            .channelSeen(
                Town.place(
                    2,
                    [
                        Overwrite(target: Town.guild.number, isMember: false, allow: [], deny: .viewChannel),
                        Overwrite(target: Bench.own.number, isMember: false, allow: .viewChannel, deny: []),
                    ] + more)))
    }

    fileprivate func see(_ more: Overwrite...) { see(more) }

    fileprivate func permits() -> [Permit] {
        let found = journal.parcels.compactMap { parcel -> Permit? in
            guard case .changeChannel(_, let deed, _) = parcel.effect else { return nil }
            switch deed {
            case .permit(let one): return Permit(name(one.target), allow: one.allow, deny: one.deny)
            case .unpermit(let target): return Permit(name(target), allow: nil)
            default: return nil
            }
        }
        arrive()
        return found
    }

    fileprivate func asks(_ member: Int, _ command: String, _ params: JSON) throws {
        guard let found = catalogue.command(command) else { throw Silence() }
        var person = Self.owner
        person.member = Town.member(Int64(member))
        guard case .reply = try ask(Request(found, params: params.object ?? .init(), guild: Town.guild, person: person)) else {
            throw Silence()
        }
    }

    /// Private messages since the last look.
    fileprivate var letters: [String] {
        let found = journal.parcels.compactMap { parcel -> String? in
            guard case .privately(let member, let post) = parcel.effect else { return nil }
            let drawing = PlainText(directory, guild: Town.guild, zone: .utc)
            return "\(member): \(post.card.title.map(drawing.text) ?? "") / \(drawing.text(post.card.text))"
        }
        arrive()
        return found
    }
}
