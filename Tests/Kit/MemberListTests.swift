import Kit
import Shared
import Testing

@Suite("Packed members")
struct MemberListTests {
    private static let guild = ID<Guild>(firstAt: Instant(seconds: 1_500_000_000))

    private static func member(_ number: Int64, _ names: [String?], roles: [Int64] = [], flags: Int = 0) -> MemberProfile {
        MemberProfile(
            id: ID<Member>(number) ?? guild.relabelled(as: Member.self), guild: guild, username: (names[0] ?? ""),
            globalName: names[1], nick: names[2], roles: roles.compactMap { ID<Role>($0) }, isBot: flags & 1 != 0,
            joined: flags & 2 != 0 ? Instant(milliseconds: -5) : nil, isPending: flags & 4 != 0)
    }

    private static let people = [
        member(1, ["ann", nil, nil]), member(.max, ["", "", ""], roles: [7], flags: 7),
        member(3, ["b\u{0}b", "Ü 👍🏽", nil], roles: [1, .max, 2], flags: 1),
        member(4, [String(repeating: "x", count: 3000), nil, "nick"], roles: (1...250).map { $0 }, flags: 2),
    ]

    @Test func `whoever is packed comes out as they were`() {
        let list = MemberList(Self.people)
        #expect(list.map { $0.profile(in: Self.guild) } == Self.people && list.count == 4)
        #expect(MemberList(bytes: list.bytes) == list)
        #expect(list.map(\.isBot) == [false, true, true, false])
    }

    @Test func `bytes that were cut short or are none of ours end the list where they begin to make no sense`() {
        let list = MemberList(Self.people)
        for count in 0..<list.bytes.count {
            let cut = MemberList(bytes: Array(list.bytes.prefix(count)))
            #expect(cut.count < 4 && cut.map { $0.profile(in: Self.guild) } == Array(Self.people.prefix(cut.count)))
        }
        for byte in [0, 1, 9, 0x7F, 0xFF] as [UInt8] {
            let noise = MemberList(bytes: [UInt8](repeating: byte, count: 200))
            for member in noise { _ = member.profile(in: Self.guild) }
        }
        #expect(MemberList(bytes: [UInt8](repeating: 0xFF, count: 200)).isEmpty)
    }

    @Test func `names that are longer inside than told are cut, and nothing is read beyond`() {
        var bytes = MemberList([Self.member(9, ["ann", "Ann", "A"], roles: [5])]).bytes
        bytes[13] = 0xFF
        let names = MemberList(bytes: bytes).map { $0.profile(in: Self.guild) }
        #expect(names.count == 1 && names[0].username.hasPrefix("ann") && names[0].roles.isEmpty)
    }
}
