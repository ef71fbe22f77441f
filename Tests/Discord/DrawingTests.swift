import Calls
import Discord
import Kit
import Shared
import Testing

private func body(_ card: Card, _ mentions: Mentions = .nobody) -> JSON { .object(MessageBody.new(card, mentions: mentions)) }
private func text(_ count: Int, _ unit: String = "x") -> Phrase { Phrase([.words(String(repeating: unit, count: count))]) }

@Suite("Cards as Discord messages")
struct DrawingTests {
    private let ann: ID<Member> = ID(firstAt: Instant(seconds: 1_700_000_000))

    @Test("text alone is an ordinary message, a title makes it a framed one")
    func forms() {
        let plain = body(Card(text: "hello"))
        #expect(plain["content"] == "hello" && plain["embeds"] == nil && plain["components"] == nil)
        let framed = body(Card("Title", text: "hello", fields: [.init("a", "b")], footer: "f", tone: .good))
        let embed = framed["embeds"]?[0]
        #expect(framed["content"] == nil && embed?["title"] == "Title" && embed?["description"] == "hello")
        #expect(embed?["color"] == 0x3BA55D && embed?["footer"]?["text"] == "f" && embed?["fields"]?[0]?["inline"] == true)
    }

    @Test("pieces are drawn as Discord's own, and people's words do nothing")
    func pieces() {
        let phrase: Phrase =
            "Hi \(ann) at \(Instant(milliseconds: 1_700_000_000_999), .relative): \(strong: "*bold*") \(code: "a`b") \("@everyone [x](http://e.vil) <@1>")"
        #expect(
            DiscordText.draw(phrase, cap: 2_000)
                == "Hi <@\(ann)> at <t:1700000000:R>: **\\*bold\\*** `aˋb` \\@everyone \\[x\\]\\(http\\://e.vil\\) \\<\\@1\\>")
        #expect(DiscordText.draw("\(points: 12_500) \(points: -3_000)", cap: 100) == "12.5 -3")
    }

    @Test("a footer is shown letter by letter, so nothing in it is escaped or marked")
    func footers() {
        let words: Phrase = "\("snake_case (x) #1"), \(strong: "bold") \(code: "pings test 1"), \(Instant(seconds: 0), .date)"
        let embed = body(Card(text: "hello", footer: words))["embeds"]?[0]
        #expect(embed?["footer"]?["text"] == "snake_case (x) #1, bold pings test 1, 1970-01-01T00:00:00Z")
    }

    @Test("two thousand emoji fit, one more is cut with an ellipsis and none is torn")
    func clipping() {
        #expect(body(Card(text: text(2_000, "😀")))["content"]?.text?.unicodeScalars.count == 2_000)
        let cut = body(Card(text: text(2_001, "😀")))["content"]?.text
        #expect(cut?.unicodeScalars.count == 2_000 && cut?.hasSuffix("😀…") == true)
        let families = body(Card(text: text(400, "👨‍👩‍👧‍👦")))["content"]?.text ?? ""
        #expect(families.unicodeScalars.count <= 2_000 && families.dropLast().allSatisfy { $0 == "👨‍👩‍👧‍👦" } && families.last == "…")
    }

    @Test("neither a mention nor an escape is cut in two")
    func whole() {
        let mention = Phrase([.words(String(repeating: "x", count: 1_990)), .member(ann)])
        #expect(DiscordText.draw(mention, cap: 2_000) == String(repeating: "x", count: 1_990) + "…")
        for cap in 1...12 {
            let drawn = DiscordText.draw(Phrase([.quoted("******")]), cap: cap)
            #expect(
                drawn.unicodeScalars.count <= cap && !drawn.hasSuffix("\\…") && !drawn.hasSuffix("\\"), "cap \(cap): \(drawn)")
            let bold = DiscordText.draw(Phrase([.strong("abcdefghijkl")]), cap: cap)
            #expect(bold.unicodeScalars.count <= cap && bold.components(of: "**") != 1, "cap \(cap): \(bold)")
        }
    }

    @Test("an embed stays within each of its limits and within six thousand in all")
    func embedLimits() {
        let fields = (0..<30).map { _ in Card.Field(text(300), text(2_000)) }
        let embed = body(Card(text(500), text: text(9_000), fields: fields, footer: text(3_000)))["embeds"]?[0]
        let shown = embed?["fields"]?.array ?? []
        let total =
            [embed?["title"], embed?["description"], embed?["footer"]?["text"]].compactMap { $0?.text?.unicodeScalars.count }
            .reduce(0, +)
            + shown.flatMap { [$0["name"], $0["value"]] }.compactMap { $0?.text?.unicodeScalars.count }.reduce(0, +)
        #expect(total <= 6_000 && embed?["title"]?.text?.count == 256 && shown.count <= 25)
        #expect(shown.allSatisfy { ($0["name"]?.text?.count ?? 0) <= 256 && ($0["value"]?.text?.count ?? 0) <= 1_024 })
        let long = body(Card("T", text: text(9_000)))["embeds"]?[0]
        #expect(long?["description"]?.text?.count == 4_096)
    }

    @Test("nothing that Discord wants is empty")
    func blanks() {
        #expect(body(Card(text: "  \n"))["content"] == "\u{200B}")
        let embed = body(Card("T", fields: [.init("", " ")]))["embeds"]?[0]
        #expect(
            embed?["fields"]?[0]?["name"] == "\u{200B}" && embed?["fields"]?[0]?["value"] == "\u{200B}"
                && embed?["description"] == nil)
    }

    @Test("who may be pinged is named, and nobody else")
    func mentions() throws {
        let role = try #require(ID<Role>(8))
        let allowed = MessageBody.allowed(Mentions(members: [ann], roles: [role], everyone: true))
        #expect(allowed["parse"] == ["everyone"] && allowed["users"] == [.id(ann)] && allowed["roles"] == ["8"])
        #expect(MessageBody.allowed(.nobody) == ["parse": [], "replied_user": false])
    }

    @Test("buttons stand five in a row with their rows as ids; the menu has a row of its own")
    func components() {
        var card = Card(text: "choose")
        card.buttons = (0..<30).map { number in
            var button = Button("b\(number)", emoji: number == 0 ? "wave:55" : nil, style: .danger, runs: "x")
            button.row = Int64(number + 1)
            button.isOff = number == 1
            return button
        }
        card.menu = Menu(
            "Pick", argument: "a", choices: [Choice("One", "1"), Choice("Again", "1"), Choice("", "2")], runs: "x")
        card.menu?.row = 99
        let rows = body(card)["components"]?.array ?? []
        #expect(rows.count == 5 && rows[0]["components"]?.array?.count == 5)
        let first = rows[0]["components"]?[0]
        #expect(first?["custom_id"] == "1" && first?["style"] == 4 && first?["emoji"] == ["name": "wave", "id": "55"])
        #expect(rows[0]["components"]?[1]?["disabled"] == true)
        let menu = rows[4]["components"]?[0]
        #expect(menu?["type"] == 3 && menu?["custom_id"] == "99" && menu?["options"]?.array?.count == 2)
        #expect(menu?["options"]?[1]?["label"] == "2")
    }

    @Test("a menu lets choose several, never more than there are, with a line under each and what was chosen before")
    func menus() {
        func menu(_ least: Int, _ most: Int, _ choices: [Choice]) -> JSON? {
            var card = Card(text: "choose")
            card.menu = Menu("", argument: "a", choices: choices, least: least, most: most, runs: "x")
            card.menu?.row = 9
            return body(card)["components"]?[0]?["components"]?[0]
        }
        let two = [Choice("One", "1", hint: "the first"), Choice("Two", "2", isChosen: true)]
        let several = menu(0, 5, two)
        #expect(several?["min_values"] == 0 && several?["max_values"] == 2)
        #expect(several?["options"]?[0] == ["label": "One", "value": "1", "description": "the first"])
        #expect(several?["options"]?[1] == ["label": "Two", "value": "2", "default": true])
        let all = menu(4, 4, two)
        #expect(all?["min_values"] == 2 && all?["max_values"] == 2)
        let one = menu(1, 1, two)
        #expect(one?["min_values"] == nil && one?["max_values"] == nil)
    }

    @Test("a button that stands for years carries what it runs; one that is too long for that has a row")
    func standing() {
        var card = Card(text: "press")
        card.buttons = [
            Button("a", runs: "feature.verb", isStanding: true),
            Button("b", runs: "feature.verb", ["id": 7], isStanding: true),
            Button("c", runs: "feature.verb", ["text": .string(String(repeating: "x", count: 90))], isStanding: true),
        ]
        card.buttons[2].row = 8
        let drawn = body(card)["components"]?[0]?["components"]?.array?.map { $0["custom_id"] }
        #expect(drawn == ["run feature.verb", "run feature.verb {\"id\":7}", "8"])
        #expect(
            Invocation(standing: "run feature.verb {\"id\":7}") == Invocation(command: "feature.verb", arguments: ["id": 7]))
        for text in ["", "run", "run ", "4711", "run feature.verb {", "run feature.verb [1]", "ran feature.verb"] {
            #expect(Invocation(standing: text) == nil, "\(text)")
        }
    }

    @Test("a patch says all of it, so that nothing of the old message stays")
    func patches() {
        let patch = JSON.object(MessageBody.patch(Card(text: "new"), mentions: .nobody))
        #expect(patch["content"] == "new" && patch["embeds"] == [] && patch["components"] == [])
        #expect(patch["allowed_mentions"]?["parse"] == [])
    }
}

extension String {
    /// How often a mark stands in it.
    fileprivate func components(of mark: String) -> Int {
        var rest = self[...]
        var count = 0
        while let first = rest.first {
            if rest.hasPrefix(mark) {
                count += 1
                rest = rest.dropFirst(mark.count)
            } else {
                rest = rest.dropFirst(String(first).count)
            }
        }
        return count
    }
}

@Suite("Slash commands")
struct CommandSetTests {
    private let wanted: [JSON] = [
        [
            "name": "activity", "description": "Points",
            "options": [
                [
                    "type": 1, "name": "top", "description": "Most active",
                    "options": [["type": 4, "name": "count", "description": "How many", "min_value": 1, "max_value": 50]],
                ]
            ],
        ],
        ["name": "Show Profile", "type": 3],
    ]
    private let present: [JSON] = [
        [
            "id": "2", "application_id": "7", "version": "9", "type": 3, "name": "Show Profile", "description": "",
            "name_localizations": nil, "dm_permission": true, "contexts": nil, "integration_types": [0], "nsfw": false,
        ],
        [
            "id": "1", "application_id": "7", "version": "8", "type": 1, "name": "activity", "description": "Points",
            "default_member_permissions": nil, "nsfw": false, "integration_types": [0, 1],
            "options": [
                [
                    "type": 1, "name": "top", "description": "Most active", "name_localizations": nil,
                    "options": [
                        [
                            "type": 4, "name": "count", "description": "How many", "min_value": 1.0, "max_value": 50,
                            "required": false,
                        ]
                    ],
                ]
            ],
        ],
    ]

    @Test("what Discord adds by itself makes no difference")
    func same() { #expect(CommandSet(guild: nil, commands: wanted).matches(present)) }

    @Test("what was changed, added, removed or ordered otherwise does")
    func different() throws {
        #expect(!CommandSet(guild: nil, commands: [wanted[0]]).matches(present))
        #expect(!CommandSet(guild: nil, commands: wanted + [["name": "x", "description": "y"]]).matches(present))
        let text = JSON.array(wanted).line
        for (old, new) in [
            ("Most active", "Most lively"), ("50", "49"), ("\"type\":4", "\"type\":3"), ("Show Profile", "Profile"),
        ] {
            let changed = try JSON(parsing: text.replacing(old, with: new)).array ?? []
            #expect(!CommandSet(guild: nil, commands: changed).matches(present), "\(new)")
        }
        #expect(!CommandSet(guild: nil, commands: wanted).matches([]))
    }

    @Test("contexts count only where we name them")
    func contexts() {
        guard case .object(var command) = wanted[1] else { return }
        command["contexts"] = [0]
        #expect(!CommandSet(guild: nil, commands: [wanted[0], .object(command)]).matches(present))
    }
}

@Suite("Addresses")
struct EndpointTests {
    @Test(
        "plain connections reach this machine only",
        arguments: [
            ("http://127.0.0.1:8080/api/v10", true), ("ws://localhost", true), ("ws://[::1]:99", true),
            ("http://127.9.9.9", true),
            ("https://discord.com/api/v10", true), ("wss://gateway.discord.gg/?v=9", true), ("http://discord.com", false),
            ("ws://127.0.0.1.evil.com", false), ("ws://10.0.0.1", false), ("http://localhost.evil.com", false),
            ("https://user:pass@discord.com", false), ("ftp://localhost", false), ("localhost:80", false), ("http://", false),
            ("http://localhost:0", false), ("http://localhost:99999", false), ("http://127.0.0.1@evil.com", false),
        ])
    func loopback(text: String, isFine: Bool) { #expect(((try? Endpoint(text)) != nil) == isFine) }

    @Test("the gateway is asked for our version, encoding and packing, whatever the address had")
    func gateway() throws {
        let address = try GatewayAddress("wss://gateway.discord.gg/?v=6", compression: .zlib)
        #expect(
            address.path == "/?v=10&encoding=json&compress=zlib-stream" && address.endpoint.authority == "gateway.discord.gg")
        #expect(try GatewayAddress("ws://127.0.0.1:5/gw/", compression: .none).path == "/gw/?v=10&encoding=json")
    }
}
