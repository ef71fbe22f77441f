import Calls
import Discord
import Kit
import Machine
import Shared
import Testing

private let channel = CourierTown.channel
private let guild = CourierTown.guild
private let ann = CourierTown.ann

@Suite("The courier")
struct CourierTests {
    @Test("a message goes out with its nonce, pings nobody, and its receipt names it")
    func posting() throws {
        var story = CourierStory()
        story.carry(Parcel(7, .said("hello")))
        let body = try #require(story.last?.body)
        #expect(story.pending == ["POST /channels/\(channel)/messages"] && story.noted == [7])
        #expect(body["content"] == "hello" && body["nonce"] == "n7" && body["enforce_nonce"] == true)
        #expect(body["allowed_mentions"]?["parse"] == [] && body["allowed_mentions"]?["users"] == nil)
        story.answer(200, #"{"id":"55"}"#)
        #expect(story.receipts == [Receipt(parcel: 7, outcome: .done(made: 55), tries: 1)])
    }

    private func illustrated(_ card: Card = Card("Report")) -> Effect {
        let picture = Attachment(Drawing("Report", blocks: []), name: "report.png", caption: "all of it")
        return .post(channel: .known(channel), Post(card.showing(picture), files: [picture]))
    }

    @Test("ANA-02: a picture is painted before its message goes out; its lane waits for it, no other does")
    func painting() throws {
        var story = CourierStory()
        story.carry(Parcel(1, illustrated()), Parcel(2, .said("after it")), Parcel(3, .said("elsewhere"), lane: 2))
        #expect(story.painting.map(\.parcel) == [1] && story.painting.first?.drawings.map(\.title) == ["Report"])
        #expect(story.pending.count == 1 && story.noted == [3])
        story.answer(200, #"{"id":"53"}"#)
        story.paint(1, [[0x89, 0x50]])
        #expect(story.last?.files.map(\.bytes) == [[0x89, 0x50]] && story.noted == [3, 1])
        #expect(story.last?.body?["embeds"]?[0]?["image"]?["url"] == "attachment://report.png")
        #expect(story.last?.body?["attachments"]?[0]?["description"] == "all of it")
        story.answer(500)
        story.pass(60_000)
        #expect(story.painting.count == 1 && story.last?.files.count == 1, "it is painted once, however often it is sent")
        story.answer(200, #"{"id":"51"}"#)
        #expect(story.pending.count == 1 && story.last?.body?["content"] == "after it")
    }

    @Test("ANA-02: a message whose picture cannot be painted goes out without it")
    func unpainted() throws {
        var story = CourierStory()
        story.carry(Parcel(1, illustrated()))
        story.paint(1, [nil])
        #expect(story.last?.files.isEmpty == true && story.last?.body?["attachments"] == nil)
        #expect(story.last?.body?["embeds"]?[0]?["image"] == nil && story.last?.body?["embeds"]?[0]?["title"] == "Report")
    }

    @Test("parcels of one lane follow one another, lanes do not wait for each other")
    func lanes() {
        var story = CourierStory()
        story.carry(
            Parcel(1, .react(channel: .known(channel), message: .known(message(5)), emoji: "✅")),
            Parcel(2, .addRole(guild: guild, member: ann, role: .known(role(8)), reason: "Ann is diligent")),
            Parcel(3, .pin(channel: .known(channel), message: .known(message(5))), lane: 2))
        #expect(
            story.pending == [
                "PUT /channels/\(channel)/messages/5/reactions/%E2%9C%85/@me", "PUT /channels/\(channel)/messages/pins/5",
            ])
        story.answer(204)
        #expect(story.pending.last == "PUT /guilds/\(guild)/members/\(ann)/roles/8")
        #expect(story.last?.reason == "Ann is diligent")
    }

    @Test("a later step finds what an earlier one has made")
    func chain() {
        var story = CourierStory()
        let thread = Effect.openThread(channel: .known(channel), message: .known(message(5)), name: "Talk", isPrivate: false)
        story.carry(
            Parcel(1, thread, lane: -1, step: 0),
            Parcel(2, .post(channel: .new(0), Post(Card(text: "first"))), lane: -1, step: 1),
            Parcel(3, .pin(channel: .new(0), message: .new(1)), lane: -1, step: 2))
        story.answer(201, #"{"id":"5"}"#)
        #expect(story.pending == ["POST /channels/5/messages"])
        story.answer(200, #"{"id":"66"}"#)
        #expect(story.pending == ["PUT /channels/5/messages/pins/66"])
        story.answer(204)
        #expect(story.receipts.map(\.outcome) == [.done(made: 5), .done(made: 66), .done(made: nil)])
    }

    @Test("what belongs to something that was never made is refused with the reason, the rest goes on")
    func brokenChain() {
        var story = CourierStory()
        story.carry(
            Parcel(1, .said("first"), lane: -1, step: 0),
            Parcel(2, .pin(channel: .known(channel), message: .new(0)), lane: -1, step: 1),
            Parcel(3, .said("last"), lane: -1, step: 2))
        story.answer(403, #"{"code":50013,"message":"Missing Permissions"}"#)
        guard case .refused(50013, let words) = story.receipts[0].outcome, case .refused(_, let why) = story.receipts[1].outcome
        else {
            Issue.record("not refused")
            return
        }
        #expect(words.contains("Missing Permissions") && why.contains("Missing Permissions"))
    }

    @Test("after a restart a step still finds what was made before")
    func madeBefore() {
        var story = CourierStory()
        var late = Parcel(9, .pin(channel: .known(channel), message: .new(0)), lane: -1, step: 1)
        late.made = [0: 77]
        story.carry(late)
        #expect(story.pending == ["PUT /channels/\(channel)/messages/pins/77"])
    }

    @Test("a lost answer to a message is asked for again with the same nonce for two minutes, then looked for")
    func lost() throws {
        var story = CourierStory()
        story.carry(Parcel(7, .said("hello")))
        story.finish(.lost("timeout"))
        #expect(story.pending.isEmpty)
        story.pass(500)
        #expect(story.last?.body?["nonce"] == "n7")
        story.pass(130_000)
        story.finish(.lost("timeout"))
        story.pass(1_000)
        #expect(story.pending == ["GET /channels/\(channel)/messages"])
        story.answer(200, #"[{"id":"8","nonce":"n7","content":"hello","author":{"id":"999","bot":true},"embeds":[]}]"#)
        #expect(story.receipts == [Receipt(parcel: 7, outcome: .done(made: 8), tries: 3)])
    }

    @Test("a message of long ago is looked for by its words too, and sent only if it is not there")
    func longAgo() {
        var story = CourierStory()
        let old = Instant(seconds: 1_799_990_000)
        story.carry(
            Parcel(1, .said("hello"), tried: old, created: old), Parcel(2, .said("other"), lane: 2, tried: old, created: old))
        let listed =
            #"[{"id":"8","content":"hello","author":{"id":"999"},"embeds":[],"attachments":[]},{"id":"9","content":"other","author":{"id":"1"},"embeds":[]}]"#
        story.answer(200, listed)
        story.answer(200, listed)
        #expect(story.receipts.map(\.outcome) == [.done(made: 8)])
        #expect(story.pending == ["POST /channels/\(channel)/messages"])
    }

    @Test("where looking does not tell, the receipt says so")
    func uncertain() {
        var story = CourierStory()
        let old = Instant(seconds: 1_799_990_000)
        story.carry(Parcel(1, .said("hello"), tried: old, created: old))
        story.answer(403, #"{"code":50001,"message":"Missing Access"}"#)
        guard case .uncertain? = story.receipts.first?.outcome else {
            Issue.record("not uncertain")
            return
        }
    }

    @Test("a channel is not opened before its first try is on disk, and not twice")
    func openingChannel() {
        var story = CourierStory()
        story.carry(Parcel(4, .openChannel(guild: guild, ChannelPlan("Book Club"), reason: "r")))
        #expect(story.pending.isEmpty && story.noted == [4])
        story.note(4)
        #expect(story.pending == ["POST /guilds/\(guild)/channels"] && story.last?.reason == "r [n4]")
        story.finish(.lost("reset"))
        story.pass(1_000)
        #expect(story.pending == ["GET /guilds/\(guild)/audit-logs"] && story.last?.query["action_type"] == "10")
        story.answer(403, #"{"code":50013,"message":"Missing Permissions"}"#)
        #expect(story.pending == ["GET /guilds/\(guild)/channels"])
        let made = ID<Channel>(firstAt: story.wall)
        story.answer(200, #"[{"id":"1","name":"book-club"},{"id":"\#(made)","name":"book-club","parent_id":null}]"#)
        #expect(story.receipts.map(\.outcome) == [.done(made: made.number)])
    }

    @Test("a thread without a message is looked for in its guild")
    func openingThread() {
        var story = CourierStory()
        let tried = Instant(seconds: 1_799_999_990)
        story.carry(
            Parcel(4, .openThread(channel: .known(channel), message: nil, name: "Talk", isPrivate: true), tried: tried))
        story.answer(200, #"{"id":"\#(channel)","guild_id":"\#(guild)"}"#)
        #expect(story.pending == ["GET /guilds/\(guild)/audit-logs"])
        story.answer(200, #"{"audit_log_entries":[]}"#)
        #expect(story.pending == ["GET /guilds/\(guild)/threads/active"])
        story.answer(200, #"{"threads":[]}"#)
        #expect(story.pending == ["POST /channels/\(channel)/threads"])
        #expect(story.last?.body?["type"] == 12)
    }

    @Test("what is so already is done")
    func harmless() {
        var story = CourierStory()
        story.carry(
            Parcel(1, .delete(channel: .known(channel), message: .known(message(5)))),
            Parcel(2, .openThread(channel: .known(channel), message: .known(message(6)), name: "T", isPrivate: false), lane: 2))
        story.answer(404, #"{"code":10008,"message":"Unknown Message"}"#)
        story.answer(400, #"{"code":160004,"message":"A thread has already been created"}"#)
        #expect(story.receipts.map(\.outcome) == [.done(made: nil), .done(made: 6)])
    }

    @Test("an overloaded Discord is tried again, more slowly each time")
    func overloaded() {
        var story = CourierStory()
        story.carry(Parcel(1, .pin(channel: .known(channel), message: .known(message(5)))))
        story.answer(503)
        story.pass(499)
        #expect(story.pending.isEmpty)
        story.pass(1)
        story.answer(502)
        story.pass(999)
        #expect(story.pending.isEmpty)
        story.pass(1)
        story.answer(204)
        #expect(story.receipts == [Receipt(parcel: 1, outcome: .done(made: nil), tries: 3)])
    }

    @Test("a 429 is waited out and is no try")
    func limited() {
        var story = CourierStory()
        story.carry(Parcel(1, .pin(channel: .known(channel), message: .known(message(5)))))
        story.answer(429, #"{"retry_after":2.0}"#, ["x-ratelimit-scope": "user"])
        story.pass(1_999)
        #expect(story.pending.isEmpty)
        story.pass(1)
        story.answer(204)
        #expect(story.receipts == [Receipt(parcel: 1, outcome: .done(made: nil), tries: 1)])
    }

    @Test("a refused token stops everything at once")
    func halted() {
        var story = CourierStory()
        story.carry(Parcel(1, .said("a")))
        story.answer(401, #"{"message":"401: Unauthorized","code":0}"#)
        story.carry(Parcel(2, .said("b"), lane: 2))
        story.pass(1_000_000)
        #expect(story.halted && story.pending.isEmpty && story.receipts.isEmpty)
    }

    @Test("a forbidden place is not asked again for a while")
    func forbidden() {
        var story = CourierStory()
        story.carry(Parcel(1, .said("a")), Parcel(2, .said("b")))
        story.answer(403, #"{"code":50001,"message":"Missing Access"}"#)
        #expect(story.receipts.count == 2 && story.pending.isEmpty)
        #expect(story.machine.forbidden.names(story.now) == ["POST /channels/\(channel)/messages"])
        story.pass(3_599_000)
        story.carry(Parcel(3, .said("c"), created: story.wall))
        #expect(story.pending.isEmpty && story.receipts.count == 3)
        story.machine.rightsChanged(in: guild, of: nil)
        story.carry(Parcel(4, .said("d"), created: story.wall))
        #expect(story.pending.count == 1)
    }

    private func message(_ number: Int64) -> ID<Message> { ID(number) ?? ID(firstAt: Instant(seconds: 1)) }
    private func role(_ number: Int64) -> ID<Role> { ID(number) ?? ID(firstAt: Instant(seconds: 1)) }
}
