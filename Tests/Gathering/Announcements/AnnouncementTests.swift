import Gathering
import Shared
import Testing

@Suite("Announcements")
struct AnnouncementTests {
    private static let brussels = (try? Zone(named: "Europe/Brussels")) ?? .utc

    private func spelled(_ found: AnnouncementFound?) -> String? {
        switch found?.when {
        case .once(let at)?: at.rfc3339
        case .weekly(let days, let minutes)?:
            days.map { "\($0)" }.joined(separator: ",") + " \(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
        case nil: nil
        }
    }

    @Test(arguments: AnnouncedRow.all)
    func `REM-06, REM-08 what is announced is read in five languages, on the clocks of Brussels`(_ row: AnnouncedRow) {
        let found = row.announcement.read(posted: AnnouncedRow.posted, zone: Self.brussels)
        #expect(spelled(found) == row.expected, "\(row)")
        if let place = row.place { #expect(found?.place == place) }
        if row.expected != nil { #expect((found?.doubts ?? []).isEmpty != row.isDoubtful, "\(found?.doubts ?? [])") }
    }

    @Test func `REM-06 the table has at least 120 announcements, and 24 of each language`() {
        #expect(AnnouncedRow.all.count >= 120)
        for rows in [AnnouncedRow.english, AnnouncedRow.dutch, AnnouncedRow.german, AnnouncedRow.french, AnnouncedRow.spanish] {
            #expect(rows.count >= 24)
        }
    }

    @Test func `REM-06 the title is the embed's, or the first line that says something`() {
        func title(_ announcement: Announcement) -> String? {
            announcement.read(posted: AnnouncedRow.posted, zone: Self.brussels)?.title
        }
        #expect(title(Announcement(title: "🎉 **Quiz**", text: "friday 20:00")) == "Quiz")
        #expect(title(Announcement(text: "## Quiz night\nfriday 20:00")) == "Quiz night")
        #expect(title(Announcement(text: "—\n friday 20:00 ")) == "friday 20:00")
    }

    @Test func `REM-08 the same words mean another moment in another zone, and after the clocks have changed`() throws {
        let quiz = Announcement(text: "Quiz on 4 july 2027 at 20:00")
        let zones = try ["Europe/Brussels", "America/New_York", "UTC"].map { try Zone(named: $0) }
        #expect(
            zones.map { spelled(quiz.read(posted: AnnouncedRow.posted, zone: $0)) } == [
                "2027-07-04T18:00:00Z", "2027-07-05T00:00:00Z", "2027-07-04T20:00:00Z",
            ])
    }

    @Test func `hostile and endless text is read at once, and means nothing`() {
        let texts = [
            "", "\u{0}\u{202E}", String(repeating: "18:00 ", count: 1500), String(repeating: "1/", count: 3000),
            String(repeating: "every every ", count: 800), String(repeating: "<t:", count: 2000), "<t:99999999999999999:F>",
            "31/31/9999 99:99", "0/0", "24.24.24", "friday friday friday", "half half half acht",
        ]
        for text in texts {
            let found = Announcement(title: text, text: text, fields: [.init("Date", text), .init("Place", text)]).read(
                posted: AnnouncedRow.posted, zone: Self.brussels)
            if case .once(let at)? = found?.when { #expect(at > AnnouncedRow.posted) }
        }
    }
}
