import Calls
import Discord
import Kit
import Machine
import Shared
import Testing

private let channel = CourierTown.channel
private let ann = CourierTown.ann

@Suite("The courier and people")
struct CourierPeopleTests {
    private let interaction: ID<Interaction> = ID(firstAt: Instant(seconds: 1_800_000_000))

    private func answer(acknowledged: Bool = false, replaces: Bool = false) -> Effect {
        .answer(
            Answer(
                interaction: interaction, token: "tok", application: interaction.relabelled(as: Application.self),
                card: Card(text: "yes"), isEphemeral: true, replaces: replaces, isAcknowledged: acknowledged))
    }

    @Test("a direct message opens its channel once")
    func direct() {
        var story = CourierStory()
        let note = Effect.privately(member: ann, Post(Card(text: "psst")))
        story.carry(Parcel(1, note), Parcel(2, note))
        #expect(story.pending == ["POST /users/@me/channels"])
        story.answer(200, #"{"id":"44"}"#)
        #expect(story.pending == ["POST /channels/44/messages"])
        story.answer(200, #"{"id":"45"}"#)
        #expect(story.pending == ["POST /channels/44/messages"])
        story.answer(403, #"{"code":50007,"message":"Cannot send messages to this user"}"#)
        guard case .refused(50007, _)? = story.receipts.last?.outcome else {
            Issue.record("not refused")
            return
        }
    }

    @Test("an answer in time is the first thing said, and only the asker sees it if so wanted")
    func inTime() {
        var story = CourierStory()
        story.carry(Parcel(1, answer()))
        #expect(story.pending == ["POST /interactions/\(interaction)/tok/callback"])
        #expect(story.last?.body?["type"] == 4 && story.last?.body?["data"]?["flags"] == 64)
        #expect(story.last?.query["with_response"] == "true")
        story.answer(200, #"{"interaction":{"id":"1"},"resource":{"type":4,"message":{"id":"9"}}}"#)
        #expect(story.receipts.map(\.outcome) == [.done(made: 9)])
    }

    @Test("an answer that replaces a message updates it")
    func replacing() {
        var story = CourierStory()
        story.carry(Parcel(1, answer(replaces: true)))
        #expect(story.last?.body?["type"] == 7 && story.last?.body?["data"]?["components"] == [])
    }

    @Test("an answer waits for the acknowledgement that is under way, and then patches")
    func acknowledged() {
        var story = CourierStory()
        story.acknowledge(interaction)
        story.carry(Parcel(1, answer(acknowledged: true)))
        #expect(story.pending == ["POST /interactions/\(interaction)/tok/callback"])
        story.answer(204, "")
        #expect(story.pending == ["PATCH /webhooks/\(interaction)/tok/messages/@original"])
        story.answer(200, #"{"id":"9"}"#)
        #expect(story.receipts.map(\.outcome) == [.done(made: 9)])
    }

    @Test("an interaction that was answered before is patched, one that has died is let go")
    func tooLate() {
        var story = CourierStory()
        story.carry(Parcel(1, answer()))
        story.finish(.lost("timeout"))
        story.pass(500)
        story.answer(400, #"{"code":40060,"message":"Interaction has already been acknowledged."}"#)
        #expect(story.pending == ["PATCH /webhooks/\(interaction)/tok/messages/@original"])
        story.answer(401, #"{"code":50027,"message":"Invalid Webhook Token"}"#)
        guard case .expired? = story.receipts.last?.outcome else {
            Issue.record("not expired")
            return
        }
        #expect(!story.halted)
        var other = CourierStory()
        other.acknowledge(interaction)
        other.carry(Parcel(1, answer(acknowledged: true)))
        other.answer(404, #"{"code":10062,"message":"Unknown interaction"}"#)
        guard case .expired? = other.receipts.last?.outcome else {
            Issue.record("not expired")
            return
        }
    }
}
