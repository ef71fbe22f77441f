import CLinux
import Control
import Engine
import Kit
import Machine
import Shared
import Store
import hearthd

/// The real engine with all features and the real socket, on a database in memory, with one server that has seen some life.
/// It is opened once and lives as long as its process.
final class OpenHouse: Sendable {
    let path: String
    private let server: ControlServer
    private let desk: FrontDesk
    private let readers: Readers
    private let engine: Thread
    private let library: SQLiteLibrary

    private static let only = Lock<OpenHouse?>(nil)

    static func running() throws -> OpenHouse {
        try only.locked { open in
            if let open { return open }
            let house = try OpenHouse()
            open = house
            atexit { OpenHouse.close() }
            return house
        }
    }

    /// Leaves nothing behind.
    private static func close() {
        only.locked { open in
            guard let house = open else { return }
            house.server.stop()
            house.desk.close()
            house.engine.join()
            house.readers.stop()
            open = nil
        }
    }

    private init() throws {
        let library = try SQLiteLibrary.temporary()
        self.library = library
        let facts = HouseFacts(version: "fuzz", epoch: "fuzz", started: Self.now)
        let vitals = HouseVitals(facts: facts)
        let catalogue = try Catalogue(hearthd.House.features)
        let clocks = Clocks(wall: { Self.now }, steadyNanoseconds: { MonotonicTime.now.nanoseconds })
        readers = Readers(
            ReaderSetting(
                library: library, catalogue: catalogue, options: EngineOptions(), vitals: vitals, clocks: clocks,
                shelf: BareShelf()))
        desk = FrontDesk(catalogue: catalogue, facts: facts, readers: readers)
        let ready = Mailbox<String?>()
        engine = Thread("engine") { [desk] in
            do {
                let schemas: [FeatureMigrations] =
                    [("house", HouseSchema.migrations)] + hearthd.House.features.map { ($0.name, $0.schema) }
                let opened = try StoreOpening(
                    path: library.path, features: schemas.filter { !$0.1.isEmpty }, version: "fuzz", now: Self.now
                ).open()
                let loop = EngineLoop(
                    desk: desk, options: EngineOptions(), store: opened.writer, courier: Nobody(), vitals: vitals,
                    clocks: clocks,
                    log: { _ in })
                _ = try loop.open()
                ready.send(nil)
                loop.run {}
            } catch {
                ready.send("\(error)")
            }
        }
        if let trouble = ready.receive()?.first ?? "no word" { throw Broken(trouble) }
        desk.deliver(Self.life, weight: 1)
        try readers.start(count: 1)
        path = library.path + ".sock"
        server = ControlServer(
            path: path, roles: RoleBook(ownUser: Accounts.effectiveUser), desk: desk, log: { _, _ in })
        try server.start(process: "a fuzzer")
    }

    private static let now = Instant(seconds: 1_786_017_600)

    /// A server with a channel, a role and a member who has said something.
    private static var life: [Dispatch] {
        guard let guild = ID<Guild>(Int64(100)), let owner = ID<Member>(Int64(1001)), let channel = ID<Channel>(Int64(201))
        else {
            return []
        }
        let seen = GuildSeen(
            profile: GuildProfile(id: guild, name: "Tea House", owner: owner, locale: "en-GB", afkChannel: nil), joined: nil,
            memberCount: 1,
            channels: [
                ChannelProfile(
                    id: channel, guild: guild, name: "general", type: 0, parent: nil, position: 1, overwrites: [])
            ],
            roles: [
                RoleProfile(
                    id: guild.everyone, guild: guild, name: "@everyone", position: 0, permissions: [.viewChannel],
                    isManaged: false)
            ],
            members: MemberList([
                MemberProfile(
                    id: owner, guild: guild, username: "ann", globalName: nil, nick: nil, roles: [], isBot: false, joined: nil)
            ]), voice: [])
        let start = SessionStart(
            shard: 0, shards: 1, session: "s", resumeURL: "wss://gateway", bot: ID(firstAt: now), botName: "hearth",
            application: ID(firstAt: now), guilds: [guild], isFirst: true)
        let message = MessageSeen(
            frame: [], id: ID(firstAt: now), channel: channel, guild: guild, author: owner, isAutomatic: false, type: 0)
        return [Event.sessionStarted(start), .guildSeen(seen), .message(message)].enumerated().map { number, event in
            Dispatch(shard: 0, sequence: Int64(number + 1), event: event, receivedNanoseconds: 0)
        }
    }
}

/// Nothing leaves this house.
private struct Nobody: Courier {
    func carry(_ parcels: [Parcel]) {}
    func acknowledge(_ interaction: ID<Interaction>, token: String, isEphemeral: Bool, updates: Bool) {}
    func complete(_ interaction: ID<Interaction>, token: String, choices: [Choice]) {}
    func openForm(_ interaction: ID<Interaction>, token: String, form: Form) {}
    func committed(shard: Int, sequence: Int64) {}
    func rightsChanged(in guild: ID<Guild>, of member: ID<Member>?) {}
    func fetch(_ page: MissedPage) {}
    func requestMembers(_ guild: ID<Guild>, shard: Int) {}
}
