import Kit
import Shared

/// What a turn of the notebook's house can lean on: no server, no store, no settings.
final class NotebookHouse: House, Directory, Vitals {
    let catalogue: Catalogue
    let facts: HouseFacts
    var latencyMilliseconds: Int? { nil }
    var directory: any Directory { self }
    var vitals: any Vitals { self }
    func secret() -> UInt64 { 7 }

    init(_ catalogue: Catalogue, _ facts: HouseFacts) {
        self.catalogue = catalogue
        self.facts = facts
    }

    func stored(_ setting: String, guild: ID<Guild>?, channel: ID<Channel>?, roles: [ID<Role>]) -> JSON? { nil }
    func compiled(_: ObjectIdentifier, guild: ID<Guild>?, _ make: () -> AnyObject) -> AnyObject { make() }
    func hot<State: Hot>(_: State.Type) -> State { State() }
    func settingsChanged() {}
    func isOn(_ feature: Feature, _ guild: ID<Guild>?) -> Bool { true }
    func prefix(_ guild: ID<Guild>?) -> String { "E!" }
    func erase(_: ID<Member>, _: Turn) throws -> Erasure { throw Refusal.unavailable("not here") }
    func secret() -> String { "" }
    var shelf: any Shelf { BareShelf() }
    func occurrences(of rule: Recurrence, after: Instant, count: Int) -> [Instant] { [] }
    func yaml(_ text: String) -> YAMLNode? { nil }

    var bot: ID<Member>? { nil }
    func member(_ id: ID<Member>, in guild: ID<Guild>) -> MemberProfile? { nil }
    func each(in guild: ID<Guild>, _ body: (PackedMember) -> Void) {}
    func members(named name: String, in guild: ID<Guild>, limit: Int) -> [MemberProfile] { [] }
    func profiles(of member: ID<Member>) -> [MemberProfile] { [] }
    func guild(_ id: ID<Guild>) -> GuildProfile? { nil }
    func guilds() -> [GuildProfile] { [] }
    func channels(in guild: ID<Guild>) -> [ChannelProfile] { [] }
    func roles(in guild: ID<Guild>) -> [RoleProfile] { [] }
    func ownPermissions(in channel: ID<Channel>, of guild: ID<Guild>) -> Permissions? { nil }
    func name(of channel: ID<Channel>) -> String? { nil }
    func name(of role: ID<Role>) -> String? { nil }
    func name(of member: ID<Member>, in guild: ID<Guild>?) -> String? { nil }

    func signs(at now: Instant) -> [Sign] { [] }
    func clients() -> [JSON] { [] }
    func disconnect(_ client: String) -> Bool { false }
    func routes() -> [JSON] { [] }
    func log(limit: Int) -> [JSON] { [] }
}

/// The notebook's house keeps nothing in tables; who asks one is told so.
final class NoStore: Connection {
    private static let error = StoreError.failed(code: 1, message: "there are no tables")
    func run(_ sql: SQL) throws(StoreError) -> Int { throw Self.error }
    func each(_ sql: SQL, _ body: (any Row) throws -> Void) throws { throw Self.error }
    func repeated(_ statement: StaticString, count: Int, _ bind: (Int, any Binder) -> Void) throws(StoreError) -> Int {
        throw Self.error
    }
}
