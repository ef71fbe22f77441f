import Gathering
import Kit
import Shared
import Testing
import Workbench

@Suite("Calendar files")
struct CalendarTests {
    private func calendar(_ lines: String...) -> JSON {
        let body = lines.joined(separator: "\r\n")
        return .string("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n\(body)\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    }

    private func imports(_ text: JSON, preview: Bool = false, _ bench: Bench) throws -> JSON {
        try bench.run("events.import", ["calendar": text, "channel": .id(Town.channel(1)), "preview": .bool(preview)])
    }

    @Test func `an event goes out and comes in again as it was, its exceptions too`() throws {
        let bench = try Bench.events()
        try bench.event([
            "title": "Kürbis; \\ and, \"more\" 🎃 in a title that is so long that no line of a calendar holds it at all",
            "description": "one\ntwo", "place": "the park", "recurrence": "weekly", "zone": "Europe/Berlin",
        ])
        try bench.run("events.skip", ["id": 1, "on": "2026-08-14"])
        try bench.run("events.move", ["id": 1, "on": "2026-08-21", "to": "2026-08-22 15:00"])
        let text = try bench.run("events.export", ["id": 1])["calendar"]?.text ?? ""
        #expect(text.utf8.split(separator: 13).allSatisfy { $0.count <= 76 }, "75 bytes and the line feed before them")
        #expect(text.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin"))
        let other = try Bench.events()
        let report = try imports(.string(text), other)
        #expect(report["made"] == 1 && report["left_out"] == 0, "\(report)")
        let (mine, theirs) = (try bench.run("events.show", ["id": 1]), try other.run("events.show", ["id": 1]))
        for key in ["title", "description", "place", "starts_ms", "ends_ms", "times_ms", "zone", "recurrence", "uid"] {
            #expect(mine[key] == theirs[key], "\(key)")
        }
    }

    @Test func `what is here already is never made twice, and a preview makes nothing`() throws {
        let bench = try Bench.events()
        let text = calendar("UID:a@b", "SUMMARY:Tea", "DTSTART:20260808T100000Z", "DURATION:PT90M")
        #expect(try imports(text, preview: true, bench)["made"] == 1)
        #expect(try bench.numbers("SELECT COUNT(*) FROM events_meetings") == [0] && bench.deeds.isEmpty)
        #expect(try imports(text, bench)["rows"]?[0]?["state"] == "made")
        #expect(try imports(text, bench)["known"] == 1)
        #expect(try bench.numbers("SELECT length FROM events_meetings") == [5_400_000])
    }

    @Test(
        arguments: [
            (["SUMMARY:x", "DTSTART:20260808T100000Z"], "it has no UID"),
            (["UID:1", "DTSTART:20260808T100000Z"], "it has no name"),
            (["UID:1", "SUMMARY:x"], "it has no start"), (["UID:1", "SUMMARY:x", "DTSTART:2026080T100000Z"], "is no time"),
            (["UID:1", "SUMMARY:x", "DTSTART:20260230T100000Z"], "is no time"),
            (["UID:1", "SUMMARY:x", "DTSTART;TZID=Mars:20260808T100000"], "is not known here"),
            (["UID:1", "SUMMARY:x", "DTSTART:20260808T100000Z", "DTEND:20260808T090000Z"], "takes no time"),
            (["UID:1", "SUMMARY:x", "DTSTART:20260808T100000Z", "DURATION:soon"], "is no length of time"),
            (["UID:1", "SUMMARY:x", "DTSTART:20260808T100000Z", "RRULE:OFTEN"], "is not understood"),
            (["UID:1", "SUMMARY:x", "DTSTART:20260808T100000Z", "RDATE:20260809T100000Z"], "RDATE is not understood"),
            (["UID:1", "SUMMARY:x", "DTSTART:20250808T100000Z"], "is over"),
            (["UID:1", "SUMMARY:x", "DTSTART:20260808T100000Z", "STATUS:CANCELLED"], "is cancelled"),
        ] as [([String], String)])
    func `an event that cannot be kept is left out, with the reason`(_ lines: [String], _ reason: String) throws {
        let bench = try Bench.events()
        let body = lines.joined(separator: "\n")
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n\(body)\nEND:VEVENT\nEND:VCALENDAR"
        let report = try imports(.string(text), bench)
        #expect(report["left_out"] == 1 && report["made"] == 0)
        #expect(report["rows"]?[0]?["note"]?.text?.contains(reason) == true, "\(report)")
    }

    @Test(
        arguments: [
            "hello", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR", "BEGIN:VCALENDAR\nEND:VCALENDAR",
            "BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR",
        ])
    func `what is no calendar is refused`(_ text: String) throws {
        let bench = try Bench.events()
        let params: JSON = ["calendar": .string(text), "channel": .id(Town.channel(1))]
        #expect(bench.refusal("events.import", params)?.field == "calendar")
    }

    @Test func `whole days, times without a zone and zones with a path before them are understood`() throws {
        let bench = try Bench.events()
        try bench.tune("house.zone", "Europe/Brussels")
        let text = """
            BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Day\nDTSTART;VALUE=DATE:20260808\nEND:VEVENT
            BEGIN:VEVENT\nUID:2\nSUMMARY:Here\nDTSTART:20260808T100000\nBEGIN:VALARM\nSUMMARY:no\nEND:VALARM\nEND:VEVENT
            BEGIN:VEVENT\nUID:3\nSUMMARY:There\nDTSTART;TZID="/freeassociation.sourceforge.net/America/New_York":20260808T100000
            END:VEVENT\nEND:VCALENDAR
            """
        #expect(try imports(.string(text), bench)["made"] == 3)
        let starts = try bench.numbers("SELECT start FROM events_meetings ORDER BY id").map {
            Instant(milliseconds: $0).rfc3339
        }
        #expect(starts == ["2026-08-07T22:00:00Z", "2026-08-08T08:00:00Z", "2026-08-08T14:00:00Z"])
        #expect(try bench.numbers("SELECT length FROM events_meetings ORDER BY id") == [86_400_000, 3_600_000, 3_600_000])
    }
}
