import Kit
import Pulse
import Shared
import Testing
import Workbench

@Suite("Badges")
struct BadgeTests {
    private func worn(_ member: Int64, _ bench: Bench) throws -> [JSON] {
        try bench.run("badges.worn", ["member": .id(Town.member(member))])["rows"]?.array?.compactMap { $0["name"] } ?? []
    }

    @Test func `RWD-07 a badge is defined, given with a reason, taken, changed, removed and had back`() throws {
        let bench = try Bench.standing()
        let added = try bench.run("badges.add", ["name": "Founder", "emoji": "🏺", "text": "Was here first"])
        #expect(added["id"] == 1 && added["holders"] == 0)
        let give: JSON = ["member": .id(Town.member(1)), "badge": "founder", "reason": "the first pot"]
        #expect(try bench.run("badges.give", give)["reason"] == "the first pot")
        #expect(try worn(1, bench) == ["Founder"])
        #expect(bench.refusing("badges.give", give)?.kind == .conflict)
        #expect(try bench.run("badges.edit", ["badge": "Founder", "name": "Pioneer"])["name"] == "Pioneer")
        try bench.run("badges.remove", ["badge": "Pioneer"])
        #expect(try worn(1, bench).isEmpty)
        try bench.run("badges.restore", ["badge": "Pioneer"])
        #expect(try worn(1, bench) == ["Pioneer"])
        try bench.run("badges.take", ["member": .id(Town.member(1)), "badge": "1"])
        #expect(try worn(1, bench).isEmpty)
        #expect(bench.refusing("badges.take", ["member": .id(Town.member(1)), "badge": "1"])?.kind == .notFound)
    }

    @Test func `RWD-07 a closed season gives its badge to the best of it`() throws {
        let bench = try Bench.standing()
        try bench.run("badges.add", ["name": "Laurel", "emoji": "🌿", "occasion": "season 2"])
        try bench.run("seasons.start", ["name": "Summer"])
        for member in Int64(1)...3 { bench.chat(member, Int(member) * 4, from: .noon(Int(member).hours)) }
        bench.clock.pass(5.hours)
        try bench.run("seasons.close", [:])
        #expect(try worn(3, bench) == ["Laurel"] && worn(2, bench) == ["Laurel"] && worn(1, bench).isEmpty)
        let shown = try bench.run("badges.show", ["badge": "Laurel"])["rows"]?.array
        #expect(shown?.map { $0["reason"] } == ["number 2 of Summer", "number 1 of Summer"])
    }

    @Test(
        arguments: [
            ("badges.add", ["name": "Founder", "emoji": "🏺"]), ("badges.add", ["name": "7", "emoji": "🏺"]),
            ("badges.add", ["name": "a\nb", "emoji": "🏺"]), ("badges.add", ["name": "x", "emoji": "tea"]),
            ("badges.add", ["name": "x", "emoji": "🏺", "occasion": "birthday 3"]),
            ("badges.add", ["name": .string(String(repeating: "n", count: 41)), "emoji": "🏺"]),
            ("badges.give", ["member": "12345", "badge": "Founder"]),
            ("badges.give", ["member": "person-1", "badge": "Foundr"]),
            ("badges.edit", ["badge": "none"]), ("badges.show", ["badge": "none"]), ("badges.worn", ["member": "99"]),
            ("badges.restore", ["badge": "Founder"]),
        ] as [(String, JSON)])
    func `what badges cannot do is refused, and the field named`(_ command: String, _ params: JSON) throws {
        let bench = try Bench.standing()
        try bench.run("badges.add", ["name": "Founder", "emoji": "🏺"])
        let refusal = try #require(bench.refusing(command, params))
        #expect(refusal.field != nil)
        if params["badge"] == "Foundr" { #expect(refusal.hint?.contains("\"Founder\"") == true) }
    }

    @Test func `another server's badge is not found here`() throws {
        let bench = try Bench.standing()
        let other: ID<Guild> = name(101)
        bench.hear(
            .guildSeen(
                GuildSeen(
                    profile: GuildProfile(id: other, name: "Elsewhere", owner: Town.owner, locale: "en-GB", afkChannel: nil),
                    joined: nil, memberCount: 0, channels: [], roles: [], members: MemberList([]), voice: [])))
        try bench.run("badges.add", ["name": "Founder", "emoji": "🏺"])
        #expect(bench.refusing("badges.show", ["badge": "1"], in: other)?.kind == .notFound)
        #expect(bench.refusing("badges.remove", ["badge": "Founder"], in: other)?.kind == .notFound)
    }

    @Test func `badges are exported and erased, and who gave one is forgotten`() throws {
        let bench = try Bench.standing()
        try bench.run("badges.add", ["name": "Founder", "emoji": "🏺"])
        try bench.run("badges.give", ["member": .id(Town.member(1)), "badge": "Founder", "reason": "first"])
        let export = try bench.run("tune.export", ["member": .id(Town.member(1))])["badges"]
        #expect(export?["worn"]?[0]?["reason"] == "first")
        try bench.run("tune.erase", ["member": .id(Town.member(1))])
        #expect(try bench.numbers("SELECT COUNT(*) FROM badges_held") == [0])
    }
}
