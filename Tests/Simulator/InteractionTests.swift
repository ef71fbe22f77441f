import Shared
import Simulator
import Testing

@Suite struct InteractionTests {
    let sim = Simulation()
    let house: ID<Guild>
    let general: ID<Channel>
    let ann: ID<Member>
    var bot: Partner

    static let commands: JSON = [
        [
            "name": "activity", "description": "Points", "type": 1,
            "options": [
                [
                    "name": "profile", "description": "A profile", "type": 1,
                    "options": [["name": "member", "description": "Whose", "type": 6]],
                ],
                [
                    "name": "board", "description": "A board", "type": 1,
                    "options": [
                        [
                            "name": "top", "description": "How many", "type": 4, "required": true, "min_value": 1,
                            "max_value": 25,
                        ],
                        ["name": "season", "description": "Which", "type": 3, "autocomplete": true],
                    ],
                ],
            ],
        ],
        ["name": "reset", "description": "Wipe", "type": 1, "default_member_permissions": "32"],
    ]

    init() {
        house = sim.guild("Tea House")
        general = sim.channel("general", in: house)
        ann = sim.member("ann", in: house)
        bot = Partner(sim)
        _ = bot.start()
        #expect(register(Self.commands).status == 200)
    }

    private func register(_ commands: JSON) -> Response {
        let application = sim.read(\.bot.application)
        return bot.ask("PUT", "/applications/\(application)/commands", commands)
    }

    /// The newest interaction as the bot got it.
    private func event() -> JSON { bot.heard().last { $0["t"] == "INTERACTION_CREATE" }?["d"] ?? .null }

    private func answer(_ event: JSON, _ body: JSON, query: String = "") -> Response {
        bot.ask("POST", "/interactions/\(event["id"]?.text ?? "")/\(event["token"]?.text ?? "")/callback\(query)", body)
    }

    private func original(_ event: JSON, _ method: String, _ body: JSON? = nil) -> Response {
        bot.ask(method, "/webhooks/\(sim.read(\.bot.application))/\(event["token"]?.text ?? "")/messages/@original", body)
    }

    static func saying(_ text: String, flags: Int64 = 0) -> JSON {
        ["type": 4, "data": ["content": .string(text), "flags": .int(flags), "allowed_mentions": ["parse": []]]]
    }

    @Test func `a command arrives with everything it needs and is answered once`() throws {
        let ben = sim.member("ben", in: house)
        let id = try sim.uses(ann, "/activity profile", ["member": .member(ben)], in: general)
        let event = event()
        #expect(event["data"]?["options"]?[0]?["options"]?[0] == ["name": "member", "type": 6, "value": .id(ben)])
        #expect(event["data"]?["resolved"]?["users"]?[ben.description]?["username"] == "ben")
        #expect(event["member"]?["user"]?["id"] == .id(ann))
        #expect(answer(event, Self.saying("here")).status == 204)
        #expect(answer(event, Self.saying("again")).json["code"] == 40060)
        #expect(sim.reply(to: id)?.content == "here")
        #expect(sim.violations.isEmpty)
    }

    @Test func `three seconds are three seconds`() throws {
        let id = try sim.uses(ann, "/activity profile", in: general)
        let event = event()
        sim.pass(.milliseconds(3001))
        #expect(answer(event, Self.saying("late")).json["code"] == 10062)
        #expect(sim.interaction(id)?.hasFailed == true)
        #expect(sim.violations.map(\.kind) == [.lateAnswer])
        #expect(sim.ledger.unanswered == [id])
    }

    @Test func `a deferred answer thinks, is edited, and its token dies after a quarter of an hour`() throws {
        let id = try sim.uses(ann, "/activity profile", in: general)
        let event = event()
        let deferred = answer(event, ["type": 5, "data": ["flags": 64]], query: "?with_response=true")
        #expect(deferred.json["interaction"]?["response_message_loading"] == true)
        #expect(sim.isThinking(id))
        #expect(sim.reply(to: id) == nil)
        let body: JSON = ["content": "done", "allowed_mentions": ["parse": []]]
        #expect(original(event, "PATCH", body).status == 200)
        #expect(sim.reply(to: id)?.content == "done")
        #expect(sim.reply(to: id)?.isEphemeral == true)
        #expect(sim.messages(in: general).isEmpty)
        sim.pass(15.minutes + .seconds(1))
        #expect(original(event, "PATCH", body).json["code"] == 50027)
    }

    @Test func `an ephemeral message is told without its guild`() throws {
        try sim.uses(ann, "/activity profile", in: general)
        #expect(answer(event(), Self.saying("psst", flags: 64)).status == 204)
        let echo = bot.heard().last { $0["t"] == "MESSAGE_CREATE" }?["d"]
        #expect(echo?["content"] == "psst")
        #expect(echo?["guild_id"] == nil)
    }

    @Test func `what Discord's client refuses never reaches the bot`() {
        func refused(_ body: () throws(Refusal) -> Void) -> Bool {
            do throws(Refusal) { try body() } catch { return true }
            return false
        }
        #expect(refused { () throws(Refusal) in try sim.uses(ann, "/nothing", in: general) })
        #expect(refused { () throws(Refusal) in try sim.uses(ann, "/activity", in: general) })
        #expect(refused { () throws(Refusal) in try sim.uses(ann, "/activity board", in: general) })
        #expect(refused { () throws(Refusal) in try sim.uses(ann, "/activity board", ["top": 26], in: general) })
        #expect(refused { () throws(Refusal) in try sim.uses(ann, "/activity board", ["top": "x"], in: general) })
        #expect(refused { () throws(Refusal) in try sim.uses(ann, "/reset", in: general) })
        #expect(!bot.events().contains("INTERACTION_CREATE"))
        #expect(!refused { () throws(Refusal) in try sim.uses(sim.member("owner", in: house), "/reset", in: general) })
    }

    @Test func `completion is answered with choices and with nothing else`() throws {
        let id = try sim.autocompletes(ann, "/activity board", "season", typing: "win", in: general)
        let event = event()
        #expect(event["data"]?["options"]?[0]?["options"]?[0]?["focused"] == true)
        #expect(answer(event, Self.saying("no")).json["code"] == 50035)
        #expect(answer(event, ["type": 8, "data": ["choices": [["name": "Winter", "value": "w"]]]]).status == 204)
        #expect(sim.choices(of: id) == [["name": "Winter", "value": "w"]])
    }

    @Test func `a button updates its message, opens a form, and the form comes back`() throws {
        let rows: JSON = [
            [
                "type": 1,
                "components": [
                    ["type": 2, "style": 1, "label": "Next", "custom_id": "n1"],
                    ["type": 2, "style": 2, "label": "Off", "custom_id": "n2", "disabled": true],
                ],
            ]
        ]
        let id: ID<Message>? = bot.post(general, "page 1", ["components": rows]).json["id"]?.id()
        guard let id else { return #expect(Bool(false), "no message") }
        let said = Said(channel: general, id: id)
        #expect(throws: Refusal.self) { try sim.clicks(ann, "Off", on: said) }
        try sim.clicks(ann, "Next", on: said)
        let update: JSON = ["type": 7, "data": ["content": "page 2", "allowed_mentions": ["parse": []]]]
        #expect(answer(event(), update).status == 204)
        #expect(sim.message(said)?.content == "page 2")
        let opener = try sim.clicks(ann, "n1", on: said)
        let field: JSON = ["type": 4, "custom_id": "why", "style": 1, "min_length": 3]
        let form: JSON = [
            "type": 9,
            "data": ["custom_id": "f", "title": "Why", "components": [["type": 18, "label": "Reason", "component": field]]],
        ]
        #expect(answer(event(), form).status == 204)
        #expect(throws: Refusal.self) { try sim.submitsModal(ann, opener, ["Reason": "x"]) }
        try sim.submitsModal(ann, opener, ["Reason": "because"])
        let submitted = event()
        #expect(submitted["data"]?["components"]?[0]?["component"]?["value"] == "because")
        #expect(answer(submitted, form).json["code"] == 50035)
        #expect(answer(submitted, ["type": 6]).status == 204)
    }

    @Test func `registration keeps ids, checks names and counts creations`() {
        let first = register(Self.commands).json
        let second = register(Self.commands).json
        #expect(first[0]?["id"] == second[0]?["id"])
        #expect(first[0]?["version"] == second[0]?["version"])
        let loud: JSON = [["name": "Loud", "description": "no", "type": 1]]
        #expect(register(loud).json["errors"]?["0"]?["name"] != nil)
        let late: JSON = [
            [
                "name": "late", "description": "d", "type": 1,
                "options": [
                    ["name": "a", "description": "d", "type": 3],
                    ["name": "b", "description": "d", "type": 3, "required": true],
                ],
            ]
        ]
        #expect(
            register(late).json["errors"]?["0"]?["options"]?["1"]?["_errors"]?[0]?["code"]
                == "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID")
        for round in 0..<2 {
            let many = JSON.array((0..<98).map { ["name": .string("c\(round)-\($0)"), "description": "d", "type": 1] })
            #expect(register(many).status == 200)
        }
        let more = JSON.array((0..<3).map { ["name": .string("d\($0)"), "description": "d", "type": 1] })
        #expect(register(more).json["code"] == 30034)
    }
}
