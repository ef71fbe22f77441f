import Engine
import Kit
import Shared
import Testing
import Workbench

@Suite("Who is in a server")
struct RosterTests {
    private static func person(_ number: Int64, _ version: Int) -> MemberProfile {
        MemberProfile(
            id: Town.member(number), guild: Town.guild, username: "user-\(number)-\(version)",
            globalName: version % 2 == 0 ? "Üser \(number)" : nil, nick: version % 3 == 0 ? "nick \(version)" : nil,
            roles: (0..<Int64(version % 5)).map(Town.role), isBot: number % 7 == 0,
            joined: version % 4 == 0 ? nil : Bench.start, isPending: version % 2 == 1)
    }

    private static func listed(_ members: [MemberProfile]) -> Event {
        .membersListed(guild: Town.guild, MemberList(members), ListPart(0, of: 1))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a thousand members come, change and go in any order, and each is as last told`(_ seed: UInt64) throws {
        let bench = try Bench.toy()
        bench.hear(Town.seen())
        var dice = Dice(seed: "\(seed)")
        var truth: [Int64: MemberProfile] = [:]
        for round in 1...60 {
            let some = (0..<Int.random(in: 1...40, using: &dice)).map { _ in Int64.random(in: 1...1000, using: &dice) }
            if round % 5 == 0 {
                for number in some {
                    bench.hear(.memberLeft(Town.member(number), guild: Town.guild))
                    truth[number] = nil
                }
            } else {
                let people = some.map { Self.person($0, round) }
                for person in people { truth[person.id.number - 1000] = person }
                bench.hear(round % 7 == 0 ? people.map { .memberSeen($0, joined: false) } : [Self.listed(people)])
            }
        }
        #expect(truth.count > 300)
        for number in 1...1000 as ClosedRange<Int64> {
            #expect(bench.directory.member(Town.member(number), in: Town.guild) == truth[number])
        }
        #expect(try bench.numbers("SELECT LENGTH(members) FROM house_rosters").allSatisfy { $0 <= 3900 })
    }

    @Test func `members take a row for many of them, and none is written that stays as it was`() throws {
        let bench = try Bench.toy()
        let people = (1...500).map { Self.person($0, 6) }
        bench.hear(Town.seen(members: people))
        let rows = try bench.numbers("SELECT LENGTH(members) FROM house_rosters")
        #expect((5...14).contains(rows.count))
        _ = bench.store.takeTouchedTables()
        bench.hear(Self.listed(people.shuffled()))
        #expect(!bench.store.takeTouchedTables().contains("house_rosters"))
        for person in people { bench.hear(.memberLeft(person.id, guild: Town.guild)) }
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_rosters") == [0])
    }

    @Test func `members are found by the start of any of their names, capitals aside`() throws {
        let bench = try Bench.toy()
        func named(_ number: Int64, _ username: String, _ globalName: String?, _ nick: String?) -> MemberProfile {
            MemberProfile(
                id: Town.member(number), guild: Town.guild, username: username, globalName: globalName, nick: nick, roles: [],
                isBot: false, joined: nil)
        }
        bench.hear(
            Town.seen(members: [
                named(1, "mia", "Zoë", nil), named(2, "anna", nil, "Mia"), named(3, "miami", nil, "Ölaf"),
                named(4, "ben_10", "50%", nil),
            ]))
        func found(_ name: String, _ limit: Int = 9) -> [Int64] {
            bench.directory.members(named: name, in: Town.guild, limit: limit).map { $0.id.number - 1000 }
        }
        #expect(found("MI") == [2, 1, 3] && found("mI", 1) == [2])
        #expect(found("mia") == [2, 1], "those of exactly that name come alone")
        #expect(found("zOË") == [1] && found("öL") == [3] && found("50%") == [4])
        #expect(found("").isEmpty && found("%").isEmpty && found("ben.").isEmpty)
    }

    @Test func `whoever is not named by the whole list has left, in whatever order its parts come`() throws {
        let curious = Feature(
            "curious", "Wants to know everybody", version: "1", wantsMembers: true, export: { _, _ in .null },
            erase: { _, _ in 0 })
        let bench = try Bench([curious])
        let people = (1...6).map { Self.person($0, 6) }
        let profile = GuildProfile(id: Town.guild, name: "Town", owner: Town.owner, locale: "en-GB", afkChannel: nil)
        bench.hear(
            .guildSeen(
                GuildSeen(
                    profile: profile, joined: nil, memberCount: 2000, channels: [], roles: [Town.everyone()],
                    members: MemberList(people), voice: [])))
        let asked = bench.journal.all.contains { if case .members(Town.guild) = $0 { true } else { false } }
        #expect(asked)
        func hears(_ some: ArraySlice<MemberProfile>, _ part: Int) {
            bench.hear(.membersListed(guild: Town.guild, MemberList(Array(some)), ListPart(part, of: 3)))
        }
        hears(people[4...4], 2)
        hears(people[0...1], 0)
        #expect(bench.directory.member(Town.member(4), in: Town.guild) != nil, "the middle is still to come")
        try bench.restart()
        bench.step()
        hears(people[4...4], 2)
        hears(people[2...2], 1)
        hears(people[0...1], 0)
        #expect((1...6).filter { bench.directory.member(Town.member($0), in: Town.guild) != nil } == [1, 2, 3, 5])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_rolls") == [0])
    }

    @Test func `rows of an older version are packed when the engine opens`() throws {
        let bench = try Bench.toy()
        bench.hear(Town.seen())
        try bench.store.begin()
        for number in 1...300 {
            _ = try bench.store.run(
                """
                INSERT INTO house_members (guild, member, username, global_name, nick, roles, bot, joined, pending)
                VALUES (\(Town.guild), \(Town.member(Int64(number))), \("user\(number)"), NULL, 'Nick', '301,302', 1,
                    \(Bench.start), 1)
                """)
        }
        try bench.store.commit()
        try bench.restart()
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_members") == [0])
        let taken = MemberProfile(
            id: Town.member(300), guild: Town.guild, username: "user300", globalName: nil, nick: "Nick",
            roles: [Town.role(1), Town.role(2)], isBot: true, joined: Bench.start, isPending: true)
        #expect(bench.directory.member(Town.member(300), in: Town.guild) == taken)
        #expect(bench.directory.profiles(of: Town.member(300)) == [taken])
        #expect(bench.directory.members(named: "user", in: Town.guild, limit: 1000).count == 300)
    }
}
