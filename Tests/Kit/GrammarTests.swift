import Kit
import Shared
import Testing

@Suite("The grammar")
struct GrammarTests {
    private static func command(_ name: String, also: [String] = []) -> Command {
        Command(name, "s", also: also, changes: false, returns: .nothing) { _ in .done(Card(text: ""), data: .null) }
    }

    private static func feature(_ name: String, needs: [String] = [], _ commands: Command...) -> Feature {
        Feature(name, "s", version: "1", needs: needs, commands: commands, export: { _, _ in .null }, erase: { _, _ in 0 })
    }

    @Test func `two things of one name do not start`() throws {
        let cases: [([Feature], String)] = [
            ([Self.feature("a", Self.command("a.x"), Self.command("a.x"))], "two commands are called a.x"),
            (
                [Self.feature("a", Self.command("a.x", also: ["y"])), Self.feature("b", Self.command("b.x", also: ["y"]))],
                "two commands are called y"
            ),
            ([Self.feature("a"), Self.feature("a")], "two features are called a"),
            ([Self.feature("a", needs: ["b"])], "a needs the feature b, which is not in the house"),
        ]
        for (features, words) in cases {
            let clash = #expect(throws: Catalogue.Clash.self) { try Catalogue(features) }
            #expect(clash?.description == words)
        }
        let catalogue = try Catalogue([Self.feature("a", Self.command("a.x", also: ["old"]))])
        #expect(catalogue.command("old")?.name == "a.x")
        #expect(catalogue.nearestCommand(to: "a.xx") == "a.x")
    }

    /// Which of everyone … houseOwner each may, in the order of the cases.
    @Test(
        arguments: [
            ([], false, false, "1000000"), (.moderateMembers, false, false, "1100000"),
            (.manageEvents, false, false, "1010000"),
            (.manageRoles, false, false, "1001000"), (.manageGuild, false, false, "1000100"),
            (.administrator, false, false, "1111100"),
            ([], true, false, "1111110"), ([], false, true, "1111111"),
        ] as [(Permissions, Bool, Bool, String)])
    func `a member may what a permission or ownership allows`(
        _ permissions: Permissions, _ ownsGuild: Bool, _ ownsHouse: Bool, _ table: String
    ) {
        let asker = Asker.member(
            .init(id: Readings.id(1), permissions: permissions, ownsGuild: ownsGuild, ownsHouse: ownsHouse))
        #expect(Access.allCases.map { asker.may($0) ? "1" : "0" }.joined() == table)
    }

    @Test(
        arguments: [(.viewer, "1000000"), (.moderator, "1100000"), (.admin, "1111110"), (.owner, "1111111")]
            as [(Access.Role, String)])
    func `an operator may what their role allows`(_ role: Access.Role, _ table: String) {
        let asker = Asker.unix(.init(user: 1, name: "n", role: role, client: "c"))
        #expect(Access.allCases.map { asker.may($0) ? "1" : "0" }.joined() == table)
    }

    @Test func `what is interpolated into SQL is bound, and parts are numbered anew`() {
        let evil = "'; DROP TABLE x; --"
        let part: SQL = "b = \(2) AND c = \(evil)"
        let outer: SQL = "SELECT \(1) WHERE \(part) OR d = \(nil as String?) \(words: "LIMIT") \(ID<Guild>?.none) \(true)"
        #expect(outer.text == "SELECT $1 WHERE b = $2 AND c = $3 OR d = $4 LIMIT $5 $6")
        #expect(outer.values == [.int(1), .int(2), .text(evil), .null, .null, .int(1)])
        let nested: SQL = "\(outer) \(part)"
        #expect(nested.text.hasSuffix("$6 b = $7 AND c = $8"))
        #expect(nested.values.count == 8)
    }

    @Test(
        arguments: [
            (0, "0"), (1000, "1"), (12_500, "12.5"), (12_345, "12.345"), (-1, "-0.001"), (1_000_010, "1000.01"), (-2000, "-2"),
            (.min, "-9223372036854775.808"),
        ] as [(Int64, String)])
    func `points have the decimals they need`(_ points: Int64, _ text: String) {
        #expect(spelled(points: points) == text)
    }

    @Test func `the same seed throws the same dice, another one others`() {
        var first = Dice(seed: "m1"), same = Dice(seed: "m1"), other = Dice(seed: "m2")
        let throwns = (0..<20).map { _ in first.next() }
        #expect(throwns == (0..<20).map { _ in same.next() })
        #expect(throwns != (0..<20).map { _ in other.next() })
        var faces = Dice(seed: 7)
        let counts = (0..<6000).reduce(into: [Int: Int]()) { counts, _ in
            counts[Int.random(in: 1...6, using: &faces), default: 0] += 1
        }
        #expect(counts.count == 6 && counts.values.allSatisfy { (800...1200).contains($0) })
    }

    private struct Names: Directory {
        var bot: ID<Member>? { nil }
        func member(_ id: ID<Member>, in guild: ID<Guild>) -> MemberProfile? { nil }
        func members(named name: String, in guild: ID<Guild>, limit: Int) -> [MemberProfile] { [] }
        func each(in guild: ID<Guild>, _ body: (PackedMember) -> Void) {}
        func profiles(of member: ID<Member>) -> [MemberProfile] { [] }
        func guild(_ id: ID<Guild>) -> GuildProfile? { nil }
        func guilds() -> [GuildProfile] { [] }
        func channels(in guild: ID<Guild>) -> [ChannelProfile] { [] }
        func roles(in guild: ID<Guild>) -> [RoleProfile] { [] }
        func ownPermissions(in channel: ID<Channel>, of guild: ID<Guild>) -> Permissions? { nil }
        func name(of channel: ID<Channel>) -> String? { channel.number == 31 ? "general" : nil }
        func name(of role: ID<Role>) -> String? { "red" }
        func name(of member: ID<Member>, in guild: ID<Guild>?) -> String? { member.number == 11 ? "Ada" : nil }
    }

    @Test func `a card is drawn in plain lines, with names for ids`() throws {
        let drawing = PlainText(Names(), guild: nil, zone: try Zone(named: "Europe/Brussels"))
        let ada: ID<Member> = Readings.id(11), nobody: ID<Member> = Readings.id(12)
        let channel: ID<Channel> = Readings.id(31), role: ID<Role> = Readings.id(1)
        let card = Card(
            "About \(ada)", text: "\(nobody) in \(channel), \(role): \(points: 1500)\n\("*theirs*")",
            fields: [.init("A", "\(Readings.now, .time)"), .init("Long", "one\ntwo")], footer: "\(Readings.now, .date)")
        #expect(
            drawing.lines(of: card) == [
                "About Ada", "member 12 in #general, @red: 1.5", "*theirs*", "  A     12:00", "  Long  one", "        two",
                "2026-08-06",
            ])
        #expect(drawing.lines(of: Card(text: "")) == [])
    }

    @Test(
        arguments: [
            (0, "now"), (29, "now"), (31, "in 1 min"), (-90, "2 min ago"), (7199, "in 2 h"), (47 * 3600, "in 47 h"),
            (6 * 86_400, "in 6 d"), (-6 * 86_400, "6 d ago"),
        ] as [(Int64, String)])
    func `how long until then is told in one unit`(_ seconds: Int64, _ told: String) {
        let drawing = PlainText(Names(), guild: nil, zone: .utc, now: Readings.now)
        #expect(drawing.text("\(Readings.now + .seconds(seconds), .relative)") == told)
    }

    @Test(arguments: [
        ("FREQ=DAILY;BYHOUR=18;BYMINUTE=0;BYSECOND=0", "every day at 18:00"),
        ("FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=9;BYMINUTE=5;BYSECOND=0", "every week on Mon, Thu at 09:05"),
        ("FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=12;COUNT=3", "every month on day 1 at 12:00, 3 times"),
        ("FREQ=DAILY;BYHOUR=9,18", "FREQ=DAILY;BYHOUR=9,18"), ("FREQ=HOURLY", "FREQ=HOURLY"),
    ])
    func `a rhythm is told in words where there are words`(_ rule: String, _ told: String) {
        #expect(Rhythm.rule(rule).spelled == told)
    }
}
