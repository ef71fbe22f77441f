import Shared
import Simulator
import Testing

@Suite struct SessionTests {
    let sim = Simulation()
    let house: ID<Guild>
    let general: ID<Channel>
    let ann: ID<Member>

    init() {
        house = sim.guild("Tea House")
        general = sim.channel("general", in: house)
        ann = sim.member("ann", in: house)
    }

    @Test func `hello, ready, then each guild with its sequence`() throws {
        var bot = Partner(sim)
        let frames = bot.start()
        #expect(frames.map { $0["op"]?.int } == [10, 0, 0])
        #expect(frames.map { $0["t"]?.text } == [nil, "READY", "GUILD_CREATE"])
        #expect(frames.map { $0["s"]?.int } == [nil, 1, 2])
        #expect(frames[1]["d"]?["guilds"] == [["id": .id(house), "unavailable": true]])
        #expect(frames[1]["d"]?["resume_gateway_url"]?.text != "ws://gateway.simulated")
        #expect(frames[2]["d"]?["member_count"]?.int == 3)
        #expect(sim.violations.isEmpty)
    }

    @Test func `a heartbeat is acknowledged, a missing one ends the socket but not the session`() throws {
        var bot = Partner(sim)
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        sim.pass(40.seconds)
        bot.beat(2)
        #expect(bot.events() == ["op 11"])
        sim.pass(62.seconds)
        #expect(bot.events() == ["close 4000"])
        try sim.says(ann, in: general, "missed")
        bot.connect(resuming: true)
        bot.resume(session, 2)
        #expect(bot.events() == ["op 10", "MESSAGE_CREATE", "RESUMED"])
    }

    @Test func `a leap of days leaves a living socket alone`() throws {
        var bot = Partner(sim)
        _ = bot.start()
        sim.leap(3.days)
        try sim.says(ann, in: general, "three days later")
        #expect(bot.events() == ["MESSAGE_CREATE"])
        sim.pass(62.seconds)
        #expect(bot.events() == ["close 4000"])
    }

    @Test func `resume replays exactly what was missed`() throws {
        var bot = Partner(sim)
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        for text in ["one", "two", "three"] { try sim.says(ann, in: general, text) }
        sim.close(bot.connection)
        try sim.says(ann, in: general, "four")
        bot.connect(resuming: true)
        bot.resume(session, 3)
        let replayed = bot.heard()
        #expect(replayed.map { $0["s"]?.int } == [nil, 4, 5, 6, 7])
        #expect(replayed.map { $0["d"]?["content"]?.text } == [nil, "two", "three", "four", nil])
        #expect(replayed.last?["t"] == "RESUMED")
    }

    @Test func `what a heartbeat acknowledged cannot be replayed again`() throws {
        var bot = Partner(sim)
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        for text in ["one", "two"] { try sim.says(ann, in: general, text) }
        bot.beat(4)
        sim.close(bot.connection)
        bot.connect(resuming: true)
        bot.resume(session, 3)
        #expect(bot.heard().last == ["t": nil, "s": nil, "op": 9, "d": false])
    }

    @Test func `a sequence from the future closes with 4007`() {
        var bot = Partner(sim)
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        sim.close(bot.connection)
        bot.connect(resuming: true)
        bot.resume(session, 99)
        #expect(bot.events() == ["op 10", "close 4007"])
    }

    @Test(arguments: [1000, 1001]) func `a client that closes politely loses its session`(code: Int) {
        var bot = Partner(sim)
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        sim.close(bot.connection, code: code)
        bot.connect(resuming: true)
        bot.resume(session, 2)
        #expect(bot.events() == ["op 10", "op 9"])
    }

    @Test func `a session is forgotten three minutes after the drop`() {
        var bot = Partner(sim)
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        sim.close(bot.connection)
        sim.pass(181.seconds)
        bot.connect(resuming: true)
        bot.resume(session, 2)
        #expect(bot.heard().last?["op"] == 9)
    }

    @Test func `more than a thousand missed events cannot be resumed`() throws {
        var bot = Partner(sim)
        let session = bot.start()[1]["d"]?["session_id"]?.text ?? ""
        sim.close(bot.connection)
        for number in 0..<1001 { try sim.says(ann, in: general, "\(number)") }
        bot.connect(resuming: true)
        bot.resume(session, 2)
        #expect(bot.heard().last?["op"] == 9)
    }

    @Test func `every rule of identify has its close code`() {
        func code(_ body: (Partner) -> Void) -> String? {
            sim.pass(6.seconds)
            var bot = Partner(sim)
            bot.connect()
            body(bot)
            return bot.events().last
        }
        #expect(code { sim.send(["op": 3, "d": [:]], on: $0.connection) } == "close 4003")
        #expect(code { $0.identify(token: "wrong") } == "close 4004")
        #expect(
            code {
                $0.identify(); $0.identify()
            } == "close 4005")
        #expect(code { $0.identify(shard: [2, 2]) } == "close 4010")
        #expect(code { $0.identify(intents: 1 << 40) } == "close 4013")
        #expect(
            code {
                sim.send(["op": 99, "d": nil], on: $0.connection); _ = $0
            } == "close 4003")
        #expect(
            code {
                $0.identify(); sim.send(["op": 99, "d": nil], on: $0.connection)
            } == "close 4001")
        #expect(code { bot in sim.act { $0.receive(bot.connection, Array("{".utf8), at: $0.now) } } == "close 4002")
        #expect(
            code { bot in
                bot.identify(); for _ in 0..<121 { bot.beat(nil) }
            } == "close 4008")
        sim.act { $0.rules.privileged = [] }
        #expect(code { $0.identify() } == "close 4014")
        #expect(sim.violations.allSatisfy { $0.kind == .gatewayMisuse })
    }

    @Test func `a second identify within five seconds is invalid`() {
        var bot = Partner(sim)
        _ = bot.start()
        var other = Partner(sim)
        #expect(other.start().last?["op"] == 9)
        sim.pass(5.seconds)
        #expect(other.start().contains { $0["t"] == "READY" })
    }

    @Test func `without the content intent a message is an empty shell unless it names the bot`() throws {
        var bot = Partner(sim)
        _ = bot.start(intents: Partner.everything & ~(1 << 15))
        try sim.says(ann, in: general, "a secret")
        try sim.says(ann, in: general, "<@\(sim.bot)> hello")
        let heard = bot.heard()
        #expect(heard.map { $0["d"]?["content"]?.text } == ["", "<@\(sim.bot)> hello"], "\(heard.map(\.line))")
    }

    @Test func `events of a hidden channel and of other intents do not come`() throws {
        var bot = Partner(sim)
        _ = bot.start(intents: Intents.guildMessages.rawValue)
        sim.act { $0.rules.privileged = [] }
        let hidden = sim.channel(
            "hidden", in: house,
            overwrites: [
                Overwrite(id: house.number, target: .role, deny: .viewChannel),
                Overwrite(id: ann.number, target: .member, allow: .viewChannel),
            ])
        try sim.says(ann, in: hidden, "psst")
        let said = try sim.says(ann, in: general, "hello")
        try sim.reacts(ann, to: said, "👍")
        #expect(bot.events() == ["MESSAGE_CREATE"])
    }

    @Test func `members come in chunks, and all of them only twice a minute`() {
        for number in 0..<1500 { _ = sim.member("m\(number)", in: house) }
        var bot = Partner(sim)
        _ = bot.start()
        let everyone: JSON = ["op": 8, "d": ["guild_id": .id(house), "query": "", "limit": 0, "nonce": "n"]]
        sim.send(everyone, on: bot.connection)
        let chunks = bot.heard()
        #expect(chunks.map { $0["d"]?["members"]?.array?.count } == [1000, 503])
        #expect(chunks.map { $0["d"]?["chunk_index"]?.int } == [0, 1])
        sim.send(everyone, on: bot.connection)
        #expect(bot.events() == ["RATE_LIMITED"])
    }
}
