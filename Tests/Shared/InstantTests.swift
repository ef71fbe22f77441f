import Shared
import Testing

@Suite("Moments as text")
struct InstantTests {
    @Test(arguments: [
        "2026-08-06T14:02:11.123000+00:00", "2026-08-06T14:02:11.123000-00:00", "2026-08-06T14:02:11.123000+02:30",
        "2024-02-29T23:59:60.999999+00:00", "2023-02-29T00:00:00.000000+00:00", "0000-01-01T00:00:00.000000+00:00",
        "2026-13-01T00:00:00.000000+00:00", "2026-01-01T24:00:00.000000+00:00", "2026-01-01T00:60:00.000000+00:00",
        "2026-01-01t00:00:00.000000+00:00", "2026-01-01T00:00:00.00000x+00:00", "2026-01-01T00:00:00,000000+00:00",
        "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.1Z", "", "2026", "20260101T000000.00000000000+00:0",
        "\u{661}026-01-01T00:00:00.00000+00:00",
    ])
    func `bytes are read as their text is`(_ text: String) {
        var copy = text
        let read = copy.withUTF8 { Instant(rfc3339: $0) }
        #expect(read == Instant(rfc3339: text))
    }

    @Test func `what is written is read back`() {
        for milliseconds in [0, 1, 999, 1_785_844_931_123, 253_402_300_799_999, -1] as [Int64] {
            let moment = Instant(milliseconds: milliseconds)
            #expect(Instant(rfc3339: moment.rfc3339) == moment)
        }
    }
}
