import Machine
import Shared
import Simulator
import Testing

@Suite struct ServerTests {
    let sim = Simulation(World(at: Instant(milliseconds: wallMilliseconds())), clock: .wall)
    let house: ID<Guild>
    let general: ID<Channel>
    let ann: ID<Member>
    let server: Server

    init() throws {
        house = sim.guild("Tea House")
        general = sim.channel("general", in: house)
        ann = sim.member("ann", in: house)
        server = try Server(sim)
    }

    private func connected(port: Int? = nil, _ query: String = "") throws -> WireClient {
        let client = try WireClient(port: port ?? server.port)
        #expect(client.upgrade(query))
        return client
    }

    @Test func `requests are answered one after the other on one connection`() throws {
        let client = try WireClient(port: server.port)
        #expect(client.ask("GET", "/api/v10/gateway/bot")?.json["url"]?.text == "ws://127.0.0.1:\(server.port)")
        let body: JSON = ["content": "hello", "allowed_mentions": ["parse": []]]
        #expect(client.ask("POST", "/api/v10/channels/\(general)/messages", body)?.status == 200)
        #expect(client.ask("GET", "/api/v10/nowhere")?.status == 404)
        #expect(sim.botMessages(in: general).map(\.content) == ["hello"])
        server.stop()
    }

    @Test func `a body in chunks and a form in parts are read`() throws {
        let client = try WireClient(port: server.port)
        let json = "{\"content\":\"chart\",\"allowed_mentions\":{\"parse\":[]}}"
        let parts = [
            "--b", "Content-Disposition: form-data; name=\"payload_json\"", "Content-Type: application/json", "", json, "--b",
            "Content-Disposition: form-data; name=\"files[0]\"; filename=\"a.png\"", "Content-Type: image/png", "", "PNG",
            "--b--", "",
        ].joined(separator: "\r\n")
        let half = parts.utf8.count / 2
        let bytes = Array(parts.utf8)
        var text = "POST /api/v10/channels/\(general)/messages HTTP/1.1\r\nTransfer-Encoding: chunked\r\n"
        text += "Authorization: Bot \(BotAccount.madeUpToken)\r\nUser-Agent: DiscordBot (https://example.org, 1)\r\n"
        text += "Content-Type: multipart/form-data; boundary=b\r\n\r\n"
        client.write(Array(text.utf8))
        for chunk in [bytes[..<half], bytes[half...]] {
            client.write(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + Array(chunk) + [13, 10])
        }
        client.write(Array("0\r\n\r\n".utf8))
        let answer = client.response().flatMap { try? JSON(parsing: $0.body) }
        #expect(answer?["attachments"]?[0]?["filename"] == "a.png")
        server.stop()
    }

    @Test func `a bot hears what people say, and resumes at the other address`() throws {
        let client = try connected()
        #expect(client.heard()?["op"] == 10)
        client.send(WireClient.identify)
        let start = client.heard { $0["t"] == "GUILD_CREATE" }
        let ready = start.first { $0["t"] == "READY" }?["d"]
        #expect(ready?["resume_gateway_url"]?.text == "ws://127.0.0.1:\(server.resumePort)")
        try sim.says(ann, in: general, "hello")
        #expect(client.heard()?["d"]?["content"] == "hello")
        sim.act { $0.breakSockets() }
        #expect(client.heard() == nil)
        try sim.says(ann, in: general, "missed")
        let again = try connected(port: server.resumePort)
        let data: JSON = ["token": .string(BotAccount.madeUpToken), "session_id": ready?["session_id"] ?? .null, "seq": 3]
        again.send(["op": 6, "d": data])
        let replayed = again.heard { $0["t"] == "RESUMED" }
        #expect(replayed.compactMap { $0["d"]?["content"]?.text } == ["missed"])
        server.stop()
    }

    @Test func `a broken frame and a wrong token close with their codes`() throws {
        let rude = try connected()
        rude.send(["op": 2, "d": ["token": "wrong", "properties": [:]]])
        #expect(rude.heard { $0["close"] != nil }.last?["close"] == 4004)
        let plain = try connected()
        plain.write([0x81, 0x01, 0x7B])
        #expect(plain.heard { $0["close"] != nil }.last?["close"] == 4001)
        let polite = try connected()
        polite.sendFrame(0x89, [1, 2])
        _ = polite.frame()
        #expect(polite.frame()?.opcode == 10)
        server.stop()
    }

    @Test(arguments: ["zlib-stream", "zstd-stream"]) func `compressed streams say the same`(kind: String) throws {
        let client = try connected("&compress=" + kind)
        let inflater = Inflater()
        let unzstd = Unzstd()
        func next() -> JSON? {
            while let frame = client.frame() {
                let bytes = kind == "zlib-stream" ? inflater.message(frame.payload) : unzstd.message(frame.payload)
                if let bytes { return try? JSON(parsing: bytes) }
            }
            return nil
        }
        #expect(next()?["op"] == 10)
        client.send(WireClient.identify)
        #expect(next()?["t"] == "READY")
        #expect(next()?["t"] == "GUILD_CREATE")
        for number in 0..<20 { try sim.says(ann, in: general, "message \(number)") }
        #expect((0..<20).map { _ in next()?["d"]?["content"]?.text } == (0..<20).map { "message \($0)" })
        server.stop()
    }

    @Test func `a flood arrives whole and in order`() throws {
        sim.act { world in
            world.rules.replayEvents = 5000
            world.beginLoad(LoadPlan(events: 3000, guilds: [house], channels: 3, members: 20))
        }
        let client = try connected()
        client.send(WireClient.identify)
        var sequences: [Int64] = []
        while sequences.count < 3000, let message = client.heard() {
            if message["t"] == "MESSAGE_CREATE", let sequence = message["s"]?.int { sequences.append(sequence) }
        }
        #expect(sequences.count == 3000)
        #expect(zip(sequences, sequences.dropFirst()).allSatisfy { $1 == $0 + 1 })
        #expect(sim.oracle().totals(of: house).messages == 3000)
        server.stop()
    }

    @Test func `a flood survives a bot that dies again and again`() throws {
        sim.act { world in
            world.rules.replayEvents = 5000
            world.rules.trimsByHeartbeat = false
            world.beginLoad(LoadPlan(events: 2000, guilds: [house], channels: 2, members: 10))
        }
        var client = try connected()
        client.send(WireClient.identify)
        let session = client.heard { $0["t"] == "READY" }.last?["d"]?["session_id"] ?? .null
        var seen: [Int64] = [1]
        for life in 1...20 {
            var left = life * 15
            while left > 0, seen.count < 2000, let message = client.heard() {
                if let sequence = message["s"]?.int { seen.append(sequence) }
                left -= 1
            }
            client = try connected(port: server.resumePort)
            let data: JSON = ["token": .string(BotAccount.madeUpToken), "session_id": session, "seq": .int(seen.last ?? 1)]
            client.send(["op": 6, "d": data])
        }
        #expect(seen == Array(1...Int64(seen.count)))
        #expect(seen.count > 1500)
        server.stop()
    }

    @Test func `garbage harms nobody else`() throws {
        var dice = Dice(seed: 3)
        for _ in 0..<40 {
            let rude = try WireClient(port: server.port)
            if dice.chance(0.5) { _ = rude.upgrade("") }
            rude.write((0..<dice.below(400)).map { _ in UInt8(truncatingIfNeeded: dice.next()) })
        }
        #expect(try WireClient(port: server.port).ask("GET", "/api/v10/gateway")?.status == 200)
        server.stop()
    }

    @Test func `faults on the wire: a hang, a reset after the deed, a silent gateway`() throws {
        let body: JSON = ["content": "once", "nonce": "n", "enforce_nonce": true, "allowed_mentions": ["parse": []]]
        let path = "/api/v10/channels/\(general)/messages"
        sim.act { $0.faults.next(.resetAfter, on: "POST /channels/{channel_id}/messages") }
        #expect(try WireClient(port: server.port).ask("POST", path, body) == nil)
        #expect(sim.botMessages(in: general).count == 1)
        #expect(try WireClient(port: server.port).ask("POST", path, body)?.status == 200)
        #expect(sim.botMessages(in: general).count == 1)
        let client = try connected()
        client.send(WireClient.identify)
        _ = client.heard { $0["t"] == "GUILD_CREATE" }
        sim.act { $0.goSilent() }
        client.send(["op": 1, "d": nil])
        try sim.says(ann, in: general, "unheard")
        sim.act { $0.breakSockets() }
        #expect(client.heard() == nil)
        #expect(sim.read(\.faults.injected) == [.resetAfter: 1])
        server.stop()
    }

    @Test func `the door lets people act and shows the truth`() throws {
        let client = try WireClient(port: server.port)
        let said = client.ask("POST", "/simulator/says", ["channel": "general", "author": "cat", "text": "through the door"])?
            .json
        let message = said?["message_id"] ?? .null
        let reaction: JSON = ["channel": "general", "message": message, "author": "ann", "emoji": "🍵"]
        #expect(client.ask("POST", "/simulator/reacts", reaction)?.status == 200)
        #expect(client.ask("GET", "/simulator/oracle")?.json["millipoints"] == 5500)
        #expect(client.ask("GET", "/simulator/messages?channel=general")?.json[0]?["content"] == "through the door")
        #expect(
            client.ask("POST", "/simulator/slash", ["channel": "general", "author": "ann", "command": "none"])?.status == 404)
        #expect(client.ask("GET", "/simulator/violations")?.json == [])
        #expect(client.ask("POST", "/simulator/faults", [["fault": "rain"]])?.status == 400)
        server.stop()
    }
}
