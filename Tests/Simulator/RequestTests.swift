import Shared
import Simulator
import Testing

@Suite struct RequestTests {
    let sim = Simulation()
    let house: ID<Guild>
    let general: ID<Channel>
    let ann: ID<Member>
    let bot: Partner

    init() {
        house = sim.guild("Tea House")
        general = sim.channel("general", in: house)
        ann = sim.member("ann", in: house)
        bot = Partner(sim)
    }

    @Test func `who does not say who he is stays outside`() {
        var headers = Partner.headers
        headers["authorization"] = nil
        #expect(bot.ask("GET", "/users/@me", headers: headers).status == 401)
        #expect(bot.ask("GET", "/users/@me", headers: headers).json["message"] == "401: Unauthorized")
        headers = Partner.headers
        headers["user-agent"] = "curl/8"
        #expect(bot.ask("GET", "/users/@me", headers: headers).json["code"] == 40333)
        #expect(sim.violations.map(\.kind) == [.unauthorizedAgain, .missingUserAgent])
    }

    @Test func `unknown routes and wrong methods are told apart`() {
        #expect(bot.ask("GET", "/nowhere").status == 404)
        #expect(bot.ask("PATCH", "/users/@me/channels").status == 405)
        #expect(sim.violations.map(\.kind) == [.unknownRoute, .unknownRoute])
    }

    @Test func `a body that is no form is refused`() {
        let path = "/channels/\(general)/messages"
        let request = Request("POST", "/api/v10" + path, headers: Partner.headers, body: Array("{\"content\":".utf8))
        #expect(sim.respond(to: request).json["code"] == 50109)
        var headers = Partner.headers
        headers["content-type"] = "text/plain"
        #expect(bot.ask("POST", path, ["content": "hi"], headers: headers).json["code"] == 50035)
    }

    @Test func `a message is posted, echoed with its nonce, and pings nobody`() throws {
        var listener = Partner(sim)
        _ = listener.start()
        let response = bot.post(general, "hello <@\(ann)> @everyone", ["nonce": "a1"])
        #expect(response.status == 200)
        #expect(response.json["guild_id"] == nil)
        let echo = listener.heard().first?["d"]
        #expect(echo?["nonce"] == "a1")
        #expect(echo?["mentions"] == [])
        #expect(echo?["mention_everyone"] == false)
        #expect(echo?["guild_id"] == .id(house))
        #expect(sim.violations.isEmpty)
    }

    @Test func `leaving mentions open is frowned on`() {
        #expect(bot.ask("POST", "/channels/\(general)/messages", ["content": "hi"]).status == 200)
        #expect(sim.violations.map(\.kind) == [.mentionsLeftOpen])
    }

    @Test func `an enforced nonce makes one message, whatever the channel, for five minutes`() {
        let other = sim.channel("other", in: house)
        let once: JSON = ["nonce": "job-1", "enforce_nonce": true]
        let first = bot.post(general, "hello", once).json["id"]
        #expect(bot.post(general, "hello", once).json["id"] == first)
        #expect(bot.post(other, "else", once).json["id"] == first)
        #expect(sim.botMessages(in: general).count == 1)
        #expect(sim.ledger.sent.map(\.repeats) == [2])
        sim.deletes(Said(channel: general, id: sim.ledger.sent[0].message.id))
        #expect(bot.post(general, "hello", once).json["code"] == 10008)
        sim.pass(5.minutes)
        #expect(bot.post(general, "hello", once).json["id"] != first)
        #expect(sim.ledger.doubled.count == 1)
    }

    @Test func `a nonce that is not enforced doubles`() {
        for _ in 0..<2 { #expect(bot.post(general, "hello", ["nonce": "n"]).status == 200) }
        #expect(sim.botMessages(in: general).count == 2)
        #expect(sim.ledger.doubled.count == 1)
    }

    @Test func `limits are answered with the path of each mistake`() {
        let long = String(repeating: "x", count: 2001)
        let embed: JSON = ["title": .string(String(repeating: "t", count: 257)), "fields": [["name": "", "value": "v"]]]
        let errors = bot.post(general, long, ["embeds": [embed]]).json["errors"]
        if sim.violations.contains(where: { $0.detail.contains("a text of") }) {
            #expect(errors?["embeds"] != nil)
        } else {
            #expect(errors?["content"]?["_errors"]?[0]?["code"] == "BASE_TYPE_MAX_LENGTH")
            #expect(errors?["embeds"]?["0"]?["title"]?["_errors"]?[0]?["code"] == "BASE_TYPE_MAX_LENGTH")
            #expect(errors?["embeds"]?["0"]?["fields"]?["0"]?["name"]?["_errors"]?[0]?["code"] == "BASE_TYPE_REQUIRED")
        }
        #expect(bot.post(general, "").json["code"] == 50006)
        #expect(bot.post(general, long).json["errors"]?["content"]?["_errors"]?[0]?["code"] == "BASE_TYPE_MAX_LENGTH")
        let many = JSON.array((0..<7).map { _ in ["description": .string(String(repeating: "d", count: 900))] })
        #expect(
            bot.post(general, "", ["embeds": many]).json["errors"]?["embeds"]?["_errors"]?[0]?["code"]
                == "MAX_EMBED_SIZE_EXCEEDED")
    }

    @Test func `two buttons may not share an id`() {
        let button: JSON = ["type": 2, "style": 1, "label": "go", "custom_id": "same"]
        let rows: JSON = [["type": 1, "components": [button, button]]]
        let errors = bot.post(general, "x", ["components": rows]).json["errors"]
        #expect(
            errors?["components"]?["0"]?["components"]?["1"]?["custom_id"]?["_errors"]?[0]?["code"]
                == "COMPONENT_CUSTOM_ID_DUPLICATED")
    }

    @Test func `a layout of new components is taken, with words of its own it is not`() {
        let text: JSON = ["type": 10, "content": "**Leaders**"]
        let button: JSON = ["type": 2, "style": 2, "label": "More", "custom_id": "m"]
        let menu: JSON = [
            "type": 3, "custom_id": "period",
            "options": [
                ["label": "Week", "value": "w", "description": "seven days"], ["label": "All", "value": "a", "default": true],
            ],
        ]
        let layout: JSON = [
            [
                "type": 17, "accent_color": 255,
                "components": [
                    text, ["type": 14, "divider": true, "spacing": 1], ["type": 9, "components": [text], "accessory": button],
                    ["type": 1, "components": [menu]],
                ],
            ]
        ]
        let path = "/channels/\(general)/messages"
        let flags = JSON.int(1 << 15)
        let nobody: JSON = ["parse": []]
        #expect(bot.ask("POST", path, ["components": layout, "flags": flags, "allowed_mentions": nobody]).status == 200)
        let both = bot.ask("POST", path, ["content": "x", "components": layout, "flags": flags, "allowed_mentions": nobody])
        #expect(both.json["errors"]?["content"] != nil)
        let unflagged = bot.ask("POST", path, ["components": layout, "allowed_mentions": nobody])
        #expect(unflagged.json["errors"]?["components"]?["0"]?["type"]?["_errors"]?[0]?["code"] == "UNION_TYPE_CHOICES")
    }

    @Test func `a bucket tells its level, and a request beyond it is limited and frowned on`() {
        let levels = (0..<5).map { bot.post(general, "\($0)").header("X-RateLimit-Remaining") }
        #expect(levels == ["4", "3", "2", "1", "0"])
        let limited = bot.post(general, "too much")
        #expect(limited.status == 429)
        #expect(limited.header("X-RateLimit-Scope") == "user")
        #expect(limited.json["retry_after"]?.double == 5)
        #expect(sim.violations.map(\.kind) == [.knownEmptyBucket])
        #expect(bot.post(sim.channel("other", in: house), "elsewhere").status == 200)
        sim.pass(5.seconds)
        #expect(bot.post(general, "again").status == 200)
    }

    @Test func `fifty requests a second are enough for anybody`() {
        let channels = (0..<26).map { sim.channel("c\($0)", in: house) }
        let answers = channels.flatMap { channel in (0..<2).map { _ in bot.ask("GET", "/channels/\(channel)") } }
        #expect(answers.prefix(50).allSatisfy { $0.status == 200 })
        #expect(answers.last?.header("X-RateLimit-Global") == "true")
    }

    @Test func `a channel takes two new names in ten minutes`() {
        func rename(_ name: String) -> Int { bot.ask("PATCH", "/channels/\(general)", ["name": .string(name)]).status }
        #expect([rename("one"), rename("two"), rename("three")] == [200, 200, 429])
        sim.pass(10.minutes)
        #expect(rename("four") == 200)
    }

    @Test func `lists keep to their cursors and refuse greed`() throws {
        let said = try (0..<5).map { try sim.says(ann, in: general, "m\($0)") }
        let list = bot.ask("GET", "/channels/\(general)/messages?after=\(said[1].id)&limit=2").json
        #expect(list.array?.map { $0["content"]?.text } == ["m3", "m2"])
        let older = bot.ask("GET", "/channels/\(general)/messages?before=\(said[2].id)").json
        #expect(older.array?.map { $0["content"]?.text } == ["m1", "m0"])
        #expect(bot.ask("GET", "/channels/\(general)/messages?limit=101").json["code"] == 50035)
    }

    @Test func `an unknown body field is refused wherever the document lies at hand`() {
        let response = bot.post(general, "hi", ["contnet": "typo"])
        let isKnown = sim.violations.contains { $0.kind == .unknownField }
        #expect(response.status == (isKnown ? 400 : 200))
    }

    @Test func `an answer may be lost after the deed`() {
        sim.act { $0.faults.next(.errorAfter, on: "POST /channels/{channel_id}/messages") }
        let once: JSON = ["nonce": "n", "enforce_nonce": true]
        #expect(bot.post(general, "hello", once).status == 500)
        #expect(bot.post(general, "hello", once).status == 200)
        #expect(sim.botMessages(in: general).count == 1)
        #expect(sim.read(\.faults.injected) == [.errorAfter: 1])
        sim.act { $0.faults.next(.limitedShared, on: "GET /nowhere") }
        #expect(sim.read(\.faults.neverInjected) == [.limitedShared])
    }
}
