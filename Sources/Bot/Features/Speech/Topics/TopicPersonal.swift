internal import Kit
internal import Shared

extension Topics {
    /// Nothing that is kept here belongs to anybody: words are counted without their speakers, and bits are shared.
    static let exportPersonal: @Sendable (Turn, ID<Member>) throws -> JSON = { _, _ in .null }

    /// What leads nearest to somebody are the salts of days that are not over: without them no bit can be held against an id.
    static let erasePersonal: @Sendable (Turn, ID<Member>) throws -> Int = { turn, member in
        let places = turn.guild.map { [$0] } ?? turn.house.directory.profiles(of: member).map(\.guild)
        for guild in places { try turn.store.run("DELETE FROM topics_salts WHERE guild = \(guild)") }
        return 0
    }
}
