import Engine
import Kit
import Shared
import Testing
import Workbench

@Suite("What Discord told")
struct ProjectionTests {
    @Test func `a message tells its author's names and roles, and is written when they change`() throws {
        let bench = try Bench.toy()
        func said(_ nick: String, _ fingerprint: UInt64, _ extra: Int64) -> Event {
            var said = Said(4, at: Bench.start, extra: extra)
            said.username = "somebody"
            said.nick = nick
            said.roles = [Town.role(1), Town.role(2)]
            said.fingerprint = fingerprint
            return said.event
        }
        bench.hear(said("\"quoted\"", 1, 1))
        func known() -> MemberProfile? { bench.directory.member(Town.member(4), in: Town.guild) }
        #expect(known()?.nick == "\"quoted\"" && known()?.roles == [Town.role(1), Town.role(2)])
        bench.hear(said("unseen", 1, 2))
        #expect(known()?.nick == "\"quoted\"")
        bench.hear(said("seen", 2, 3))
        #expect(known()?.nick == "seen" && known()?.username == "somebody")
    }

    @Test func `a server's channels and roles are as it shows them, and stay through an outage`() throws {
        let bench = try Bench.toy()
        bench.hear(Town.seen(channels: [Town.place(7)], roles: [Town.everyone(), Town.role(1, [.manageRoles])]))
        #expect(try bench.texts("SELECT name FROM house_channels") == ["room-7"])
        bench.hear(.guildUnavailable(Town.guild))
        #expect(try bench.texts("SELECT state FROM house_guilds") == ["unavailable"])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_roles") == [2])
        bench.hear(.channelDeleted(Town.channel(7), guild: Town.guild), .roleDeleted(Town.role(1), guild: Town.guild))
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_channels") == [0])
        #expect(try bench.numbers("SELECT COUNT(*) FROM house_roles") == [1])
    }

    /// Who may run a command for those who may Manage Server, in channel 1 or in its thread, channel 9.
    @Test(
        arguments: [
            (Int64(1), [], [], 1, true), (2, [], [], 1, false), (2, [1], [], 1, true), (2, [2], [], 1, true),
            (2, [1], [Overwrite(target: 100, isMember: false, allow: [], deny: .manageGuild)], 1, false),
            (2, [2], [Overwrite(target: 100, isMember: false, allow: [], deny: .manageGuild)], 1, true),
            (
                2, [1],
                [
                    Overwrite(target: 301, isMember: false, allow: [], deny: .manageGuild),
                    Overwrite(target: 303, isMember: false, allow: .manageGuild, deny: []),
                ], 1, false
            ),
            (
                2, [1, 3],
                [
                    Overwrite(target: 301, isMember: false, allow: [], deny: .manageGuild),
                    Overwrite(target: 303, isMember: false, allow: .manageGuild, deny: []),
                ], 1, true
            ),
            (2, [1], [Overwrite(target: 1002, isMember: true, allow: [], deny: .manageGuild)], 1, false),
            (2, [], [Overwrite(target: 1002, isMember: true, allow: .manageGuild, deny: [])], 9, true),
        ] as [(Int64, [Int64], [Overwrite], Int64, Bool)])
    func `permissions are those of the roles, then of the channel`(
        _ member: Int64, _ roles: [Int64], _ overwrites: [Overwrite], _ place: Int64, _ may: Bool
    ) throws {
        let bench = try Bench.toy()
        bench.hear(
            Town.seen(
                channels: [Town.place(1, overwrites), Town.place(9, type: 11, parent: Town.channel(1))],
                roles: [Town.everyone(), Town.role(1, .manageGuild), Town.role(2, .administrator), Town.role(3, [])],
                members: [Town.profile(2, named: "two", roles: roles.map(Town.role))]))
        bench.hear(Said(member, "E!crowd 1", in: place, at: Bench.start).event)
        #expect(try bench.marks() == (may ? ["crowd"] : []))
    }
}
