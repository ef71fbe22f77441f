import Keeping
import Kit
import Shared
import Standing
import Testing
import Workbench

@Suite("Role menus")
struct RoleMenuTests {
    private func bench(
        _ permissions: Permissions = [
            .viewChannel, .sendMessages, .embedLinks, .addReactions, .readMessageHistory, .manageMessages,
        ]
    )
        throws -> Bench
    {
        let features = [Privacy.feature, RoleMenus.feature]
        let bench = try Bench(features + [Tuning.feature(over: features)])
        var machine = Town.profile(0, named: "hearth", roles: [Bench.own])
        (machine.id, machine.isBot) = (Bench.bot, true)
        var roles = Bench.roles
        roles[0].permissions = permissions
        bench.hear(Town.seen(roles: roles, members: (1...5).map { Bench.person($0) } + [machine]))
        bench.journal.clear()
        return bench
    }

    @discardableResult
    private func menu(_ bench: Bench, _ more: JSON = [:]) throws -> JSON {
        let standard: JSON = [
            "title": "Colours", "channel": .id(Town.channel(1)), "roles": "🥉 Bronze, 🥈 Silver, 🥇 Gold", "style": "buttons",
        ]
        let given = more.object?.members ?? []
        let kept = (standard.object?.members ?? []).filter { one in !given.contains { $0.key == one.key } }
        let row = try bench.run("rolemenus.add", .object(JSON.Object((kept + given).map { ($0.key, $0.value) })))
        if let post = bench.journal.parcels.first(where: { if case .post = $0.effect { true } else { false } }) {
            bench.receive(Receipt(parcel: post.id, outcome: .done(made: Self.message.number), tries: 1))
        }
        bench.journal.clear()
        return row
    }

    private static let message = name(7000, Message.self)

    private func takes(_ bench: Bench, _ member: Int64, _ role: ID<Role>) throws -> JSON {
        guard let command = bench.catalogue.command("rolemenus.take") else { throw Bench.Silence() }
        var person = Bench.owner
        person.member = Town.member(member)
        let params: JSON = ["id": 1, "role": .id(role)]
        switch try bench.ask(Request(command, params: params.object ?? .init(), guild: Town.guild, person: person)) {
        case .reply(let data, _, _, _): return data
        case .refused(let refusal): throw refusal
        default: throw Bench.Silence()
        }
    }

    private func reacts(_ bench: Bench, _ member: Int64, _ emoji: String, added: Bool = true) {
        let reaction = Town.reaction(member, on: Self.message, of: nil, emoji)
        bench.hear(added ? .reactionAdded(reaction) : .reactionRemoved(reaction))
    }

    private func others(_ bench: Bench) -> [String] {
        var seen: Set<Int64> = []
        return bench.journal.parcels.filter { seen.insert($0.id).inserted }.compactMap { parcel in
            switch parcel.effect {
            case .takeReaction(_, _, let emoji, let member): "takes \(emoji) of \(member.number - 1000)"
            case .privately(let member, _): "writes to \(member.number - 1000)"
            case .react(_, _, let emoji): "reacts \(emoji)"
            case .edit: "draws"
            case .post: "posts"
            case .delete: "deletes"
            case .clearReactions(_, _, let emoji): "clears \(emoji ?? "all")"
            case .fetch: "reads"
            default: nil
            }
        }
    }

    @Test func `STA-01 a button gives a role and takes it back`() throws {
        let bench = try bench()
        try menu(bench)
        #expect(try takes(bench, 1, Bench.gold)["given"]?[0]?["name"] == "Gold")
        #expect(bench.arrive() == ["+1Gold"])
        #expect(try takes(bench, 1, Bench.gold)["taken"]?[0]?["name"] == "Gold")
        #expect(bench.arrive() == ["-1Gold"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM rolemenus_holdings") == [0])
    }

    @Test func `STA-01 of an exclusive menu one is had at a time, also when Discord has not told of the last one yet`() throws {
        let bench = try bench()
        try menu(bench, ["exclusive": true])
        _ = try takes(bench, 1, Bench.gold)
        let second = try takes(bench, 1, Bench.silver)
        #expect(second["given"]?[0]?["name"] == "Silver" && second["taken"]?[0]?["name"] == "Gold")
        #expect(bench.arrive() == ["+1Gold", "-1Gold", "+1Silver"])
        #expect(bench.holders(of: Bench.silver) == [1] && bench.holders(of: Bench.gold) == [])
    }

    @Test func `STA-01 so many and no more, and only for who has another role`() throws {
        let bench = try bench()
        try menu(bench, ["most": 2, "needs": "Muted"])
        #expect(throws: Refusal.self) { try takes(bench, 1, Bench.gold) }
        bench.hand(1, gives: Bench.muted)
        for role in [Bench.gold, Bench.silver] { _ = try takes(bench, 1, role) }
        do {
            _ = try takes(bench, 1, Bench.bronze)
            Issue.record("a third role was given")
        } catch let refusal as Refusal { #expect(refusal.kind == .limited && refusal.hint == "Give one back first.") }
    }

    @Test func `STA-01 a role for a time is taken back when it ends, however late, through a restart`() throws {
        let bench = try bench()
        try menu(bench, ["lasts": "2h"])
        _ = try takes(bench, 1, Bench.gold)
        bench.arrive()
        bench.clock.pass(5.hours)
        try bench.restart()
        bench.step()
        #expect(bench.arrive() == ["-1Gold"])
        bench.pass(3.hours)
        #expect(bench.arrive() == [])
    }

    @Test func `STA-01 reactions give and take roles; one that counts for nothing is taken away and told why`() throws {
        let bench = try bench()
        try menu(bench, ["style": "reactions", "most": 1])
        reacts(bench, 1, "🥇")
        #expect(bench.arrive() == ["+1Gold"])
        reacts(bench, 1, "🥈")
        #expect(others(bench) == ["takes 🥈 of 1", "writes to 1"])
        bench.arrive()
        reacts(bench, 1, "🍵")
        #expect(others(bench) == ["takes 🍵 of 1"])
        bench.journal.clear()
        reacts(bench, 1, "🥈", added: false)
        #expect(bench.arrive() == [])
        reacts(bench, 1, "🥇", added: false)
        #expect(bench.arrive() == ["-1Gold"])
    }

    @Test func `STA-01 an exclusive menu of reactions takes the other reaction away`() throws {
        let bench = try bench()
        try menu(bench, ["style": "reactions", "exclusive": true])
        reacts(bench, 1, "🥇")
        bench.arrive()
        reacts(bench, 1, "🥈")
        #expect(others(bench) == ["takes 🥇 of 1"])
        #expect(bench.arrive() == ["-1Gold", "+1Silver"])
        reacts(bench, 1, "🥇", added: false)
        #expect(bench.arrive() == [])
    }

    /// What is read back of each emoji.
    private func readsBack(_ bench: Bench, _ users: [[Int64]]) {
        for members in users {
            guard let parcel = bench.journal.parcels.first(where: { if case .fetch = $0.effect { true } else { false } }) else {
                return
            }
            bench.journal.clear()
            let rows = members.map { JSON.fields(["id": .id(Town.member($0)), "bot": $0 == 0 ? true : nil]) }
            bench.receive(Receipt(parcel: parcel.id, outcome: .done(made: nil), tries: 1, answer: .array(rows)))
        }
        bench.step()
    }

    @Test func `STA-01 what was reacted to and taken back while the bot was away counts when it is back`() throws {
        let bench = try bench()
        try menu(bench, ["style": "reactions"])
        reacts(bench, 1, "🥇")
        reacts(bench, 2, "🥈")
        bench.arrive()
        bench.pass(1.hours)
        bench.hear(Town.seen(roles: Bench.roles, members: []))
        readsBack(bench, [[3], [2, 4], []])
        #expect(Set(bench.arrive()) == ["-1Gold", "+3Bronze", "+4Silver"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM rolemenus_reacted") == [0])
    }

    @Test func `STA-01 of two reactions of one member in an exclusive menu that were missed, the one they have stays`() throws {
        let bench = try bench()
        try menu(bench, ["style": "reactions", "exclusive": true])
        reacts(bench, 1, "🥈")
        bench.arrive()
        bench.pass(1.hours)
        try bench.run("rolemenus.sync", ["id": 1])
        readsBack(bench, [[1, 2], [1], [2]])
        #expect(others(bench) == ["takes 🥉 of 1", "takes 🥇 of 2"])
        #expect(bench.arrive() == ["+2Bronze"])
    }

    @Test func `STA-01 what members see of a menu, and of what they chose`() throws {
        let bench = try bench()
        let params: JSON = [
            "title": "Colours", "channel": .id(Town.channel(1)), "roles": "🥉 Bronze, 🥇 Gold", "text": "What are you?",
            "exclusive": true, "needs": "Muted", "lasts": "7d",
        ]
        try bench.run("rolemenus.add", params)
        let card = try #require(bench.journal.cards.last)
        let words = PlainText(bench.directory, guild: Town.guild, zone: .utc)
        #expect(
            words.lines(of: card) == [
                "Colours", "What are you?", "", "🥉 @Bronze", "🥇 @Gold",
                "One of them at a time. For who has @Muted. Yours for 7 d.",
            ])
        #expect(card.buttons.map { "\($0.emoji ?? "") \($0.label)" } == ["🥉 Bronze", "🥇 Gold"])
        bench.hand(1, gives: Bench.muted)
        #expect(try lines(bench, "rolemenus.take", Bench.gold) == ["You have @Gold now until 2026-08-13 12:00."])
        #expect(
            try lines(bench, "rolemenus.take", Bench.bronze) == [
                "You have @Bronze now until 2026-08-13 12:00.", "You have @Gold no more.",
            ])
        #expect(
            try lines(bench, "rolemenus.show", nil).prefix(4) == [
                "Role menu 1", "Colours in #room-1, buttons", "  Roles and who chose them  🥉 @Bronze  1",
                "                            🥇 @Gold  0",
            ])
    }

    private func lines(_ bench: Bench, _ command: String, _ role: ID<Role>?) throws -> [String] {
        guard let found = bench.catalogue.command(command) else { throw Bench.Silence() }
        var person = Bench.owner
        person.member = Town.member(1)
        let params = JSON.fields(["id": 1, "role": role.map { .id($0) }])
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: person)
        request.wantsCard = true
        guard case .reply(_, _, let lines, _) = try bench.ask(request) else { throw Bench.Silence() }
        return lines
    }

    @Test func `STA-01 of somebody unknown it is asked first which roles they have`() throws {
        let bench = try bench()
        try menu(bench, ["style": "reactions", "needs": "Muted"])
        for (member, roles) in [(8, [Bench.muted]), (9, [])] as [(Int64, [ID<Role>])] {
            reacts(bench, member, "🥇")
            let parcel = try #require(bench.journal.parcels.first { if case .fetch = $0.effect { true } else { false } })
            bench.journal.clear()
            let answer: JSON = ["user": ["id": .id(Town.member(member))], "roles": .array(roles.map { .id($0) })]
            bench.receive(Receipt(parcel: parcel.id, outcome: .done(made: nil), tries: 1, answer: answer))
            #expect(others(bench) == (roles.isEmpty ? ["takes 🥇 of 9", "writes to 9"] : []))
            #expect(try bench.numbers("SELECT COUNT(*) FROM rolemenus_holdings") == [1])
            bench.journal.clear()
        }
    }

    @Test func `STA-01 a menu is changed where it stands; one that was deleted is noticed, told and posted again`() throws {
        let bench = try bench()
        try bench.tune("rolemenus.log", .id(Town.channel(2)))
        try menu(bench, ["style": "reactions"])
        try bench.run("rolemenus.role", ["id": 1, "role": "Muted", "emoji": "🔇"])
        #expect(others(bench) == ["draws", "reacts 🥉", "reacts 🥈", "reacts 🥇", "reacts 🔇"])
        bench.journal.clear()
        try bench.run("rolemenus.drop", ["id": 1, "role": "Gold"])
        #expect(others(bench).prefix(2) == ["draws", "clears 🥇"])
        bench.journal.clear()
        bench.hear(.messagesDeleted([Self.message], channel: Town.channel(1), guild: Town.guild))
        let row = try bench.run("rolemenus.show", ["id": 1])
        #expect(row["state"] == "lost" && row["trouble"]?.text?.hasPrefix("Its message was deleted.") == true)
        #expect(bench.journal.cards.last?.buttons.map(\.label) == ["Post it again"])
        bench.journal.clear()
        #expect(try bench.run("rolemenus.post", ["id": 1])["state"] == "on")
        #expect(others(bench).prefix(2) == ["posts", "reacts 🥉"])
    }

    @Test func `STA-01 a role that is deleted leaves its menu`() throws {
        let bench = try bench()
        try menu(bench)
        bench.hear(.roleDeleted(Bench.gold, guild: Town.guild))
        #expect(try bench.run("rolemenus.show", ["id": 1])["roles"]?.array?.count == 2)
        #expect(others(bench) == ["draws"])
        #expect(throws: Refusal.self) { try takes(bench, 1, Bench.gold) }
    }

    @Test(
        arguments: [
            (["roles": "Above"], "The role Above stands above mine."),
            (["roles": "Nobody"], "There is no role \"Nobody\" here."),
            (["roles": "Booster"], "The role Booster belongs to an integration or to boosting, and only that gives it."),
            (["roles": "role-10"], "The role role-10 stands above mine."),
            (["roles": "Gold, Gold"], "roles has the role \"Gold\" twice."),
            (
                ["roles": ""],
                "roles is missing: The roles, each with its emoji before it where it has one: 🎮 @Gamer, 🎨 @Artist."
            ),
            (["roles": "🥇 Gold, 🥇 Silver"], "🥇 stands for two roles."),
            (["roles": "Gold", "style": "reactions"], "Each role of a menu of reactions has an emoji."),
            (["channel": "999"], "There is no such channel here."), (["needs": "999"], "There is no role \"999\" here."),
            (["most": 26], "most is between 0 and 25, not 26."),
            (["lasts": "1m"], "lasts is between 10 min and 365 d, not 1 min."),
            (["style": "smoke"], "style cannot be \"smoke\"."),
        ] as [(JSON, String)])
    func `STA-01 what cannot work is refused when it is set up`(_ params: JSON, _ sentence: String) throws {
        let bench = try bench()
        do {
            try menu(bench, params)
            Issue.record("\(params.line) was taken")
        } catch let refusal as Refusal { #expect(refusal.sentence == sentence) }
        #expect(try bench.numbers("SELECT COUNT(*) FROM rolemenus_menus") == [0])
    }

    @Test func `STA-01 a role that governs is nobody's to give themselves, and rights that are missing are told with the fix`()
        throws
    {
        let bench = try bench([.viewChannel, .sendMessages])
        do { try menu(bench) } catch let refusal as Refusal {
            #expect(refusal.sentence == "I lack a permission in #room-1: Embed Links.")
        }
        var ruler = Town.role(2, [.banMembers])
        ruler.name = "Silver"
        bench.hear(.roleSeen(ruler))
        do { try menu(bench, ["roles": "Silver"]) } catch let refusal as Refusal {
            #expect(refusal.sentence.hasPrefix("The role Silver may Ban Members"))
        }
    }

    @Test func `STA-01 what Discord refuses is not had, and the menu says why`() throws {
        let bench = try bench()
        try menu(bench)
        _ = try takes(bench, 1, Bench.gold)
        #expect(bench.arrive(refusing: [Bench.gold]) == ["!+1Gold"])
        #expect(try bench.run("rolemenus.show", ["id": 1])["trouble"]?.text?.contains("50013") == true)
        #expect(try bench.numbers("SELECT COUNT(*) FROM rolemenus_holdings") == [0])
    }

    @Test func `PRV-03, PRV-04 what menus know of a member is exported and erased`() throws {
        let bench = try bench()
        try menu(bench)
        _ = try takes(bench, 1, Bench.gold)
        bench.arrive()
        let kept = try bench.run("tune.export", ["member": .id(Town.member(1))])["rolemenus"]
        #expect(kept?["roles"]?[0]?["role"] == .string("\(Bench.gold)"))
        try bench.run("tune.erase", ["member": .id(Town.member(1))])
        #expect(try bench.numbers("SELECT COUNT(*) FROM rolemenus_holdings") == [0])
    }
}
