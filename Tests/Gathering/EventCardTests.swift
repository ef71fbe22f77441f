import Kit
import Shared
import Testing
import Workbench

/// What members see of events, line by line.
@Suite("Cards of events")
struct EventCardTests {
    private func lines(_ card: Card, _ bench: Bench) -> [String] {
        PlainText(bench.directory, guild: Town.guild, zone: .utc).lines(of: card)
    }

    /// What a command says to a member.
    private func said(_ command: String, _ params: JSON, as member: Int64?, _ bench: Bench) throws -> [String] {
        let found = try #require(bench.catalogue.command(command))
        var person = Bench.owner
        person.member = member.map(Town.member)
        var request = Request(found, params: params.object ?? .init(), guild: Town.guild, person: person)
        request.wantsCard = true
        guard case .reply(_, _, let lines, _) = try bench.ask(request) else { throw Bench.Silence() }
        return lines
    }

    @Test func `EVT-01 the message of an event`() throws {
        let bench = try Bench.events()
        try bench.event([
            "description": "Bring snacks.", "capacity": 2, "cutoff": "2h", "voice": .id(Town.channel(3)),
            "recurrence": "weekly",
        ])
        bench.discordTakes()
        for member in [2, 3, 4] as [Int64] { try bench.answers(member) }
        try bench.answers(5, "maybe")
        bench.pass(20.seconds)
        let card = try #require(bench.journal.cards.last)
        #expect(
            lines(card, bench) == [
                "Game night", "Bring snacks.", "  When              2026-08-07 18:00 to 20:00 (2026-08-07 18:00)",
                "  Where             #room-3", "  Comes             every week", "  Sign-up ends      2026-08-07 16:00",
                "  ✅ Going (2 of 2)  person-2", "                    person-3", "  ❔ Maybe (1)       person-5",
                "  ❌ Can't (0)       nobody yet", "  Waiting (1)       person-4", "Event 1 · answer with the buttons",
            ])
        #expect(card.buttons.map(\.label) == ["Going", "Maybe", "Can't"] && !card.buttons.contains(where: \.isOff))
    }

    @Test func `EVT-03 what somebody hears who answers`() throws {
        let bench = try Bench.events()
        try bench.event(["capacity": 1])
        let answers = try [(2, "going"), (3, "going"), (3, "maybe"), (2, "no"), (2, "none")].flatMap { member, answer in
            try said("events.rsvp", ["id": 1, "answer": .string(answer)], as: Int64(member), bench)
        }
        #expect(
            answers == [
                "Game night, 2026-08-07 18:00: you are going (1 of 1).",
                "Game night, 2026-08-07 18:00: the only seat is taken, and you are number 1 of those who wait.",
                "You hear of it when a seat becomes free.", "Game night, 2026-08-07 18:00: you may come.",
                "Game night, 2026-08-07 18:00: you cannot come.", "Game night, 2026-08-07 18:00: your answer is taken back.",
            ])
    }

    @Test func `EVT-01 the agenda, one's own events, and an event that is set up`() throws {
        let bench = try Bench.events()
        #expect(
            try said("events.list", [:], as: nil, bench) == ["Events", "Nothing is planned. Set one up with events create."])
        let made = try said(
            "events.create",
            ["title": "Tea", "start": "friday 18:00", "channel": .id(Town.channel(1)), "recurrence": "weekly 2 times"],
            as: nil, bench)
        #expect(
            made == [
                "Tea is set up", "Announced in #room-1, every week, 2 times. It takes 1 h, by the clocks of UTC.",
                "  Next times  2026-08-07 18:00", "              2026-08-14 18:00",
                "Event 1. Change it with events edit, see who comes with events show.",
            ])
        try bench.answers(2)
        #expect(
            try said("events.list", [:], as: nil, bench) == [
                "Events", "1  Tea  2026-08-07 18:00, every week, 2 times, 1 going",
            ])
        #expect(try said("events.mine", [:], as: 2, bench) == ["Your events", "1  Tea  2026-08-07 18:00: going"])
        #expect(
            try said("events.preview", ["id": 1], as: nil, bench) == [
                "Next times of Tea", "2026-08-07 18:00", "2026-08-14 18:00",
                "Comes every week, 2 times, by the clocks of UTC",
            ])
    }

    @Test func `EVT-09 who came`() throws {
        let bench = try Bench.events()
        try bench.event(["voice": .id(Town.channel(3)), "reminders": "none"])
        for member in [2, 3] as [Int64] { try bench.answers(member) }
        bench.hear(.voice(Town.voice(2, in: 3)))
        bench.pass(33.hours, by: 30.minutes)
        #expect(
            try said("events.attendance", ["id": 1], as: nil, bench) == [
                "Who came to Game night", "person-2 attended, 2 h", "person-3 missed", "  Held  2026-08-07 18:00", "  Came  1",
            ])
    }
}
