import Kit
import Shared
import Testing

@Suite("Dates and times")
struct DateTests {
    @Test(arguments: [
        ("now", "2026-08-06T10:00:00Z"), ("in 2h", "2026-08-06T12:00:00Z"), ("in 90", "2026-08-06T11:30:00Z"),
        ("tomorrow 18:00", "2026-08-07T16:00:00Z"), ("tomorrow at 6:30pm", "2026-08-07T16:30:00Z"),
        ("today", "2026-08-05T22:00:00Z"),
        ("friday 20:00", "2026-08-07T18:00:00Z"), ("next thursday 12:00", "2026-08-13T10:00:00Z"),
        ("sun", "2026-08-08T22:00:00Z"),
        ("24 dec 18:00", "2026-12-24T17:00:00Z"), ("dec 24 2027 18:00", "2027-12-24T17:00:00Z"),
        ("24.12.", "2026-12-23T23:00:00Z"),
        ("24.12.2027", "2027-12-23T23:00:00Z"), ("5.8. 9:00", "2027-08-05T07:00:00Z"), ("29 feb 12:00", "2028-02-29T11:00:00Z"),
        ("2026-12-24 18:00", "2026-12-24T17:00:00Z"), ("2026-12-24T18:00", "2026-12-24T17:00:00Z"),
        ("2026-12-24T18:00:00Z", "2026-12-24T18:00:00Z"), ("2026-12-24T18:00:00+05:30", "2026-12-24T12:30:00Z"),
        ("18:00", "2026-08-06T16:00:00Z"), ("11:00", "2026-08-07T09:00:00Z"), ("12am", "2026-08-06T22:00:00Z"),
        ("<t:1786017600:R>", "2026-08-06T12:00:00Z"),
        // The hour that the clocks skip, and the one that they show twice.
        ("2027-03-28 02:30", "2027-03-28T01:00:00Z"), ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
    ])
    func `a moment is read as people write it, in the zone's time`(_ text: String, _ expected: String) throws {
        for raw in [Raw.text(text), .json(.string(text))] {
            #expect(try Readings.read(.date("p", "s"), raw).value == Instant(rfc3339: expected))
        }
    }

    @Test(arguments: [
        "", "soon", "25:00", "31.2.", "31 feb", "30.2.2027", "2026-13-01", "tomorrow 18:61", "13pm", "in", "in -5m",
        "friday friday",
        "<t:99999999999999999999>", "<t:9223372036854775807>", "<t:>", "in 999999999999w", "yesterday", "2026-02-29",
        "1.1.99999",
        "t", "-", ".", "--", "24.12.2027.3",
    ])
    func `what cannot be read is quoted and never guessed`(_ text: String) throws {
        let refusal = try #require(try Readings.read(.date("p", "s"), .text(text)).refusal)
        #expect(refusal.sentence.contains(text))
    }

    @Test func `a day that a zone skipped is the first moment after it`() throws {
        let read = try Readings.read(.date("p", "s"), .text("2011-12-30 12:00"), zone: "Pacific/Apia")
        #expect(read.value == Instant(rfc3339: "2011-12-30T10:00:00Z"))
    }
}
