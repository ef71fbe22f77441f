import Discord
import Kit
import Machine
import Shared
import Testing

/// Nothing that Discord would refuse for its size or shape is sent; the refusal says which limit it was.
@Suite("Limits of bodies")
struct BodyLimitTests {
    private static let channel = ID<Channel>(firstAt: Instant(seconds: 1_700_000_000))
    private static let guild = ID<Guild>(firstAt: Instant(seconds: 1_600_000_000))
    private static let start = Instant(seconds: 1_800_000_000)

    private static func long(_ count: Int) -> String { String(repeating: "é", count: count) }

    private static func message(_ body: JSON) -> RESTRequest {
        var whole = body.object ?? .init()
        if whole["allowed_mentions"] == nil { whole["allowed_mentions"] = ["parse": []] }
        return RESTRequest(.post(channel), body: .object(whole))
    }

    private static func row(_ component: JSON) -> JSON { ["type": 1, "components": [component]] }
    private static func button(_ id: String, _ label: String = "go") -> JSON {
        ["type": 2, "style": 1, "label": .string(label), "custom_id": .string(id)]
    }
    private static func field(_ count: Int) -> JSON { ["name": "n", "value": .string(long(count))] }

    @Test(
        "a message beyond a limit is named by it",
        arguments: [
            (["content": .string(long(2_001))], "content: 2001 characters, at most 2000 fit"),
            (["content": ""], "content: the message says nothing"),
            (["content": "x", "nonce": .string(long(26))], "nonce: 26 characters"),
            (["content": "x", "flags": 64], "flags: 64 cannot be set"),
            (["embeds": [["title": .string(long(257))]]], "embeds.0.title: 257 characters, at most 256"),
            (["embeds": [["description": .string(long(4_097))]]], "embeds.0.description: 4097"),
            (["embeds": [["fields": [field(1_025)]]]], "embeds.0.fields.0.value: 1025"),
            (["embeds": [["fields": [["name": "", "value": "v"]]]]], "embeds.0.fields.0.name: is empty"),
            (["embeds": [["fields": .array((0..<26).map { _ in field(1) })]]], "embeds.0.fields: 26 of them"),
            (
                ["embeds": .array((0..<2).map { _ in ["description": .string(long(3_001))] })],
                "embeds: 6002 characters together"
            ),
            (["embeds": .array((0..<11).map { _ in ["title": "t"] })], "embeds: 11 of them"),
            (["embeds": [["title": "t", "image": ["url": "file:///etc/passwd"]]]], "embeds.0.image: is no address"),
            (["content": "x", "components": .array((0..<6).map { row(button("\($0)")) })], "components: 6 of them"),
            (
                ["content": "x", "components": [["type": 1, "components": .array((0..<6).map { button("\($0)") })]]],
                "6 of them"
            ),
            (["content": "x", "components": [row(button("a")), row(button("a"))]], "custom_id: stands there twice"),
            (["content": "x", "components": [row(button(long(101)))]], "custom_id: 101 characters"),
            (["content": "x", "components": [row(button("a", long(81)))]], "label: 81 characters"),
            (["content": "x", "components": [row(["type": 3, "custom_id": "m", "options": []])]], "options: 0 of them"),
            (["content": "x", "components": [["type": 10, "content": "t"]]], "components.0: 10 has no place here"),
            (["content": "x", "allowed_mentions": ["parse": ["users"], "users": ["1"]]], "all of them are allowed already"),
            (
                ["content": "x", "allowed_mentions": ["parse": [], "users": .array((1...101).map { .string("\($0)") })]],
                "allowed_mentions.users: 101 of them"
            ),
            (["flags": 32_768, "content": "x", "components": [["type": 10, "content": "t"]]], "a layout of components"),
            (
                ["flags": 32_768, "components": .array((0..<41).map { _ in ["type": 10, "content": "t"] })],
                "41 of them, at most 40"
            ),
            (
                ["flags": 32_768, "components": .array((0..<2).map { _ in ["type": 10, "content": .string(long(2_001))] })],
                "4002 characters together"
            ),
        ] as [(JSON, String)])
    func messages(_ body: JSON, _ complaint: String) {
        let said = BodyLimits.complaint(about: Self.message(body))
        #expect(said?.contains(complaint) == true, "\(said ?? "nothing")")
    }

    @Test("a message at its limits is sent")
    func atTheLimits() {
        let emoji = String(repeating: "🫖", count: 2_000)
        #expect(BodyLimits.complaint(about: Self.message(["content": .string(emoji)])) == nil)
        let embeds: JSON = [["description": .string(Self.long(4_096))], ["description": .string(Self.long(1_904))]]
        #expect(BodyLimits.complaint(about: Self.message(["embeds": embeds])) == nil)
        let rows = (0..<5).map { row in
            JSON.fields(["type": 1, "components": .array((0..<5).map { Self.button("\(row) \($0)", Self.long(80)) })])
        }
        #expect(BodyLimits.complaint(about: Self.message(["content": "x", "components": .array(rows)])) == nil)
    }

    @Test("it is said who may be pinged, always")
    func mentions() {
        let open = RESTRequest(.post(Self.channel), body: ["content": "x"])
        #expect(BodyLimits.complaint(about: open) == "allowed_mentions: it is not said who may be pinged")
    }

    @Test("files: ten of them, ten mebibytes each, with names")
    func files() {
        var request = Self.message(["content": "x"])
        let file = Attachment(name: "a.txt", type: "text/plain", bytes: [1])
        request.files = Array(repeating: file, count: 11)
        #expect(BodyLimits.complaint(about: request)?.hasPrefix("files: 11 of them") == true)
        request.files = [Attachment(name: "", type: "text/plain", bytes: [1])]
        #expect(BodyLimits.complaint(about: request) == "the file's name: is empty")
        request.files = [Attachment(name: "big", type: "text/plain", bytes: [UInt8](repeating: 0, count: (10 << 20) + 1))]
        #expect(BodyLimits.complaint(about: request)?.contains("at most 10485760 fit") == true)
    }

    @Test(
        "an effect that Discord would refuse becomes a refusal that says why, and nothing is sent",
        arguments: [
            (.deleteMany(channel: channel, messages: [ID(firstAt: start)], reason: ""), "messages: 1 of them, 2 to 100 may be"),
            (.openChannel(guild: guild, ChannelPlan(""), reason: ""), "name: is empty"),
            (
                .openChannel(guild: guild, ChannelPlan("a", slowSeconds: 21_601), reason: ""),
                "rate_limit_per_user: 21601 is not"
            ),
            (.openThread(channel: .known(channel), message: nil, name: "", isPrivate: true), "name: is empty"),
            (.changeChannel(.known(channel), .edit([.archiveMinutes(5)]), reason: ""), "auto_archive_duration: 5 is none of"),
            (.changeChannel(.known(channel), .edit([.topic(long(1_025))]), reason: ""), "topic: 1025 characters"),
            (.openRole(guild: guild, name: long(101), [], reason: ""), "name: 101 characters"),
            (.openRole(guild: guild, name: "r", [.colour(0x1_000_000)], reason: ""), "colors.primary_color: 16777216"),
            (.rename(guild: guild, member: ID(firstAt: start), nick: long(33), reason: ""), "nick: 33 characters"),
            (.ban(guild: guild, member: ID(firstAt: start), deletingSeconds: 604_801, reason: ""), "delete_message_seconds"),
            (.openInvite(channel: .known(channel), InvitePlan(uses: 101), reason: ""), "max_uses: 101"),
            (
                .openEvent(guild: guild, EventPlan("", start: start, venue: .elsewhere("x")), reason: ""), "name: is empty"
            ),
            (
                .openEvent(guild: guild, EventPlan("e", start: start, venue: .elsewhere("x")), reason: ""),
                "scheduled_end_time: an event that is elsewhere needs an end"
            ),
            (
                .openEvent(
                    guild: guild,
                    EventPlan("e", start: start, venue: .voice(channel), rhythm: .weekly(day: 2, every: 3)), reason: ""),
                "recurrence_rule: Discord knows no such rhythm"
            ),
            (
                .openForumPost(
                    forum: .known(channel), name: "f", tags: (1...6).map { ID(firstAt: start + $0.seconds) },
                    Post(Card(text: "x"))),
                "applied_tags: 6 of them"
            ),
        ] as [(Effect, String)])
    func effects(_ effect: Effect, _ complaint: String) {
        var machine = CourierMachine(bot: nil) { 1 }
        let moment = CourierMachine.Moment(now: .init(nanoseconds: 1), wall: Self.start)
        machine.carry(
            [Parcel(id: 1, lane: 1, effect: effect, nonce: "n", created: Self.start, tries: 0, firstTried: nil)], moment)
        var outputs = machine.poll(moment)
        machine.noted(1, moment)
        outputs += machine.poll(moment)
        let refused = outputs.compactMap { output -> String? in
            guard case .receipt(let receipt) = output, case .refused(50035, let words) = receipt.outcome else { return nil }
            return words
        }
        #expect(refused.first?.contains(complaint) == true, "\(outputs)")
        #expect(!outputs.contains { if case .send = $0 { true } else { false } })
    }

    @Test(
        "slash commands are held against their limits",
        arguments: [
            (["name": "Tea", "description": "d"], "\"Tea\" is no name for a command"),
            (["name": "tea", "description": ""], "tea.description: is empty"),
            (["name": "tea", "description": .string(long(101))], "tea.description: 101"),
            (
                [
                    "name": "tea", "description": "d",
                    "options": [
                        ["type": 3, "name": "a", "description": "d"],
                        ["type": 3, "name": "b", "description": "d", "required": true],
                    ],
                ], "what is required comes first"
            ),
            (
                [
                    "name": "tea", "description": "d",
                    "options": .array((0..<26).map { ["type": 3, "name": .string("o\($0)"), "description": "d"] }),
                ], "tea.options: 26 of them"
            ),
        ] as [(JSON, String)])
    func commands(_ command: JSON, _ complaint: String) {
        let request = RESTRequest(.bulk(ID(firstAt: Self.start)), body: [command])
        #expect(BodyLimits.complaint(about: request)?.contains(complaint) == true)
    }
}

extension Route {
    fileprivate static func bulk(_ application: ID<Application>) -> Route { .commands(.put, application, guild: nil) }
}
