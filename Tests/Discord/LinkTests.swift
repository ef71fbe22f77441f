import Discord
import Kit
import Machine
import Shared
import Testing

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
