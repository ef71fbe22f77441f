import Gathering
import Shared

extension Door {
    /// What anybody may announce, in an embed or in plain words: what is read out of it is still to come, has a name and a place that
    /// fit, and is read the same again.
    static let announcement = Door("announcement", longest: 8 << 10) { bytes in
        var choices = Choices(bytes)
        let zone = zones[choices.next() % zones.count]
        let posted = Instant(seconds: Int64(choices.next()) * 16_000_000)
        let parts = choices.restText.split(separator: "\u{1E}", omittingEmptySubsequences: false).map(String.init)
        let fields = stride(from: 2, to: max(2, parts.count - 1), by: 2).map { Announcement.Field(parts[$0], parts[$0 + 1]) }
        let announcement = Announcement(title: parts.count > 1 ? parts[1] : "", text: parts.first ?? "", fields: fields)
        guard let found = announcement.read(posted: posted, zone: zone) else { return }
        switch found.when {
        case .once(let at):
            try expect(at > posted, "\(at.rfc3339) is over")
            try expect(at.milliseconds < 253_402_387_200_000, "\(at.milliseconds) is after the year 9999")
        case .weekly(let days, let minutes):
            try expect(!days.isEmpty && days == Array(Set(days)).sorted() && days.allSatisfy((0..<7).contains), "\(days)")
            try expect((0..<1440).contains(minutes), "\(minutes) is no minute of a day")
        }
        try expect(!found.title.isEmpty && found.title.count <= 100, "\"\(found.title)\" is no title")
        try expect(!found.title.contains(where: \.isNewline) && found.place?.contains(where: \.isNewline) != true, "two lines")
        try expect(found.place.map { !$0.isEmpty && $0.count <= 100 } ?? true, "\"\(found.place ?? "")\" is no place")
        try expect(announcement.read(posted: posted, zone: zone) == found, "it is read differently the second time")
    }
}
