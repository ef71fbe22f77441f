import Discord
import Kit
import Machine
import Shared
import Testing

/// What the engine would have got.
private final class Listener: Inbox, IdentifyLedger {
    struct Kept: Sendable {
        var dispatches: [Dispatch] = []
        var receipts: [Receipt] = []
        var gaps: [String] = []
        var fetched: [FetchedPage] = []
        var states: [LinkState] = []
        var isFull = false
        var record: IdentifyRecord?
    }

    private let kept = Lock(Kept())
    private let changed = Mailbox<Bool>()

    private func change(_ body: (inout Kept) -> Void) {
        kept.locked { body(&$0) }
        changed.send(true)
    }

    func deliver(_ batch: [Dispatch], weight: Int) { change { $0.dispatches += batch } }
    func deliver(_ receipts: [Receipt]) { change { $0.receipts += receipts } }
    func noteTrying(_ parcels: [Int64], then: @escaping @Sendable () -> Void) { then() }
    func noteGap(shard: Int, reason: String) { change { $0.gaps.append(reason) } }
    func deliver(_ fetched: FetchedPage) { change { $0.fetched.append(fetched) } }
    func note(_ link: LinkState) { change { $0.states.append(link) } }
    var isFull: Bool { kept.locked { $0.isFull } }
    func fill(_ isFull: Bool) { change { $0.isFull = isFull } }
    func record() -> IdentifyRecord? { kept.locked { $0.record } }
    func keep(_ record: IdentifyRecord) { change { $0.record = record } }

    var now: Kept { kept.locked { $0 } }

    /// Waits until it is so.
    func await(_ condition: (Kept) -> Bool) throws {
        let deadline = MonotonicTime.now.adding(milliseconds: 10_000)
        while !condition(now) {
            guard MonotonicTime.now < deadline else { throw NotThere() }
            _ = changed.receive(within: 100)
        }
    }
}

/// A link and its partner on real sockets.
private struct Stage {
    let discord: LoopbackDiscord
    let listener = Listener()
    let link: DiscordLink
    /// How far the clock has been turned beyond the real one.
    private let ahead = Lock(0)

    init(
        _ compression: Compression = .none, intents: Intents = .usual,
        rest: @escaping @Sendable (LoopbackDiscord.Request) -> (Int, String)? = { _ in (404, #"{"code":0,"message":"404"}"#) }
    ) throws {
        let port = Lock(0)
        discord = try LoopbackDiscord { request in
            if request.path.hasSuffix("/gateway/bot") {
                let url = "ws://127.0.0.1:\(port.locked { $0 })/main"
                let body =
                    #"{"url":"\#(url)","shards":1,"session_start_limit":{"total":1000,"remaining":999,"reset_after":1000,"max_concurrency":1}}"#
                return HTTPResponse(status: 200, headers: [:], body: Array(body.utf8))
            }
            return rest(request).map { HTTPResponse(status: $0.0, headers: [:], body: Array($0.1.utf8)) }
        }
        let known = discord.port
        port.locked { $0 = known }
        var configuration = LinkConfiguration(
            token: Secret("OTk5.secret"), apiBase: "http://127.0.0.1:\(discord.port)/api/v10", intents: intents, version: "1")
        configuration.compression = compression
        let ahead = ahead
        let clock = LinkClock(
            now: { MonotonicTime.now.adding(milliseconds: ahead.locked { $0 }) },
            wall: { Instant(milliseconds: wallMilliseconds() + Int64(ahead.locked { $0 })) },
            chance: { Double.random(in: 0..<1) })
        link = try DiscordLink(configuration, inbox: listener, ledger: listener, clock: clock)
    }

    func turn(_ milliseconds: Int) {
        ahead.locked { $0 += milliseconds }
        link.nudge()
    }

    /// Lets the pause between two connections or two identifies pass, once it has been entered.
    func passPause() throws {
        try listener.await { $0.states.last?.phase == .waiting }
        turn(7_000)
    }

    func hello(_ connection: Int, every milliseconds: Int = 45_000) {
        discord.send(connection, #"{"op":10,"d":{"heartbeat_interval":\#(milliseconds)},"s":null,"t":null}"#)
    }

    func joined() throws -> (Int, String) {
        try discord.await { if case .joined(let connection, let path) = $0 { (connection, path) } else { nil } }
    }

    func said(_ opcode: Int64) throws -> JSON {
        try discord.await { news -> JSON? in
            guard case .said(_, let json) = news, json["op"]?.int == opcode else { return nil }
            return json["d"] ?? .null
        }
    }

    /// Online with a new session; answers the connection.
    func online(every milliseconds: Int = 45_000) throws -> Int {
        link.start(checkpoints: [])
        let (connection, _) = try joined()
        hello(connection, every: milliseconds)
        _ = try said(2)
        ready(connection)
        try listener.await { $0.states.last?.phase == .connected && $0.dispatches.count == 1 }
        return connection
    }

    func ready(_ connection: Int) {
        discord.send(
            connection,
            #"{"t":"READY","s":1,"op":0,"d":{"user":{"id":"999","username":"hearth"},"guilds":[{"id":"5","unavailable":true}],"session_id":"abc","resume_gateway_url":"ws://127.0.0.1:\#(discord.port)/resume","application":{"id":"77","flags":0}}}"#
        )
    }

    func message(_ connection: Int, _ sequence: Int) {
        discord.send(
            connection,
            #"{"t":"MESSAGE_CREATE","s":\#(sequence),"op":0,"d":{"id":"\#(1000 + sequence)","channel_id":"2","guild_id":"5","content":"m\#(sequence)","author":{"id":"3","username":"ann"}}}"#
        )
    }

    func end() {
        link.stop(keepingSession: true)
        discord.end()
    }
}

@Suite("The link over real sockets")
struct LinkTests {
    @Test("it asks for the gateway, introduces itself, identifies and delivers what happens")
    func online() throws {
        let stage = try Stage()
        stage.link.start(checkpoints: [])
        let asked = try stage.discord.await { if case .asked(let request) = $0 { request } else { nil } }
        #expect(
            asked.method == "GET" && asked.path == "/api/v10/gateway/bot" && asked.headers["authorization"] == "Bot OTk5.secret"
        )
        #expect(asked.headers["user-agent"]?.hasPrefix("DiscordBot (https://") == true)
        let (connection, path) = try stage.joined()
        #expect(path == "/main/?v=10&encoding=json")
        stage.hello(connection)
        let identify = try stage.said(2)
        #expect(identify["token"] == "OTk5.secret" && identify["shard"] == [0, 1] && identify["properties"]?["os"] == "linux")
        #expect(identify["intents"]?.int == Int64(Intents.usual.rawValue))
        stage.ready(connection)
        for sequence in 2...300 { stage.message(connection, sequence) }
        try stage.listener.await { $0.dispatches.count == 300 }
        let dispatches = stage.listener.now.dispatches
        #expect(dispatches.map(\.sequence) == Array(1...300))
        guard case .sessionStarted(let start)? = dispatches[0].event, case .message(let last)? = dispatches[299].event else {
            throw NotThere()
        }
        #expect(start.isFirst && start.session == "abc" && start.guilds.count == 1 && start.application.number == 77)
        #expect(last.contentText == "m300" && stage.listener.now.record?.budget?.remaining == 998)
        stage.end()
        #expect(try stage.discord.await { if case .left(_, let code) = $0 { code } else { nil } } == 4000)
    }

    @Test("heartbeats carry what is on disk, a lost connection is resumed at its own address")
    func resuming() throws {
        let stage = try Stage()
        let connection = try stage.online(every: 200)
        stage.message(connection, 2)
        stage.message(connection, 3)
        try stage.listener.await { $0.dispatches.count == 3 }
        stage.link.committed(shard: 0, sequence: 2)
        let beat = try stage.discord.await { news -> JSON? in
            guard case .said(let from, let json) = news, json["op"] == 1 else { return nil }
            stage.discord.send(from, #"{"op":11}"#)
            return json["d"] == 2 ? json : Optional.none
        }
        #expect(beat["d"] == 2)
        stage.discord.drop(connection)
        try stage.passPause()
        let (second, path) = try stage.joined()
        #expect(path == "/resume/?v=10&encoding=json")
        stage.hello(second)
        let resume = try stage.said(6)
        #expect(resume["session_id"] == "abc" && resume["seq"] == 3 && resume["token"] == "OTk5.secret")
        stage.message(second, 4)
        stage.discord.send(second, #"{"t":"RESUMED","s":5,"op":0,"d":{}}"#)
        try stage.listener.await { $0.dispatches.count == 5 }
        guard case .sessionResumed? = stage.listener.now.dispatches.last?.event else { throw NotThere() }
        #expect(stage.listener.now.gaps.isEmpty)
        stage.end()
    }

    @Test("a start from a checkpoint resumes it and spends no identify")
    func coldStart() throws {
        let stage = try Stage()
        let url = "ws://127.0.0.1:\(stage.discord.port)/kept"
        stage.link.start(checkpoints: [Checkpoint(shard: 0, shards: 1, session: "old", resumeURL: url, sequence: 41)])
        let (connection, path) = try stage.joined()
        #expect(path.hasPrefix("/kept/"))
        stage.hello(connection)
        #expect(try stage.said(6)["seq"] == 41)
        stage.discord.send(connection, #"{"op":9,"d":false}"#)
        try stage.listener.await { $0.gaps.count == 1 }
        try stage.passPause()
        let (second, main) = try stage.joined()
        #expect(main.hasPrefix("/main/"))
        stage.hello(second)
        _ = try stage.said(2)
        stage.ready(second)
        try stage.listener.await { $0.dispatches.count == 1 }
        guard case .sessionStarted(let start)? = stage.listener.now.dispatches[0].event else { throw NotThere() }
        #expect(!start.isFirst)
        stage.end()
    }

    @Test("while the inbox is full nothing is read, hearts beat, and afterwards nothing is missing")
    func full() throws {
        let stage = try Stage()
        let connection = try stage.online(every: 200)
        stage.listener.fill(true)
        for sequence in 2...2_000 { stage.message(connection, sequence) }
        for _ in 0..<3 { _ = try stage.said(1) }
        #expect(stage.listener.now.dispatches.count == 1)
        stage.listener.fill(false)
        try stage.listener.await { $0.dispatches.count == 2_000 }
        #expect(stage.listener.now.dispatches.map(\.sequence) == Array(1...2_000))
        stage.end()
    }

    @Test("a packed stream is read like a plain one", arguments: [Compression.zlib])
    func packed(compression: Compression) throws {
        let stage = try Stage(compression)
        stage.link.start(checkpoints: [])
        let (connection, path) = try stage.joined()
        #expect(path.hasSuffix("&compress=zlib-stream"))
        let hello = hex("789caa56ca2f50b23234d0514a51b2aa56ca484d2c2a494a4d2c89cfcc2b492d2a4bcc51b23231343235a8ad05000000ffff")
        stage.discord.send(connection, frame: served(2, Array(hello[..<20])) + served(2, Array(hello[20...])))
        _ = try stage.said(2)
        stage.end()
    }

    @Test("privileged intents that are switched off are left out, and an admin is told which")
    func fewerIntents() throws {
        let stage = try Stage { request in
            request.path.hasSuffix("/applications/@me") ? (200, #"{"id":"77","flags":\#(1 << 19)}"#) : (404, "{}")
        }
        stage.link.start(checkpoints: [])
        let (connection, _) = try stage.joined()
        stage.hello(connection)
        _ = try stage.said(2)
        stage.discord.send(connection, frame: served(8, [0x0F, 0xAE]))
        let (second, _) = try stage.joined()
        stage.hello(second)
        try stage.passPause()
        let identify = try stage.discord.await { news -> JSON? in
            guard case .said(second, let json) = news, json["op"] == 2 else { return nil }
            return json["d"]
        }
        #expect(identify["intents"]?.int == Int64(Intents.usual.subtracting(.members).rawValue))
        stage.ready(second)
        try stage.listener.await { $0.states.last?.phase == .connected }
        #expect(stage.listener.now.states.last?.trouble?.contains("Server Members Intent") == true)
        stage.end()
    }

    @Test("effects go out over HTTP and come back as receipts, in spite of a connection that died under one")
    func effects() throws {
        let tries = Lock(0)
        let stage = try Stage { request in
            guard request.path == "/api/v10/channels/2/messages" else { return (404, "{}") }
            let count = tries.locked { count in
                count += 1
                return count
            }
            return count == 1 ? nil : (200, #"{"id":"4711"}"#)
        }
        _ = try stage.online()
        let channel = try #require(ID<Channel>(2))
        stage.link.carry([
            Parcel(
                id: 1, lane: 2, effect: .post(channel: .known(channel), Post(Card(text: "hi"))), nonce: "h1",
                created: Instant(milliseconds: wallMilliseconds()), tries: 0, firstTried: nil)
        ])
        try stage.listener.await { $0.receipts.count == 1 }
        #expect(stage.listener.now.receipts.first?.outcome == .done(made: 4711))
        let sent = try stage.discord.await {
            if case .asked(let request) = $0, request.method == "POST" { request } else { nil }
        }
        #expect(sent.headers["content-type"] == "application/json" && sent.json?["nonce"] == "h1")
        stage.end()
    }

    @Test("commands are written where they differ and left alone where they do not")
    func registration() throws {
        let present = Lock("[]")
        let stage = try Stage { request in
            guard request.path == "/api/v10/applications/77/commands" else { return (404, "{}") }
            if request.method == "PUT" { present.locked { $0 = String(decoding: request.body, as: UTF8.self) } }
            return (200, present.locked { $0 })
        }
        let commands: [JSON] = [["name": "activity", "description": "Points", "type": 1]]
        stage.link.register([CommandSet(guild: nil, commands: commands)])
        _ = try stage.online()
        let written = try stage.discord.await {
            if case .asked(let request) = $0, request.method == "PUT" { request } else { nil }
        }
        #expect(written.json == .array(commands))
        stage.link.register([CommandSet(guild: nil, commands: commands)])
        let next = try stage.discord.await { news -> String? in
            if case .asked(let request) = news, request.path.hasSuffix("/commands") { request.method } else { nil }
        }
        #expect(next == "GET")
        stage.end()
    }

    @Test("a refused token ends it all, and says so")
    func refusedToken() throws {
        let stage = try Stage { _ in (401, #"{"message":"401: Unauthorized","code":0}"#) }
        _ = try stage.online()
        let channel = try #require(ID<Channel>(2))
        stage.link.carry([
            Parcel(
                id: 1, lane: 2, effect: .post(channel: .known(channel), Post(Card(text: "hi"))), nonce: "h1",
                created: Instant(milliseconds: wallMilliseconds()), tries: 0, firstTried: nil)
        ])
        try stage.listener.await { $0.states.last?.trouble?.contains("token") == true }
        #expect(stage.listener.now.receipts.isEmpty)
        stage.end()
    }
}
