import Gathering
import Shared

/// An announcement as people write it, and when it is: all were written on Tuesday, 1 December 2026, at 10:00 UTC, and are read
/// on the clocks of Brussels.
struct AnnouncedRow: CustomStringConvertible, Sendable {
    let announcement: Announcement
    /// RFC 3339 in UTC; or days from Monday, 0, and a time, for what comes every week; or nothing.
    let expected: String?
    let place: String?
    /// Whether there is something to doubt.
    let isDoubtful: Bool

    init(
        _ text: String, _ expected: String?, title: String = "", fields: [(String, String)] = [], place: String? = nil,
        isDoubtful: Bool = false
    ) {
        announcement = Announcement(title: title, text: text, fields: fields.map { Announcement.Field($0.0, $0.1) })
        (self.expected, self.place, self.isDoubtful) = (expected, place, isDoubtful)
    }

    var description: String {
        "\(announcement.title) \(announcement.text) \(announcement.fields.map { $0.name + ": " + $0.value })"
    }

    static let posted = Instant(seconds: 1_796_119_200)
    static let all = english + dutch + german + french + spanish
}
