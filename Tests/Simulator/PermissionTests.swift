import Shared
import Simulator
import Testing

@Suite struct PermissionTests {
    let sim = Simulation()
    let house: ID<Guild>
    let general: ID<Channel>
    let ann: ID<Member>
    let bot: Partner

    init() {
        house = sim.guild("Tea House")
        general = sim.channel("general", in: house)
        ann = sim.member("ann", in: house)
        bot = Partner(sim)
    }

    private func code(_ response: Response) -> Int64? { response.json["code"]?.int }

    @Test func `unknown, not ours and hidden are three answers`() {
        let foreign = sim.guild("Elsewhere", withBot: false)
        let hidden = sim.channel(
            "hidden", in: house, overwrites: [Overwrite(id: sim.bot.number, target: .member, deny: .viewChannel)])
        #expect(code(bot.ask("GET", "/guilds/99")) == 10004)
        #expect(code(bot.ask("GET", "/guilds/\(foreign)")) == 50001)
        #expect(code(bot.ask("GET", "/channels/99")) == 10003)
        #expect(code(bot.post(hidden, "hi")) == 50001)
    }

    @Test func `overwrites count in Discord's order`() {
        let role = sim.role("loud", in: house)
        sim.gives(role, to: ann, in: house)
        let place = sim.channel(
            "stage", in: house,
            overwrites: [
                Overwrite(id: house.number, target: .role, deny: .sendMessages),
                Overwrite(id: role.number, target: .role, allow: .sendMessages),
            ])
        let ben = sim.member("ben", in: house)
        #expect(throws: Never.self) { try sim.says(ann, in: place, "allowed by role") }
        #expect(throws: Refusal.self) { try sim.says(ben, in: place, "denied by everyone") }
        let private_ = sim.channel(
            "quiet", in: house,
            overwrites: [
                Overwrite(id: role.number, target: .role, allow: .sendMessages),
                Overwrite(id: ann.number, target: .member, deny: .sendMessages),
            ])
        #expect(throws: Refusal.self) { try sim.says(ann, in: private_, "the member's own comes last") }
    }

    @Test func `a role above the bot's cannot be given, one below can, twice is once`() {
        let low = sim.role("low", in: house)
        let high = sim.role("high", in: house, position: 50)
        var listener = Partner(sim)
        _ = listener.start()
        let path = "/guilds/\(house)/members/\(ann)/roles/"
        #expect(code(bot.ask("PUT", path + "\(high)")) == 50013)
        #expect(bot.ask("PUT", path + "\(low)", reason: "level%205").status == 204)
        #expect(bot.ask("PUT", path + "\(low)").status == 204)
        #expect(sim.roles(of: ann, in: house) == [low])
        let events = listener.heard()
        #expect(events.map { $0["t"]?.text } == ["GUILD_MEMBER_UPDATE", "GUILD_AUDIT_LOG_ENTRY_CREATE"])
        #expect(events.last?["d"]?["reason"] == "level 5")
        #expect(bot.ask("DELETE", path + "\(low)").status == 204)
        #expect(sim.roles(of: ann, in: house) == [])
    }

    @Test func `the owner and equals are beyond reach`() {
        let owner = sim.member("owner", in: house)
        let top = sim.role("top", in: house, position: 40)
        sim.gives(top, to: ann, in: house)
        #expect(code(bot.ask("DELETE", "/guilds/\(house)/members/\(owner)")) == 50013)
        #expect(code(bot.ask("DELETE", "/guilds/\(house)/members/\(ann)")) == 50013)
        sim.takes(top, from: ann, in: house)
        #expect(bot.ask("DELETE", "/guilds/\(house)/members/\(ann)").status == 204)
    }

    @Test func `who is timed out reads and is silent`() throws {
        let until = (sim.now + 1.hours).rfc3339
        let path = "/guilds/\(house)/members/\(ann)"
        #expect(bot.ask("PATCH", path, ["communication_disabled_until": .string(until)]).status == 200)
        #expect(throws: Refusal.self) { try sim.says(ann, in: general, "mm") }
        sim.pass(1.hours)
        #expect(throws: Never.self) { try sim.says(ann, in: general, "free") }
        let far = (sim.now + 29.days).rfc3339
        #expect(code(bot.ask("PATCH", path, ["communication_disabled_until": .string(far)])) == 50035)
    }

    @Test func `an audit reason must be encoded`() {
        let path = "/guilds/\(house)/members/\(ann)"
        #expect(bot.ask("PATCH", path, ["nick": "Annie"], reason: "näh").status == 400)
        #expect(bot.ask("PATCH", path, ["nick": "Annie"], reason: "n%C3%A4h").status == 200)
        #expect(bot.ask("GET", "/guilds/\(house)/audit-logs").json["audit_log_entries"]?[0]?["reason"] == "näh")
    }

    @Test func `a closed door and a stranger cannot be written to`() {
        func open(_ user: ID<Member>) -> ID<Channel>? {
            bot.ask("POST", "/users/@me/channels", ["recipient_id": .id(user)]).json["id"]?.id()
        }
        guard let channel = open(ann) else { return #expect(Bool(false), "no direct channel") }
        #expect(bot.post(channel, "hello").status == 200)
        sim.closesMessages(ann)
        #expect(code(bot.post(channel, "hello")) == 50007)
        let elsewhere = sim.guild("Elsewhere", withBot: false)
        let stranger = sim.member("cat", in: elsewhere)
        #expect(open(stranger).map { code(bot.post($0, "hello")) } == 50278)
    }

    @Test func `reactions need permission only when they are new`() throws {
        let said = try sim.says(ann, in: general, "hello")
        let place = "/channels/\(general)/messages/\(said.id)/reactions/"
        #expect(bot.ask("PUT", place + "%F0%9F%91%8D/@me").status == 204)
        sim.pass(.milliseconds(250))
        #expect(code(bot.ask("PUT", place + "thumbsup/@me")) == 10014)
        #expect(sim.message(said)?.reactions.map(\.users) == [[sim.bot]])
    }

    @Test func `threads are made once a message and counted on the parent's permissions`() throws {
        let said = try sim.says(ann, in: general, "hello")
        let path = "/channels/\(general)/messages/\(said.id)/threads"
        let made = bot.ask("POST", path, ["name": "more"])
        #expect(made.json["id"] == .id(said.id))
        #expect(code(bot.ask("POST", path, ["name": "more"])) == 160004)
        #expect(throws: Never.self) { try sim.says(ann, in: said.id.relabelled(as: Channel.self), "inside") }
        #expect(bot.ask("GET", "/guilds/\(house)/threads/active").json["threads"]?.array?.count == 1)
    }

    @Test func `old messages cannot be deleted together`() throws {
        let old = try (0..<2).map { try sim.says(ann, in: general, "old \($0)") }
        sim.pass(14.days)
        let new = try (0..<2).map { try sim.says(ann, in: general, "new \($0)") }
        func delete(_ said: [Said]) -> Response {
            bot.ask("POST", "/channels/\(general)/messages/bulk-delete", ["messages": .array(said.map { .id($0.id) })])
        }
        #expect(code(delete(old + new)) == 50034)
        #expect(code(delete([new[0]])) == 50016)
        #expect(delete(new).status == 204)
        #expect(sim.messages(in: general).map(\.content) == ["old 0", "old 1"])
    }
}
