import Helping
import Kit
import Shared
import Testing
import Workbench

/// What members and staff see of tickets, line by line.
@Suite("Cards of tickets")
struct TicketCardTests {
    private func lines(_ card: Card, _ bench: Bench) -> [String] {
        PlainText(bench.directory, guild: Town.guild, zone: .utc, now: bench.clock.now).lines(of: card)
    }

    @Test func `TKT-01 what a ticket begins with, outside working hours too`() throws {
        let bench = try Bench.helping()
        try bench.tune("tickets.hours", "mon-fri 09:00-11:00")
        try bench.run("privacy.agree", [:], as: 2)
        #expect(
            try bench.said("tickets.open", ["description": "My badge\nvanished"], as: 2) == [
                "Ticket 1 is being opened: a channel of your own, in which you are called.", "Get help",
            ])
        let parcel = try #require(bench.journal.parcels.first)
        bench.journal.clear()
        bench.receive(Receipt(parcel: parcel.id, outcome: .done(made: 5000), tries: 1))
        let cards = bench.journal.cards.map { lines($0, bench) }
        #expect(
            cards.prefix(2) == [
                [
                    "person-2, thank you for writing. Somebody will be with you as soon as they can; tell us more while you wait.",
                    "Staff are back in 21 h.",
                ], ["Ticket 1: Get help", "  What is wrong?  My badge", "                  vanished"],
            ])
        #expect(bench.journal.cards[1].buttons.map(\.label) == ["Claim", "Close", "Delete"])
    }

    @Test func `TKT-03, TKT-06 what a closed ticket says, and what its member hears`() throws {
        let bench = try Bench.helping()
        try bench.ticket(2, "My badge vanished")
        try bench.run("tickets.close", ["id": 1, "reason": "It is back"], as: 5)
        let cards = bench.journal.cards
        #expect(
            lines(cards[0], bench) == [
                "Ticket 1 is closed", "Closed by person-5.", "  Why      It is back", "  Summary  Asked: My badge vanished",
                "How were you helped? One star to five.",
            ])
        #expect(cards[0].buttons.map(\.label) == ["★", "★★", "★★★", "★★★★", "★★★★★", "Transcript", "Open again", "Delete"])
        #expect(lines(try #require(cards.last), bench) == ["Your ticket 1 is closed: It is back"])
    }

    @Test func `TKT-02, TKT-09 what staff see`() throws {
        let bench = try Bench.helping()
        #expect(try bench.said("tickets.list") == ["Tickets", "There are none."])
        try bench.ticket(2, "My badge vanished")
        try bench.run("tickets.claim", ["id": 1], as: 5)
        bench.settle()
        bench.pass(2.hours, by: 1.hours)
        let place = try bench.numbers("SELECT channel FROM tickets_tickets").first ?? 0
        #expect(
            try bench.said("tickets.list") == [
                "Tickets", "1  #\(place)  My badge vanished, claimed, person-5, since 2 h ago",
            ])
        #expect(
            try bench.said("tickets.show", ["id": 1]) == [
                "Ticket 1", "My badge vanished", "  Member              person-2", "  State               claimed, normal",
                "  Opened              2 h ago", "  Looked after by     person-5", "  First answer until  2026-08-06 20:00",
                "  Last words          person-2: My badge vanished",
            ])
        #expect(
            try bench.said("tickets.stats") == [
                "Tickets of the last 7 days", "1 opened, 0 closed.", "  claimed                  1",
                "  From opening to closing  nothing closed yet", "  First answer             none yet",
            ])
        #expect(
            try bench.said("tickets.kinds") == ["Kinds of tickets", "help  Get help, channel, asks: What is wrong? (long)"])
    }

    @Test func `TKT-07, TKT-08 a proposal, and what is shown before a ticket is opened`() throws {
        let bench = try Bench.helping(others: [Faq.feature])
        try bench.run("faq.add", ["question": "Where is my badge?", "answer": "On your profile, after an hour."])
        try bench.run("privacy.agree", [:], as: 2)
        bench.journal.clear()
        bench.uses(2, "tickets open", ["description": "my badge is nowhere"])
        #expect(
            lines(try #require(bench.journal.cards.first), bench) == [
                "This may help at once", "  Where is my badge?  On your profile, after an hour.",
                "What you wrote is kept until tomorrow.",
            ])
        #expect(
            try bench.said("faq.search", ["text": "badge"]) == [
                "What may help", "  1. Where is my badge?  On your profile, after an hour.",
            ])
        #expect(
            try bench.said("faq.search", ["text": "weather"]) == [
                "Nothing like that has been written down. Ask staff: tickets open."
            ])
    }
}
